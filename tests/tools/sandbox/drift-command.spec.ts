import assert from "node:assert/strict";
import { join } from "node:path";
import { run } from "../../../tools/sandbox/cli";
import { openAccount } from "../../../tools/simulated-aws/cloud/account-folder";
import { projectFolder, write } from "./sandbox-places";

describe("npm run sandbox -- drift", () => {
  const directory = projectFolder();
  openAccount(join(directory, ".sandbox", "accounts", "dev")).write({
    type: "aws:ecs/service:Service",
    name: "web",
    id: "arn:service",
    incarnation: 0,
    inputs: { desiredCount: 2, launchType: "EC2" },
    computed: {},
  });

  async function drift(...args: string[]): Promise<[code: number, text: string]> {
    let text = "";
    const stream = { write: (part: string) => (text += part) };
    const around = { directory, environment: {}, stdout: stream, stderr: stream };
    const code = await run(["drift", ...args], {
      ...around,
      canAsk: false,
      open: () => assert.fail("needs no CLI"),
    });
    return [code, text];
  }

  it("lists what can drift, without a CLI", async () => {
    assert.deepEqual(await drift(), [0, "ecs.Service/web  arn:service\n"]);
  });

  it("sets a property to JSON or to a text", async () => {
    const end = "; `npm run sandbox -- refresh dev` finds it\n";

    assert.deepEqual(await drift("dev", "set", "web", "desiredCount", "5"), [
      0,
      `ecs.Service/web: desiredCount was 2 and is 5${end}`,
    ]);
    assert.deepEqual(await drift("dev", "set", "web", "launchType", "FARGATE"), [
      0,
      `ecs.Service/web: launchType was "EC2" and is "FARGATE"${end}`,
    ]);
  });

  it("says that a refresh stays silent about what the program leaves to autoscaling", async () => {
    const urn = "urn:pulumi:dev::shop::shop:index:Web$aws:ecs/service:Service::web";
    const service = { urn, type: "aws:ecs/service:Service", ignoreChanges: ["desiredCount"] };
    write(
      join(directory, ".sandbox", "state", ".pulumi", "stacks", "shop", "dev.json"),
      JSON.stringify({ checkpoint: { latest: { resources: [service] } } }),
    );

    assert.deepEqual(await drift("dev", "set", "web", "desiredCount", "7"), [
      0,
      "ecs.Service/web: desiredCount was 5 and is 7; `npm run sandbox -- refresh dev` stays silent, as the program leaves desiredCount to autoscaling (ignoreChanges)\n",
    ]);
    assert.deepEqual(await drift("dev", "set", "web", "launchType", "EC2"), [
      0,
      'ecs.Service/web: launchType was "FARGATE" and is "EC2"; `npm run sandbox -- refresh dev` finds it\n',
    ]);
  });

  it("refuses words that it does not know", async () => {
    for (const words of [["set", "web"], ["drop", "web"], ["delete"], ["delete", "web", "x"]]) {
      assert.deepEqual(await drift("dev", ...words), [
        1,
        `error: drift got '${words.join(" ")}'; write set <resource> <property> <value>, or delete <resource>, or nothing for a list\n`,
      ]);
    }
  });

  it("deletes a resource, and says that the account is empty then", async () => {
    assert.deepEqual(await drift("dev", "delete", "web"), [
      0,
      "ecs.Service/web is deleted; `npm run sandbox -- refresh dev` finds it\n",
    ]);
    assert.deepEqual(await drift("dev"), [
      1,
      "error: the simulated account of 'dev' is empty; deploy with `npm run sandbox -- up dev`\n",
    ]);
  });

  it("knows the stacks of the project", async () => {
    const [code, text] = await drift("dve");

    assert.equal(code, 1);
    assert.match(text, /^error: Pulumi\.dve\.yaml: is missing for stack 'dve'/);
  });
});
