import assert from "node:assert/strict";
import {
  excess,
  measureText,
  ObjectiveError,
  objectiveText,
  type Outcome,
  parseObjective,
} from "../../../capacity/tune/objective";

const outcome: Outcome = { p99Milliseconds: 312.34, missedMinutes: 1, unmetShare: 0.0004, usd: 10 };

describe("parseObjective", () => {
  for (const [text, metric, atMost] of [
    ["p99<=250ms", "p99", 250],
    ["p99 <= 1.5s", "p99", 1500],
    ["missed<=5", "missed", 5],
    [" missed<=5min ", "missed", 5],
    ["unmet<=0.1%", "unmet", 0.001],
  ] as const) {
    it(`reads ${JSON.stringify(text)}`, () => {
      const objective = parseObjective(text);
      assert.equal(objective.metric, metric);
      assert.ok(Math.abs(objective.atMost - atMost) < 1e-12);
    });
  }

  for (const text of [
    "",
    "p99<250ms",
    "p99<=250",
    "p50<=250ms",
    "missed<=5%",
    "missed<=-1",
    "p99<=ms",
    "toString<=1",
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.throws(() => parseObjective(text), {
        name: "ObjectiveError",
        message: `objective is ${JSON.stringify(text)}, but must be p99<=250ms, missed<=5 (minutes) or unmet<=0.1%, with a number of your own`,
      });
    });
  }

  it("refuses a share without its unit, which may be meant in percent or of one", () => {
    assert.throws(
      () => parseObjective("unmet<=0.1"),
      new ObjectiveError(
        'objective is "unmet<=0.1", but a share of the requests needs its unit; write a percentage as in unmet<=0.1%',
      ),
    );
  });

  it("refuses a share above all", () => {
    assert.throws(
      () => parseObjective("unmet<=101%"),
      new ObjectiveError(
        'objective is "unmet<=101%", but no more than 100 % of the requests can be lost; write a percentage as in unmet<=0.1%',
      ),
    );
  });
});

describe("excess", () => {
  it("is how far an outcome is from the objective, and 0 where it meets it", () => {
    assert.equal(excess({ metric: "p99", atMost: 300 }, outcome).toFixed(2), "12.34");
    assert.equal(excess({ metric: "missed", atMost: 1 }, outcome), 0);
    assert.equal(excess({ metric: "unmet", atMost: 0.001 }, outcome), 0);
  });
});

describe("objective in words", () => {
  it("names the bound and the measure with their units", () => {
    assert.equal(objectiveText({ metric: "p99", atMost: 250 }), "at most a p99 of 250 ms");
    assert.equal(
      objectiveText({ metric: "unmet", atMost: 0.001 }),
      "at most 0.1 % of the requests lost",
    );
    assert.equal(objectiveText({ metric: "missed", atMost: 5 }), "at most 5 missed minutes");
    assert.equal(measureText({ metric: "p99", atMost: 250 }, outcome), "a p99 of 312.3 ms");
    assert.equal(measureText({ metric: "missed", atMost: 0 }, outcome), "1 missed minute");
    assert.equal(
      measureText({ metric: "unmet", atMost: 0 }, outcome),
      "0.04 % of the requests lost",
    );
  });
});
