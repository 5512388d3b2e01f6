import assert from "node:assert/strict";
import { setProperty } from "../../../tools/sandbox/drift";
import { deployedCopy } from "../deployed";
import { operations } from "../operations";
import "../pulumi-cli";
import { assertAgreement, managed } from "./account-census";

describe("a release that is taken back", function () {
  this.timeout(600_000);

  it("runs the earlier image again when the change of the app is reverted", async () => {
    const stack = await deployedCopy();
    const before = await stack.outputs();
    let original = "";
    stack.edit("app/src/routes/home.ts", (text) => {
      original = text;
      return `${text}\n// A release that disappoints.\n`;
    });
    await stack.succeed("up", [], { judged: false });
    assert.notEqual((await stack.outputs())["image"], before["image"]);

    stack.edit("app/src/routes/home.ts", () => original);
    await stack.succeed("up", [], { judged: false });

    const after = await stack.outputs();
    assert.equal(after["image"], before["image"]);
    assert.match(JSON.stringify(after["taskDefinition"]), /:task-definition\/web-dev:3"$/);
    assertAgreement(stack);
    await stack.remove();
  });

  it("stays taken back by hand until Pulumi refreshes", async () => {
    const stack = await deployedCopy();
    const before = await stack.outputs();
    stack.edit("app/src/routes/home.ts", (text) => `${text}\n// A release that disappoints.\n`);
    await stack.succeed("up", [], { judged: false });
    const released = (await stack.outputs())["taskDefinition"];
    const running = () =>
      managed(stack).find(({ type }) => type === "aws:ecs/service:Service")?.inputs[
        "taskDefinition"
      ];
    const folder = stack.folder.account("dev");
    const [property, value] = ["taskDefinition", before["taskDefinition"]!];
    setProperty(folder, stack.account, { named: "ecs.Service/web", property, value });

    assert.deepEqual(operations(await stack.succeed("up", [], { judged: false })), []);
    assert.equal(running(), before["taskDefinition"]);
    await stack.succeed("up", ["--refresh"], { judged: false });

    assert.equal(running(), released);
    await stack.remove();
  });
});
