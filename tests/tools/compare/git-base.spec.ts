import assert from "node:assert/strict";
import { mkdirSync, readFileSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { findBase, prefixIn } from "../../../tools/compare/git-base";
import { TemporaryRepository } from "./temporary-repository";

const PROJECT = {
  "Pulumi.yaml": "name: shop\n",
  "Pulumi.dev.yaml": "config: {}\n",
  "tools/compare/start.cjs": "\n",
};

describe("prefixIn", () => {
  const repository = new TemporaryRepository();
  after(() => {
    repository.remove();
  });

  it("is the folder within the repository, and nothing at its root and outside", async () => {
    repository.commit("one", { "a shop/Pulumi.yaml": "name: shop\n" });

    assert.equal(await prefixIn(join(repository.path, "a shop")), "a shop/");
    assert.equal(await prefixIn(repository.path), "");
    assert.equal(await prefixIn(join(repository.path, "..")), "");
  });

  it("is nothing where git is missing", async () => {
    const { PATH } = process.env;
    process.env["PATH"] = repository.path;
    try {
      assert.equal(await prefixIn(repository.path), "");
    } finally {
      process.env["PATH"] = PATH;
    }
  });
});

describe("findBase", () => {
  let repository: TemporaryRepository;
  beforeEach(() => {
    repository = new TemporaryRepository();
  });
  afterEach(() => {
    repository.remove();
  });

  const refused = (message: string, directory = repository.path, ref = "main") =>
    assert.rejects(findBase(directory, ref), { name: "ComparisonError", message });

  it("is the ref itself where the branch began at it", async () => {
    const main = repository.commit("one", PROJECT);
    repository.git("checkout", "--quiet", "-b", "topic");
    const head = repository.commit("two", { "new.txt": "1" });

    assert.deepEqual(await findBase(repository.path, "main"), {
      commit: main,
      label: `main (${repository.short(main)})`,
      workingTree: `working tree (${repository.short(head)})`,
      prefix: "",
      gitFolder: join(repository.path, ".git"),
      stacks: ["dev"],
      permitted: [],
    });
  });

  it("is the commit where the branch left a ref that has moved on", async () => {
    const left = repository.commit("one", PROJECT);
    repository.git("checkout", "--quiet", "-b", "topic");
    repository.commit("two", { "new.txt": "1" });
    repository.git("checkout", "--quiet", "main");
    repository.commit("three", { "other.txt": "1" });
    repository.git("checkout", "--quiet", "topic");

    const { commit, label } = await findBase(repository.path, "main");
    assert.equal(commit, left);
    assert.equal(label, `where this branch left main (${repository.short(left)})`);
  });

  it("says that the working tree has changes that are not committed, new files too", async () => {
    const head = repository.commit("one", PROJECT);
    repository.write({ "new.txt": "1" });

    const { workingTree } = await findBase(repository.path, "HEAD");
    assert.equal(workingTree, `working tree (${repository.short(head)} and uncommitted changes)`);
  });

  it("finds a project below the root of the repository, and its stacks at the commit", async () => {
    repository.commit("one", {
      "a shop/Pulumi.yaml": "name: shop\n",
      "a shop/Pulumi.dev.yaml": "config: {}\n",
      "a shop/tools/compare/start.cjs": "\n",
      "Pulumi.root.yaml": "",
    });
    const directory = join(repository.path, "a shop");
    repository.write({ "a shop/Pulumi.prod.yaml": "config: {}\n" });

    const base = await findBase(directory, "main");
    assert.equal(base.prefix, "a shop/");
    assert.deepEqual(base.stacks, ["dev"]);
  });

  it("takes permissions to destroy from the trailers of the branch's own commits", async () => {
    repository.commit("one\n\nReplaces: aws:sns/topic:Topic", PROJECT);
    repository.git("checkout", "--quiet", "-b", "topic");
    repository.commit(
      "two\n\nMoved.\n\nReplaces: aws:lb/listener:Listener, aws:ecr/repository:Repository\nReplaces: the rest",
    );
    const three = repository.commit("three\n\nReplaces: aws:ecs/service:Service");
    const four = repository.commit("four\n\nReplaces: aws:ecs/service:Service");
    repository.commit("five has none");
    const two = repository.git("rev-parse", `${three}^`);

    const { permitted } = await findBase(repository.path, "main");
    assert.deepEqual(permitted, [
      { type: "aws:ecr/repository:Repository", by: `${repository.short(two)} (two)` },
      { type: "aws:ecs/service:Service", by: `${repository.short(four)} (four)` },
      { type: "aws:lb/listener:Listener", by: `${repository.short(two)} (two)` },
    ]);
  });

  it("shortens the subject of a commit that permits", async () => {
    repository.commit("one", PROJECT);
    repository.git("checkout", "--quiet", "-b", "topic");
    repository.commit(`${"x".repeat(200)}\n\nReplaces: aws:ecs/service:Service`);

    const [permission] = (await findBase(repository.path, "main")).permitted;
    assert.match(permission?.by ?? "", /^[0-9a-f]{7,} \(x{100}\)$/);
  });

  it("goes by the folder, whatever the variables of git's own hooks say", async () => {
    const head = repository.commit("one", PROJECT);
    process.env["GIT_DIR"] = "/nowhere";
    try {
      assert.equal((await findBase(repository.path, "main")).commit, head);
    } finally {
      delete process.env["GIT_DIR"];
    }
  });

  it("does not write the index, which a status would refresh", async () => {
    repository.commit("one", PROJECT);
    const index = join(repository.path, ".git/index");
    const before = readFileSync(index);
    // The same text with another time.
    utimesSync(join(repository.path, "Pulumi.yaml"), 1_000_000_000, 1_000_000_000);
    await findBase(repository.path, "main");

    assert.deepEqual(readFileSync(index), before);
  });

  it("refuses a ref that is not there, with the name that is near", async () => {
    repository.commit("one", PROJECT);
    repository.git("branch", "release-1.4");
    repository.git("update-ref", "refs/remotes/origin/develop", "HEAD");
    const known = "--against: git knows no commit";

    await refused(
      `${known} 'relase-1.4'; did you mean 'release-1.4'?`,
      repository.path,
      "relase-1.4",
    );
    await refused(`${known} 'develop'; did you mean 'origin/develop'?`, repository.path, "develop");
    await refused(`${known} 'develpo'; did you mean 'origin/develop'?`, repository.path, "develpo");
    await refused(`${known} 'mian'; did you mean 'main'?`, repository.path, "mian");
    repository.git("branch", "b2");
    for (const ref of ["", "-x", "b3", "0123456", "--all", "main..topic"]) {
      const remedy = "name a branch, a tag or a commit, or fetch it first";
      await refused(`${known} '${ref}'; ${remedy}`, repository.path, ref);
    }
  });

  it("refuses a folder without a repository, and a repository without a commit", async () => {
    await refused("the repository has no commit yet; there is nothing to compare with");

    const outside = join(repository.path, "..", "outside");
    mkdirSync(outside);
    await refused(
      `${outside} is in no git repository; run the command in a clone, or compare with --against-stack`,
      outside,
    );
  });

  it("refuses a commit that has no project yet, or no tools to record it", async () => {
    const first = repository.commit("one", { "README.md": "" });
    const second = repository.commit("two", { "Pulumi.yaml": "name: shop\n" });
    repository.commit("three", PROJECT);
    const [one, two] = [repository.short(first), repository.short(second)];

    await refused(
      `main~2 (${one}) has no Pulumi.yaml in its root: the project is not there yet; compare with a later commit`,
      repository.path,
      "main~2",
    );
    await refused(
      `main~1 (${two}) has no tools/compare/start.cjs, by which it would be recorded; compare with a later commit`,
      repository.path,
      "main~1",
    );
  });

  it("refuses a history that has nothing in common", async () => {
    repository.commit("one", PROJECT);
    repository.git("checkout", "--quiet", "--orphan", "other");
    repository.commit("two");

    await refused(
      "'main' and HEAD have no commit in common; compare with a ref of the same history",
    );
  });

  it("explains a shallow clone that ends before the branch began", async () => {
    repository.commit("one", PROJECT);
    repository.git("checkout", "--quiet", "-b", "topic");
    repository.commit("two");
    repository.git("checkout", "--quiet", "main");
    repository.commit("three");
    const clone = repository.shallowClone(1);

    await refused(
      "the clone is shallow, and the commit where HEAD left 'origin/topic' is not in it; " +
        "run git fetch --unshallow, or give actions/checkout fetch-depth: 0",
      clone,
      "origin/topic",
    );
  });

  it("says that git is missing", async () => {
    repository.commit("one", PROJECT);
    const { PATH } = process.env;
    process.env["PATH"] = repository.path;
    try {
      await refused(
        "git is not there, and --against needs it; install git, or compare with --against-stack",
      );
    } finally {
      process.env["PATH"] = PATH;
    }
  });
});
