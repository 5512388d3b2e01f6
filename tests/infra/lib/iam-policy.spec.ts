import assert from "node:assert/strict";
import { iamPolicy } from "../../../infra/lib/iam-policy";

describe("iamPolicy", () => {
  it("is a document of the current version with the statements in their order", () => {
    const first = { Sid: "First", Effect: "Allow", Action: "s3:GetObject", Resource: "*" } as const;
    const second = { ...first, Sid: "Second", Effect: "Deny" } as const;

    assert.deepEqual(iamPolicy(first, second), {
      Version: "2012-10-17",
      Statement: [first, second],
    });
  });
});
