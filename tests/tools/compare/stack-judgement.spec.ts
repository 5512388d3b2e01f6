import assert from "node:assert/strict";
import { LIMITS } from "../../../policies/limits";
import { findingNames } from "../../../policies/pack";
import { type Waiver, WaiverBook } from "../../../policies/waivers";
import { stackJudgement } from "../../../tools/compare/stack-judgement";

const waiver: Waiver = {
  policy: "multi-az",
  target: { by: "name", glob: "web-*" },
  environment: "dev",
  owner: "me",
  reason: "load test",
  expires: "2026-01-31",
  place: "policies/waivers.yaml:3",
};

describe("stackJudgement", () => {
  it("has the limits and the level of every policy in the environment", () => {
    const { limits, levels } = stackJudgement("dev", new WaiverBook([], "2026-01-01"));

    assert.deepEqual(limits, LIMITS.dev);
    assert.deepEqual(Object.keys(levels).sort(), [...findingNames].sort());
    assert.equal(levels["scaling-change-within-limits"], "advisory");
    assert.deepEqual(stackJudgement("staging").limits, LIMITS.prod);
  });

  it("has the waivers of the environment that hold today", () => {
    const others = [
      { ...waiver, environment: "prod" },
      { ...waiver, expires: "2025-12-31" },
    ];
    const { waivers } = stackJudgement("dev", new WaiverBook([waiver, ...others], "2026-01-31"));

    assert.deepEqual(waivers, [
      {
        policy: "multi-az",
        target: "name web-*",
        owner: "me",
        reason: "load test",
        expires: "2026-01-31",
        source: { file: "policies/waivers.yaml", line: 3 },
      },
    ]);
  });
});
