import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run as promote } from "../../tools/promote/cli";
import { type Execute, runProgram } from "../../tools/promote/run-program";
import { openAccount } from "../../tools/simulated-aws/cloud/account-folder";
import { textOf } from "../support/json";
import { deployedCopy } from "./deployed";
import type { EngineRun } from "./engine-stack";
import { EngineStack } from "./engine-stack";
import { assertOrder, operations } from "./operations";
import "./pulumi-cli";

const MANIFEST = "docker:registry/manifest:Manifest";
const DIGEST = `sha256:${"d".repeat(64)}`;
const DEV_IMAGE = `111111111111.dkr.ecr.eu-central-1.amazonaws.com/web-d@${DIGEST}`;

/** Puts an image into a repository of the simulated account, as `skopeo copy` does. */
function push(stack: EngineStack, repository: string, tag: string, digest: string): void {
  openAccount(stack.folder.account(stack.stack)).write({
    type: MANIFEST,
    name: "promoted",
    id: `${repository}:${tag}`,
    incarnation: 0,
    inputs: { repository, tag },
    computed: { digest },
    unmanaged: true,
  });
}

/** Digests of the images that the account holds. */
const digests = (stack: EngineStack) =>
  stack
    .held()
    .filter(({ type }) => type === MANIFEST)
    .map(({ computed }) => computed["digest"]);

/** The image of the newest task definition. */
async function imageThatRuns(stack: EngineStack): Promise<string> {
  const { taskDefinition } = await stack.outputs();
  const found = stack.held().find(({ computed }) => computed["arn"] === taskDefinition);
  const [container] = JSON.parse(textOf(found?.inputs["containerDefinitions"])) as {
    image: string;
  }[];
  return container?.image ?? "";
}

/** The provider of Docker's images goes and comes with the only one. */
const ofResources = (run: EngineRun) =>
  operations(run).filter((operation) => !operation.includes("pulumi:providers:"));

/** aws and skopeo as far as a promotion asks them, for the simulated account; pulumi is the real one. */
const programsFor =
  (stack: EngineStack): Execute =>
  (run, shown) => {
    if (run.program === "pulumi") return runProgram(run, shown);
    const [command] = run.args;
    const done = (stdout: string) => Promise.resolve({ code: 0, stdout, stderr: "" });
    if (run.args.includes("describe-images")) {
      return digests(stack).includes(DIGEST)
        ? done(JSON.stringify({ imageDetails: [{ imageDigest: DIGEST, imageTags: ["promoted"] }] }))
        : Promise.resolve({ code: 254, stdout: "", stderr: "ImageNotFoundException" });
    }
    if (command === "copy") {
      const [, repository = "", tag = ""] =
        /^docker:\/\/(.*):(.*)$/.exec(run.args.at(-1) ?? "") ?? [];
      push(stack, repository, tag, DIGEST);
    }
    return done(command === "--override-os" ? '{"Architecture": "arm64"}' : "");
  };

describe("an image by digest", function () {
  this.timeout(240_000);

  it("is promoted before the first deployment, which makes its repository and then needs no build", async () => {
    const stack = await EngineStack.create("prod");
    const bin = stack.path("bin");
    mkdirSync(bin);
    for (const name of ["aws", "skopeo"]) writeFileSync(join(bin, name), "", { mode: 0o755 });
    const variables = stack.environment(await stack.startAws());
    let said = "";

    const code = await promote([DEV_IMAGE, "prod"], {
      directory: stack.project,
      environment: { ...variables, PATH: [variables["PATH"], bin].join(delimiter) },
      stdout: { write: (text) => (said += text) },
      stderr: { write: (text) => (said += text) },
      execute: programsFor(stack),
    });
    assert.equal(code, 0, said);
    assert.deepEqual(
      stack
        .held()
        .map(({ type }) => type)
        .sort(),
      ["aws:ecr/lifecyclePolicy:LifecyclePolicy", "aws:ecr/repository:Repository", MANIFEST],
    );
    const run = await stack.succeed("up");

    const { registry, image } = await stack.outputs();
    assert.equal(image, `${textOf(registry)}@${DIGEST}`);
    assert.equal(await imageThatRuns(stack), image);
    assert.deepEqual(
      operations(run).filter((operation) => operation.includes("docker:index:Image")),
      [],
    );
    assert.deepEqual(digests(stack), [DIGEST]);
    await stack.succeed("preview", ["--expect-no-changes"]);
    await stack.remove();
  });

  it("takes the place of the stack's own build, and gives it back", async () => {
    const stack = await deployedCopy();
    const [built] = digests(stack);
    const { registry } = await stack.outputs();
    push(stack, textOf(registry), "promoted-dddddddddddddddd", DIGEST);
    stack.change({ imageDigest: DIGEST });

    const promoted = await stack.succeed("up");

    const changed = [
      "update aws:ecs:Service web",
      "replace aws:ecs:TaskDefinition web",
      "update aws:ssm:Parameter web-image-tag",
    ];
    const components = [
      "update ecs-on-ec2:index:ContainerImage web",
      "update ecs-on-ec2:index:EcsService web",
    ];
    assert.deepEqual(ofResources(promoted), [
      ...changed,
      "delete docker:index:Image web-build",
      ...components,
    ]);
    assertOrder(
      promoted,
      ["update", "aws:ecs:Service web"],
      ["delete", "docker:index:Image web-build"],
    );
    assert.equal(await imageThatRuns(stack), `${textOf(registry)}@${DIGEST}`);
    // A rollback to the build finds it: what no longer is a resource is in the repository still.
    assert.deepEqual(new Set(digests(stack)), new Set([built, DIGEST]));
    await stack.succeed("preview", ["--expect-no-changes"]);

    stack.change({ imageDigest: undefined });
    const back = await stack.succeed("up");

    assert.deepEqual(ofResources(back), [
      ...changed,
      "create docker:index:Image web-build",
      ...components,
    ]);
    // The same content as at first: its tag would be refused, had the count begun anew.
    const tags = stack.held().filter(({ type }) => type === MANIFEST);
    assert.equal(tags.filter(({ computed }) => computed["digest"] === built).length, 2);
    assert.equal(await imageThatRuns(stack), `${textOf(registry)}@${textOf(built)}`);
    await stack.remove();
  });

  it("that the repository does not have stops the preview, and nothing changes", async () => {
    const stack = await deployedCopy();
    const { registry } = await stack.outputs();
    const before = stack.held();
    stack.change({ imageDigest: DIGEST });

    const run = await stack.run("up", [], { previewed: true });

    assert.notEqual(run.exitCode, 0);
    const repository = textOf(registry).split("/").at(-1) ?? "";
    assert.match(
      run.output,
      new RegExp(
        `imageDigest: got ${DIGEST}, the repository ${repository} has no such image that can be read \\(.*reading ECR Images: couldn't find resource\\); ` +
          "copy it there with `npm run promote -- <stack that runs it> <this stack>`",
      ),
    );
    assert.deepEqual(stack.held(), before);
    await stack.remove();
  });

  it("refuses to show the repository alone as the whole stack", async () => {
    const stack = await EngineStack.create("dev");

    const run = await stack.run("preview", [], { variables: { REPOSITORY_ONLY_OF: "dev" } });

    assert.notEqual(run.exitCode, 0);
    assert.match(run.output, /REPOSITORY_ONLY_OF: got dev, which is for `npm run promote` alone/);
    await stack.remove();
  });
});
