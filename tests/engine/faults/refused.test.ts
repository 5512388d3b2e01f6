import assert from "node:assert/strict";
import { deployed, deployedCopy } from "../deployed";
import { EngineStack } from "../engine-stack";
import { titleOf } from "../operations";
import "../pulumi-cli";
import { assertAgreement, census, managed } from "./account-census";
import { pendingOperations } from "./recovery";
import { moments, seeds } from "./seeds";
import { undisturbedDestruction } from "./undisturbed";

const REFUSAL = /: ServiceUnavailable: Service is unavailable\. Please try again shortly\.$/m;

describe("an operation that AWS refuses", function () {
  this.timeout(1_800_000);

  it("ends `pulumi up` at any creation; the next one comes to the same end by itself", async () => {
    const undisturbed = (await deployed("dev")).stack;
    const created = managed(undisturbed).length;
    const empty = await EngineStack.create("dev");
    for (const n of moments(seeds(1), created)) {
      const stack = await empty.copy();
      const where = `at creation ${String(n)} of ${String(created)}`;

      const run = await stack.run("up", [], { judged: false, faults: { failCreate: n } });

      assert.notEqual(run.exitCode, 0, where);
      assert.match(run.output, REFUSAL, where);
      assert.equal(run.failed.length, 1, where);
      assert.deepEqual(pendingOperations(stack), [], where);
      assertAgreement(stack, where);
      await stack.succeed("up", [], { judged: false });
      assertAgreement(stack, where);
      assert.deepEqual(census(stack), census(undisturbed), where);
      await stack.remove();
    }
    await empty.remove();
  });

  it("ends `pulumi destroy` at any deletion; the next one deletes the rest", async () => {
    const { deleted, left } = await undisturbedDestruction();
    for (const n of moments(seeds(1), deleted)) {
      const stack = await deployedCopy();
      const where = `at deletion ${String(n)} of ${String(deleted)}`;

      const run = await stack.run("destroy", [], { faults: { failDelete: n } });

      assert.notEqual(run.exitCode, 0, where);
      assert.match(run.output, REFUSAL, where);
      assertAgreement(stack, where);
      await stack.succeed("destroy");
      assert.deepEqual(stack.state(), [], where);
      assert.deepEqual(census(stack), left, where);
      await stack.remove();
    }
  });

  it("leaves the running revision in place where it is the update of the service", async () => {
    const stack = await deployedCopy();
    const before = await stack.outputs();
    stack.edit("app/src/routes/home.ts", (text) => `${text}\n// A new release.\n`);

    const faults = { failUpdate: 1, type: "aws:ecs/service:Service" };
    const run = await stack.run("up", [], { judged: false, faults });

    assert.notEqual(run.exitCode, 0);
    assert.deepEqual(
      run.failed.map(({ urn }) => titleOf(urn)),
      ["aws:ecs:Service web"],
    );
    const service = managed(stack).find(({ type }) => type === faults.type);
    assert.equal(service?.inputs["taskDefinition"], before["taskDefinition"]);
    await stack.succeed("up", [], { judged: false });
    assertAgreement(stack);
    assert.notEqual((await stack.outputs())["taskDefinition"], before["taskDefinition"]);
    await stack.remove();
  });
});
