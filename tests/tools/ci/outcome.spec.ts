import assert from "node:assert/strict";
import { createColors } from "picocolors";
import { duration, type Outcome, renderOutcomes, worstOf } from "../../../tools/ci/outcome";
import type { Step } from "../../../tools/ci/steps";

const aStep = (title: string): Step => ({
  ...{ name: title, title, purpose: "", script: title, args: [], idle: undefined },
});
const ended = (code: number, title = "check", seconds = 1): Outcome => ({
  ...{ step: aStep(title), kind: "ran", code, seconds },
});
const idle = (failed: boolean, title = "review"): Outcome => ({
  ...{ step: aStep(title), kind: "idle", why: "no repository", failed },
});

describe("worstOf", () => {
  const cases: readonly (readonly [string, readonly Outcome[], number])[] = [
    ["nothing", [], 0],
    ["success", [ended(0), ended(0)], 0],
    ["a destruction", [ended(0), ended(5)], 5],
    ["a violation before a destruction", [ended(5), ended(3)], 3],
    ["an error before a violation", [ended(3), ended(1), ended(5)], 1],
    ["any other code as an error", [ended(3), ended(2)], 1],
    ["a signal as an error", [ended(137)], 1],
    ["what could not run as an error", [ended(3), idle(true)], 1],
    ["what had not to run as none", [ended(3), idle(false)], 3],
  ];
  for (const [what, outcomes, code] of cases) {
    it(`gives ${String(code)} for ${what}`, () => {
      assert.equal(worstOf(outcomes), code);
    });
  }
});

describe("duration", () => {
  it("tells tenths of a second, and minutes from the first", () => {
    assert.deepEqual([0, 0.04, 2.34, 59.94, 59.95, 60, 61.26, 725].map(duration), [
      ...["0.0 s", "0.0 s", "2.3 s", "59.9 s", "1 min 0.0 s", "1 min 0.0 s", "1 min 1.3 s"],
      "12 min 5.0 s",
    ]);
  });
});

describe("renderOutcomes", () => {
  const outcomes = [
    ended(0, "check", 61),
    ended(3, "policies dev", 2),
    ended(5, "review"),
    ended(2, "preview"),
    ended(143, "stopped"),
    idle(true, "workflows"),
    idle(false, "last"),
  ];

  it("lines up steps, times and results, with the reason of what did not run", () => {
    const screen = { colors: createColors(false), columns: undefined };

    assert.equal(
      renderOutcomes(outcomes, screen),
      `
Steps:
    check         1 min 1.0 s  passed
    policies dev        2.0 s  a mandatory policy is violated
    review              1.0 s  a destruction is not allowed
    preview             1.0 s  failed with 2
    stopped             1.0 s  interrupted
    workflows                  could not run: no repository
    last                       not run: no repository
`,
    );
  });

  it("paints what passed green, what failed red and what had not to run dim", () => {
    const colors = createColors(true);
    const text = renderOutcomes(outcomes, { colors, columns: undefined });

    assert.ok(text.includes(colors.green("passed")));
    assert.ok(text.includes(colors.red("failed with 2")));
    assert.ok(text.includes(colors.red("could not run")));
    assert.ok(text.includes(colors.dim("not run")));
  });
});
