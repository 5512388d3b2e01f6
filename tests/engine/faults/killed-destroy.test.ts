import assert from "node:assert/strict";
import { deployed, deployedCopy } from "../deployed";
import type { EngineStack } from "../engine-stack";
import "../pulumi-cli";
import { assertAgreement, census, knownResources } from "./account-census";
import { kill, nthDeletion } from "./interruption";
import { pendingOperations, recover } from "./recovery";
import { moments, seeds } from "./seeds";
import { undisturbedDestruction } from "./undisturbed";

/** The revision before the destruction stays beside the new one. */
const withoutRevisions = (stack: EngineStack): readonly string[] =>
  census(stack).filter((line) => !line.startsWith("aws:ecs/taskDefinition:"));

describe("`pulumi destroy` that is killed", function () {
  this.timeout(1_800_000);

  it("comes to the same end after the recovery, whichever deletion it was killed at", async () => {
    const { deleted, left } = await undisturbedDestruction();
    for (const n of moments(seeds(2), deleted - 1)) {
      const stack = await deployedCopy();
      await kill(stack, "destroy", nthDeletion(stack, n));
      const where = `deletion ${String(n)} of ${String(deleted)}`;
      assert.ok(knownResources(stack).length > 0, where);

      assert.deepEqual(await recover(stack, "deleted"), [], where);
      assert.deepEqual(pendingOperations(stack), [], where);
      assertAgreement(stack, where);
      await stack.succeed("destroy");

      assert.deepEqual(stack.state(), [], where);
      assert.deepEqual(census(stack), left, where);
      await stack.remove();
    }
  });

  it("is undone by `pulumi up`, where the stack is wanted after all", async () => {
    const undisturbed = (await deployed("dev")).stack;
    const stack = await deployedCopy();
    await kill(stack, "destroy", nthDeletion(stack, 20));

    await recover(stack, "deleted");
    await stack.succeed("up", [], { judged: false });

    assertAgreement(stack);
    assert.deepEqual(withoutRevisions(stack), withoutRevisions(undisturbed));
    await stack.remove();
  });
});
