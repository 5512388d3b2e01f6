import assert from "node:assert/strict";
import { readStackOutputs } from "../../../tools/verify/stack-outputs";
import { outputsOf } from "./answers";

describe("readStackOutputs", () => {
  it("takes the region from the task definition", async () => {
    const answer = JSON.stringify(outputsOf("https://web.example.com"));

    assert.equal(
      (await readStackOutputs(() => Promise.resolve(answer), "prod")).region,
      "eu-central-1",
    );
  });

  it("refuses a task definition that is no ARN", async () => {
    const answer = JSON.stringify(outputsOf("https://a.example", { taskDefinition: "web-dev:7" }));

    await assert.rejects(
      readStackOutputs(() => Promise.resolve(answer), "dev"),
      {
        name: "VerifyError",
        message:
          'the output taskDefinition of stack dev is "web-dev:7", which is no ARN of a task definition; deploy the stack again with `pulumi up --stack dev`',
      },
    );
  });
});
