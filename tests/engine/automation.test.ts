import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation";
import { OUTLIVES_A_STACK, titleOfHeld } from "./deployed";
import { EngineStack } from "./engine-stack";
import { engineLog } from "./event-log";
import { operations } from "./operations";
import { pulumiCli } from "./pulumi-cli";

describe("a whole life through the Automation API", function () {
  this.timeout(600_000);

  it("previews, deploys, shows outputs, finds nothing to do, and destroys", async () => {
    const made = await EngineStack.create("dev");
    const aws = await made.startAws();
    const root = made.path("cli");
    mkdirSync(join(root, "bin"), { recursive: true });
    symlinkSync(pulumiCli(), join(root, "bin", "pulumi"));
    const policyPacks = [join(made.project, "policies")];
    const stack = await LocalWorkspace.selectStack(
      { stackName: "dev", workDir: made.project },
      {
        pulumiCommand: await PulumiCommand.get({ root }),
        envVars: { ...withoutAmbient(), ...made.environment(aws) },
      },
    );

    const events: EngineEvent[] = [];
    const onEvent = (event: EngineEvent) => events.push(event);
    const preview = await stack.preview({ policyPacks, onEvent });
    assert.deepEqual(Object.keys(preview.changeSummary), ["create"]);
    assert.deepEqual(made.held(), []);
    const undecided = engineLog(events).policies.map(({ level }) => level);
    assert.deepEqual([...new Set(undecided)], ["advisory"]);

    const up = await stack.up({ policyPacks });
    assert.equal(up.summary.resourceChanges?.create, preview.changeSummary.create);
    assert.match(String(up.outputs["url"]?.value), /^http:\/\//);
    events.length = 0;
    await stack.preview({ policyPacks, onEvent, expectNoChanges: true });
    assert.deepEqual(operations(engineLog(events)), []);

    await stack.destroy();
    assert.deepEqual(made.state(), []);
    assert.deepEqual(made.held().map(titleOfHeld), OUTLIVES_A_STACK);
    await made.remove();
  });
});

/** The API adds to the environment of this process; what could reach an account is emptied. */
const withoutAmbient = (): Record<string, string> =>
  Object.fromEntries(
    Object.keys(process.env)
      .filter((name) => /^(AWS|PULUMI)_/.test(name))
      .map((name) => [name, ""]),
  );
