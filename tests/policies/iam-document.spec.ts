import assert from "node:assert/strict";
import { allowStatements } from "../../policies/iam-document";

describe("allowStatements", () => {
  it("reads what a document allows, every value as a list", () => {
    const document = {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Deny", Action: "*", Resource: "*" },
        {
          Effect: "Allow",
          Principal: { AWS: ["111122223333", "*"], Service: "ec2.amazonaws.com" },
          Action: "s3:GetObject",
          NotResource: ["arn:aws:s3:::web"],
          Condition: { Bool: { "aws:SecureTransport": "true" } },
        },
        { Sid: "Read", Effect: "Allow", Principal: "*", Action: ["a:B"], Resource: ["c", "d"] },
      ],
    };

    const expected = [
      {
        label: "statement 2",
        actions: ["s3:GetObject"],
        resources: [],
        principals: [
          { kind: "AWS", name: "111122223333" },
          { kind: "AWS", name: "*" },
          { kind: "Service", name: "ec2.amazonaws.com" },
        ],
        negations: ["NotResource"],
        hasCondition: true,
      },
      {
        label: "Read",
        actions: ["a:B"],
        resources: ["c", "d"],
        principals: [{ kind: "*", name: "*" }],
        negations: [],
        hasCondition: false,
      },
    ];
    assert.deepEqual(allowStatements(document), expected);
    assert.deepEqual(allowStatements(JSON.stringify(document)), expected);
  });

  it("reads a single statement without a list", () => {
    assert.equal(allowStatements({ Statement: { Effect: "Allow" } })?.length, 1);
  });

  for (const document of [undefined, null, "", "{", "[]", "7", 7, {}, { Statement: null }]) {
    it(`says that ${JSON.stringify(document)} is no document`, () => {
      assert.equal(allowStatements(document), undefined);
    });
  }
});
