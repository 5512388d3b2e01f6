import assert from "node:assert/strict";
import { exitCodeOf } from "../../../tools/review/exit-code";
import type { StackReview } from "../../../tools/review/stack-review";
import { aFinding, aVerdict } from "../policy/verdicts";
import { aChange, aFailure, aReview, aSide } from "./comparisons";

const violating = (level: "mandatory" | "advisory") =>
  aReview({ after: aSide({ policies: aVerdict({ findings: [aFinding({ level })] }) }) });
const destroying = (destruction: "refused" | "allowed") =>
  aReview({ changes: [aChange({ operation: "delete", holds: "data", destruction })] });

describe("exitCodeOf", () => {
  const cases: readonly (readonly [string, readonly StackReview[], number])[] = [
    ["no stack", [], 0],
    ["a change", [aReview({ changes: [aChange()] })], 0],
    ["an advisory violation", [violating("advisory")], 0],
    ["a destruction that is allowed", [destroying("allowed")], 0],
    ["a destruction that is refused", [aReview(), destroying("refused")], 5],
    ["a mandatory violation", [destroying("refused"), violating("mandatory")], 3],
    ["a stack that failed", [violating("mandatory"), aFailure], 1],
    ["a stack that is removed", [{ ...aFailure, isRemoved: true }], 0],
  ];
  for (const [what, reviews, code] of cases) {
    it(`gives ${String(code)} for ${what}`, () => {
      assert.equal(exitCodeOf(reviews), code);
    });
  }

  it("gives 3 for a violation that was there before the change", () => {
    const policies = aVerdict({ findings: [aFinding()] });

    assert.equal(
      exitCodeOf([aReview({ before: aSide({ policies }), after: aSide({ policies }) })]),
      3,
    );
  });
});
