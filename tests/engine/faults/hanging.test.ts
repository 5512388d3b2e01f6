import assert from "node:assert/strict";
import type { Faults } from "../../../tools/simulated-aws/cloud/faults";
import { deployed, deployedCopy } from "../deployed";
import { EngineStack } from "../engine-stack";
import { titleOf } from "../operations";
import "../pulumi-cli";
import { assertAgreement, census } from "./account-census";

/** The service's timeouts, which are minutes, as seconds. */
const shorten = (stack: EngineStack, timeouts: string): void => {
  stack.edit("infra/components/ecs-service.ts", (text) => {
    const shortened = text.replace(/customTimeouts: \{[^}]*\}/, `customTimeouts: { ${timeouts} }`);
    assert.notEqual(shortened, text);
    return shortened;
  });
};

const SERVICE = { type: "aws:ecs/service:Service" } satisfies Faults;

describe("an operation that never ends", function () {
  this.timeout(240_000);

  it("ends at its timeout when it creates: `pulumi up` fails and names the resource and the limit", async () => {
    const stack = await EngineStack.create("dev");
    shorten(stack, 'create: "2s"');

    const run = await stack.run("up", [], {
      judged: false,
      faults: { ...SERVICE, hangCreate: 1 },
    });

    assert.notEqual(run.exitCode, 0);
    assert.deepEqual(
      run.failed.map(({ urn }) => titleOf(urn)),
      ["aws:ecs:Service web"],
    );
    assert.match(
      run.output,
      /error: creating ECS Service \(web\): timeout while waiting for state to become 'available' \(timeout: 2s\)/,
    );
    shorten(stack, 'create: "20m", update: "30m", delete: "30m"');
    await stack.succeed("up", [], { judged: false });
    assertAgreement(stack);
    assert.deepEqual(census(stack), census((await deployed("dev")).stack));
    await stack.remove();
  });

  it("ends at its timeout when it deletes: `pulumi destroy` fails, and can be repeated", async () => {
    const stack = await deployedCopy();
    shorten(stack, 'create: "20m", update: "30m", delete: "2s"');
    await stack.succeed("up", [], { judged: false });

    const run = await stack.run("destroy", [], { faults: { ...SERVICE, hangDelete: 1 } });

    assert.notEqual(run.exitCode, 0);
    assert.match(
      run.output,
      /error: deleting ECS Service \(.*\): timeout while waiting for resource to be gone \(timeout: 2s\)/,
    );
    assertAgreement(stack);
    await stack.succeed("destroy");
    assert.deepEqual(stack.state(), []);
    await stack.remove();
  });
});
