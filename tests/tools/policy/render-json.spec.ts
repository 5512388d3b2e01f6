import assert from "node:assert/strict";
import { renderJson } from "../../../tools/policy/render-json";
import { aVerdict, oneOfEach } from "./verdicts";

describe("renderJson", () => {
  it("writes everything, and the counts", () => {
    const verdict = aVerdict({ findings: oneOfEach });
    const text = renderJson(verdict);

    assert.ok(text.endsWith("\n}\n"));
    assert.deepEqual(JSON.parse(text), {
      project: "shop",
      stack: "dev",
      resources: 9,
      findings: JSON.parse(JSON.stringify(oneOfEach)) as unknown,
      summary: { mandatory: 1, advisory: 1, waived: 1, repairs: 1, undecided: 1 },
      policies: verdict.rules,
    });
  });
});
