import assert from "node:assert/strict";
import { referenceTo } from "../../../tools/compare/reference";
import { type Json, SECRET, UNKNOWN } from "../../../tools/preview/graph";
import { settingText, valueText } from "../../../tools/review/value-text";

const arn = referenceTo("urn:pulumi:dev::shop::aws:ecs/cluster:Cluster::web", "arn");

describe("valueText", () => {
  const cases: readonly (readonly [Json | undefined, string])[] = [
    [undefined, ""],
    [null, "null"],
    [2, "2"],
    [false, "false"],
    ["", '""'],
    ["a b", '"a b"'],
    ["a\nb", '"a\\nb"'],
    [UNKNOWN, "[known after deployment]"],
    [SECRET, "[secret]"],
    [arn, "${Cluster web.arn}"],
    [`${arn}/*`, '"${Cluster web.arn}/*"'],
    [[], "[]"],
    [["a", [1]], '["a", [1]]'],
    [{}, "{}"],
    [
      { b: UNKNOWN, a: [arn], "c d": 1 },
      '{ a: [${Cluster web.arn}], b: [known after deployment], "c d": 1 }',
    ],
  ];
  for (const [value, text] of cases) {
    it(`shows ${value === undefined ? "nothing" : JSON.stringify(value)} as ${text}`, () => {
      assert.equal(valueText(value), text);
    });
  }
});

describe("settingText", () => {
  it("shows a text as the stack file has it, and an empty one in quotes", () => {
    assert.deepEqual(["12", "", UNKNOWN, SECRET, ["a"]].map(settingText), [
      "12",
      '""',
      "[known after deployment]",
      "[secret]",
      '["a"]',
    ]);
  });
});
