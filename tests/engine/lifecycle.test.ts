import assert from "node:assert/strict";
import { DEV, PROD_ADDS } from "../infra/stack-census";
import { deployed, deployedCopy, OUTLIVES_A_STACK, previewed, titleOfHeld } from "./deployed";
import type { EngineStack } from "./engine-stack";
import { operations, titleOf } from "./operations";
import "./pulumi-cli";

const CENSUS: Readonly<Record<string, readonly string[]>> = {
  dev: DEV,
  prod: [...DEV, ...PROD_ADDS],
};

/** Resources of a run, `type name`, without those that no program declares. */
const declared = (titles: readonly string[]): string[] =>
  titles.filter((title) => !/^pulumi:(providers|pulumi):/.test(title)).sort();

describe("a whole life under the engine", function () {
  this.timeout(600_000);

  for (const environment of ["dev", "prod"]) {
    it(`previews ${environment} as creations alone, and creates nothing`, async () => {
      const { stack, run } = await previewed(environment);

      assert.equal(run.exitCode, 0, run.output);
      assert.ok(operations(run).every((operation) => operation.startsWith("create ")));
      assert.deepEqual(
        declared(operations(run).map((operation) => operation.replace("create ", ""))),
        [...(CENSUS[environment] ?? [])].sort(),
      );
      assert.deepEqual(stack.held(), []);
      report(`preview of ${environment}`, run.seconds);
    });

    it(`deploys ${environment}, which a second preview finds complete`, async () => {
      const { stack, run } = await deployed(environment);

      const titles = stack.state().map(({ urn }) => titleOf(urn));
      assert.deepEqual(declared(titles), [...(CENSUS[environment] ?? [])].sort());
      const preview = await stack.succeed("preview", ["--expect-no-changes"]);
      assert.deepEqual(operations(preview), []);
      assert.deepEqual(Object.keys(await stack.outputs()).sort(), OUTPUTS);
      report(`up of ${environment}, ${String(declared(titles).length)} resources`, run.seconds);
      report(`second preview of ${environment}`, preview.seconds);
    });
  }

  it("takes dev down and leaves nothing in the account but the documented revision", async () => {
    const stack = await deployedCopy("dev");

    const run = await stack.succeed("destroy");

    assert.deepEqual(stack.state(), []);
    assert.deepEqual(stack.held().map(titleOfHeld), OUTLIVES_A_STACK);
    report("destroy of dev", run.seconds);
    await stack.remove();
  });

  it("refuses to take prod down until its protection is given up, in the documented steps", async () => {
    const stack = await deployedCopy("prod");
    const before = identities(stack);

    const refused = await stack.run("destroy", [], { previewed: true });

    assert.notEqual(refused.exitCode, 0);
    const isProtected = stack.state().filter((resource) => resource.protect === true);
    assert.deepEqual(isProtected.map(({ urn }) => titleOf(urn)).sort(), [
      "aws:ecr:Repository web",
      "aws:lb:LoadBalancer web",
      "aws:s3:Bucket web-access-logs",
    ]);
    assert.match(refused.output, /cannot be deleted\s+because it is protected/);
    assert.deepEqual(identities(stack), before);

    stack.change({ deletionProtection: false });
    await stack.succeed("up", [], { judged: false });
    const run = await stack.succeed("destroy");

    assert.deepEqual(stack.state(), []);
    assert.deepEqual(stack.held().map(titleOfHeld), OUTLIVES_A_STACK);
    report("destroy of prod", run.seconds);
    await stack.remove();
  });
});

const OUTPUTS = [
  ...["autoScalingGroup", "capacityProvider", "cluster", "commands", "dashboard", "egressIps"],
  ...["image", "ingressIps", "logGroup", "registry", "service", "taskDefinition", "url"],
];

const identities = (stack: EngineStack): string[] =>
  stack.held().map(({ type, id }) => `${type} ${id}`);

/** Says what a step has taken; the figures are for people, a slow machine fails no test. */
function report(step: string, seconds: number): void {
  process.stdout.write(`      ${step}: ${seconds.toFixed(1)} s\n`);
}
