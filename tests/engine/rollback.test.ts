import assert from "node:assert/strict";
import { deployedCopy } from "./deployed";
import { titleOf } from "./operations";
import "./pulumi-cli";

describe("a deployment that ECS rolls back", function () {
  this.timeout(240_000);

  it("fails `pulumi up`, which says why, and keeps the revision that ran", async () => {
    const stack = await deployedCopy();
    const before = await stack.outputs();
    stack.edit("app/src/routes/home.ts", (text) => `${text}\n// A bad release.\n`);

    const run = await stack.run("up", [], { faults: { rollBack: true } });

    assert.notEqual(run.exitCode, 0);
    assert.deepEqual(
      run.failed.map(({ urn }) => titleOf(urn)),
      ["aws:ecs:Service web"],
    );
    assert.match(
      run.diagnostics.map(({ message }) => message).join("\n"),
      /waiting for ECS Service \(.*\) update: Service deployment rolled back because the circuit breaker threshold was exceeded\./,
    );
    const service = stack.held().find(({ type }) => type === "aws:ecs/service:Service");
    assert.equal(service?.inputs["taskDefinition"], before["taskDefinition"]);
    await stack.remove();
  });
});
