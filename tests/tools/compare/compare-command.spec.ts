import assert from "node:assert/strict";
import { showComparison } from "../../../tools/compare/compare-command";
import { screenOf } from "../../../tools/preview/screen";
import type { StackReview } from "../../../tools/review/stack-review";
import { aFinding, aVerdict } from "../policy/verdicts";
import { aChange, aFailure, aReview, aSide } from "../review/comparisons";

function shown(review: StackReview, request: { json?: boolean; expectNoChanges?: boolean } = {}) {
  const written = { stdout: "", stderr: "" };
  const streams = {
    stdout: { write: (text: string) => (written.stdout += text) },
    stderr: { write: (text: string) => (written.stderr += text) },
  };
  const screen = screenOf(streams.stdout, {}, false);
  const options = { json: false, expectNoChanges: false, ...request };
  return { code: showComparison(review, options, { ...streams, screen }), ...written };
}

const kept = {
  ...{ urn: "urn:a::b::c:d:E::f", previousUrn: "urn:a::b::c:d:E::e" },
  ...{ type: "c:d:E", name: "f", options: [] },
};
const destroying = aChange({ operation: "delete", holds: "data", destruction: "refused" });
const violating = aSide({ policies: aVerdict({ findings: [aFinding()] }) });

describe("showComparison", () => {
  it("ends with 2 where anything differs and nothing should, a name too", () => {
    const codes = [aReview(), aReview({ changes: [aChange()] }), aReview({ kept: [kept] })].map(
      (review) => [shown(review).code, shown(review, { expectNoChanges: true }).code],
    );

    assert.deepEqual(codes, [
      [0, 0],
      [0, 2],
      [0, 2],
    ]);
  });

  it("ends with 5 and with 3 before that, whatever was expected", () => {
    const expectNoChanges = true;

    assert.equal(shown(aReview({ changes: [destroying] }), { expectNoChanges }).code, 5);
    const both = aReview({ changes: [destroying], after: violating });
    assert.equal(shown(both, { expectNoChanges }).code, 3);
  });

  it("writes text, or JSON, to the standard output", () => {
    assert.match(shown(aReview()).stdout, /^Comparing \(dev\): main \(1a2b3c4\) -> working tree\n/);
    const { stacks } = JSON.parse(shown(aReview(), { json: true }).stdout) as {
      readonly stacks: readonly { readonly stack: string }[];
    };
    assert.deepEqual(
      stacks.map(({ stack }) => stack),
      ["dev"],
    );
  });

  it("writes why there is nothing to compare to the standard error stream", () => {
    assert.deepEqual(shown(aFailure), { code: 1, stdout: "", stderr: aFailure.failure });
  });
});
