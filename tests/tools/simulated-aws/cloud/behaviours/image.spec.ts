import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Bag } from "../../../../../tools/preview/graph";
import { inventory } from "../../../../../tools/simulated-aws/cloud/inventory";
import { TemporaryAccount, refusalOf, textOf } from "../temporary-account";

const IMAGE = "docker:index/image:Image";
const REPOSITORY = "aws:ecr/repository:Repository";
const REGISTRY = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";

describe("the behaviour of an image", () => {
  let program: string;
  let account: TemporaryAccount;

  beforeEach(() => {
    program = mkdtempSync(join(tmpdir(), "image-"));
    writeFileSync(join(program, "Dockerfile"), "FROM scratch\n");
    write("one");
    account = new TemporaryAccount({ programFolder: program });
  });
  afterEach(() => {
    account.remove();
    rmSync(program, { recursive: true, force: true });
  });

  const write = (text: string) => {
    writeFileSync(join(program, "app.js"), text);
  };
  const image = (name: string, changes: Bag = {}) => ({
    imageName: `${REGISTRY}/${name}`,
    build: { context: ".", dockerfile: "Dockerfile", platform: "linux/arm64" },
    ...changes,
  });
  const digest = async (name: string, logical: string, changes: Bag = {}) =>
    textOf(await account.make(IMAGE, image(name, changes), logical), "repoDigest");

  it("is pushed under its tag, with a digest of what it is built from", async () => {
    await account.make(REPOSITORY, { name: "web" });
    const first = await digest("web:v1", "one");
    assert.match(first, new RegExp(`^${REGISTRY.replaceAll(".", "\\.")}/web@sha256:[0-9a-f]{64}$`));
    assert.equal(await digest("web:v2", "two"), first);

    write("two");
    assert.notEqual(await digest("web:v3", "three"), first);
    assert.deepEqual(
      inventory(account.folder)
        .filter(({ managed }) => !managed)
        .map(({ id }) => id)
        .sort(),
      ["v1", "v2", "v3"].map((tag) => `${REGISTRY}/web:${tag}`),
    );
  });

  it("is built and pushed anew by an update", async () => {
    await account.make(REPOSITORY, { name: "web" });
    const made = await account.make(IMAGE, image("web:v1"));
    write("two");
    const { inputs } = account.cloud.check(made, image("web:v2"), made.inputs);
    assert.deepEqual(
      account.cloud.diff(made, { olds: made.inputs, news: inputs, ignored: [] }).changed,
      ["build", "imageName"],
    );
    const outputs = await account.cloud.update(made, made.inputs, inputs);
    assert.notEqual(outputs["repoDigest"], made.outputs["repoDigest"]);
  });

  it("needs a repository", async () => {
    assert.equal(
      await refusalOf(account.make(IMAGE, image("none:v1"))),
      "name unknown: The repository with name 'none' does not exist in the registry with id '123456789012'",
    );
  });

  it("does not take the tag of another image in an immutable repository", async () => {
    await account.make(REPOSITORY, { name: "web", imageTagMutability: "IMMUTABLE" });
    await digest("web:v1", "one");
    // The same image again is no other.
    await digest("web:v1", "again");
    write("two");
    assert.equal(
      await refusalOf(digest("web:v1", "two")),
      "tag invalid: The image tag 'v1' already exists in the 'web' repository and cannot be overwritten because the tag is immutable.",
    );
  });

  it("takes a tag that the repository leaves out of what is immutable, or all in a mutable one", async () => {
    const filters = {
      imageTagMutabilityExclusionFilters: [{ filter: "cache*", filterType: "WILDCARD" }],
    };
    await account.make(
      REPOSITORY,
      { name: "some", imageTagMutability: "IMMUTABLE_WITH_EXCLUSION", ...filters },
      "some",
    );
    await account.make(
      REPOSITORY,
      { name: "few", imageTagMutability: "MUTABLE_WITH_EXCLUSION", ...filters },
      "few",
    );
    await account.make(REPOSITORY, { name: "all" }, "all");
    for (const name of ["some:cache-1", "some:v1", "few:cache-1", "few:v1", "all:v1"]) {
      await digest(name, `${name} one`);
    }
    write("two");
    for (const name of ["some:cache-1", "few:v1", "all:v1"]) {
      await digest(name, `${name} two`);
    }
    for (const name of ["some:v1", "few:cache-1"]) {
      assert.match(await refusalOf(digest(name, `${name} two`)), /^tag invalid: /);
    }
  });

  it("stays in the repository when it is deleted, and out of it when it is not pushed", async () => {
    await account.make(REPOSITORY, { name: "web" });
    assert.match(await digest("web:local", "local", { skipPush: true }), /^sha256:[0-9a-f]{64}$/);
    const pushed = await account.make(IMAGE, image("web:v1"), "pushed");
    await account.delete(pushed);
    assert.deepEqual(
      inventory(account.folder)
        .filter(({ managed }) => !managed)
        .map(({ id }) => id),
      [`${REGISTRY}/web:v1`],
    );
  });

  it("is told of by its digest where the repository has it, and nowhere else", async () => {
    const tell = (repositoryName: string, imageDigest: string) =>
      account.cloud.invoke("aws:ecr/getImage:getImage", { repositoryName, imageDigest });
    await account.make(REPOSITORY, { name: "web" }, "web");
    await account.make(REPOSITORY, { name: "other" }, "other");
    const [, found = ""] = (await digest("web:v1", "one")).split("@");
    const missing = "reading ECR Images: couldn't find resource";

    assert.equal((await tell("web", found))["imageUri"], `${REGISTRY}/web@${found}`);
    assert.equal(await refusalOf(tell("web", `sha256:${"0".repeat(64)}`)), missing);
    assert.equal(await refusalOf(tell("other", found)), missing);
    assert.equal(await refusalOf(tell("none", found)), missing);
  });
});
