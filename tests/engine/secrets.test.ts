import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { EngineStack } from "./engine-stack";
import "./pulumi-cli";

const ADDRESS = "on-call@secret.example";

describe("an encrypted setting", function () {
  this.timeout(240_000);

  it("is nowhere to be read: state, logs, event log, simulated account, project", async () => {
    const stack = await EngineStack.create("dev", {}, "correct horse battery staple");
    const setting = ["set", "--secret", "ecs-on-ec2:alarmEmail", ADDRESS];
    await stack.succeed("config", setting);

    const preview = await stack.succeed("preview", ["--diff"]);
    const up = await stack.succeed("up", ["--diff"]);
    const { output } = await stack.succeed("stack", ["export"]);

    const subscription = stack
      .state()
      .find(({ type }) => type === "aws:sns/topicSubscription:TopicSubscription");
    assert.equal(
      (subscription?.inputs?.["endpoint"] as Record<string, string>)[SIGNATURE],
      SIGNATURE_OF_SECRET,
    );
    for (const text of [preview.output, up.output, output]) {
      assert.ok(!text.includes(ADDRESS));
    }
    assert.deepEqual(filesWith(ADDRESS, stack.path(".")), []);
    // It is there after all, for who has the passphrase.
    assert.equal((await stack.succeed("config", ["get", "alarmEmail"])).output.trim(), ADDRESS);
    await stack.remove();
  });
});

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SIGNATURE_OF_SECRET = "1b47061264138c4ac30d75fd1eb44270";

function filesWith(text: string, folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesWith(text, path);
    return entry.isFile() && readFileSync(path).includes(text) ? [path] : [];
  });
}
