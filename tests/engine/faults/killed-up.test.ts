import assert from "node:assert/strict";
import { deployed } from "../deployed";
import { EngineStack } from "../engine-stack";
import "../pulumi-cli";
import { assertAgreement, census, managed } from "./account-census";
import { kill, nthCreation } from "./interruption";
import { pendingOperations, recover } from "./recovery";
import { moments, seeds } from "./seeds";

/** What becomes of the nth creation's answer, and of what AWS has made without the engine's knowledge. */
const WAYS = [
  { answer: "is lost", orphans: "adopted" },
  { answer: "is lost", orphans: "deleted" },
  { answer: "arrives", orphans: "adopted" },
] as const;

describe("`pulumi up` that is killed", function () {
  this.timeout(1_800_000);

  it("comes to the same end after the recovery, whichever creation it was killed at", async () => {
    const undisturbed = (await deployed("dev")).stack;
    const created = managed(undisturbed).length;
    const empty = await EngineStack.create("dev");
    for (const [index, n] of moments(seeds(WAYS.length), created - 1).entries()) {
      const { answer, orphans } = WAYS[index % WAYS.length]!;
      const where = `creation ${String(n)} of ${String(created)}, its answer ${answer}, orphans ${orphans}`;
      const stack = await empty.copy();
      await kill(stack, "up", nthCreation(stack, n, answer));

      const lost = await recover(stack, orphans);
      if (answer === "is lost") assert.ok(lost.length > 0, where);
      await stack.succeed("up", [], { judged: false });

      assert.deepEqual(pendingOperations(stack), [], where);
      assertAgreement(stack, where);
      assert.deepEqual(census(stack), census(undisturbed), where);
      await stack.remove();
    }
    await empty.remove();
  });

  it("leaves the stack locked until `pulumi cancel`, and then says what is unknown", async () => {
    const stack = await EngineStack.create("dev");
    await kill(stack, "up", nthCreation(stack, 30, "is lost"));

    const locked = await stack.run("up", [], { judged: false });
    assert.notEqual(locked.exitCode, 0);
    assert.match(locked.output, /error: the stack is currently locked by 1 lock\(s\)\./);
    await stack.succeed("cancel", ["--yes"]);
    // What a plain refresh leaves as it is.
    await stack.succeed("refresh");

    const [pending] = pendingOperations(stack);
    assert.equal(pending?.type, "creating");
    const preview = await stack.run("up", [], { judged: false, faults: { failCreate: 1 } });
    assert.match(
      preview.output,
      /warning: Attempting to deploy or update resources with \d+ pending operations from previous deployment\./,
    );
    assert.ok(preview.output.includes(`${pending.resource.urn}, interrupted while creating`));
    await stack.remove();
  });
});
