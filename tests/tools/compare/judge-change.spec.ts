import assert from "node:assert/strict";
import { type Waiver, WaiverBook } from "../../../policies/waivers";
import type { Comparison } from "../../../tools/compare/comparison";
import { judgedChange } from "../../../tools/compare/judge-change";
import type { ResourceNode } from "../../../tools/preview/graph";
import { exitCodeOf } from "../../../tools/review/exit-code";
import { policyDelta } from "../../../tools/review/policy-delta";
import { aFinding, aVerdict } from "../policy/verdicts";
import { aGraph, aResource } from "../preview/small-graph";
import { aFailure, aReview, aSide } from "../review/comparisons";

const POLICY = "scaling-change-within-limits";
const TYPE = "aws:appautoscaling/target:Target";

/** A scaling target of prod, where a change may double a maximum. */
const target = (maxCapacity: number, name = "web"): ResourceNode =>
  aResource(TYPE, name, {
    urn: `urn:pulumi:prod::shop::${TYPE}::${name}`,
    inputs: { minCapacity: 2, maxCapacity },
    source: { file: "infra/target.ts", line: 7 },
  });

const sideWith = (...resources: readonly ResourceNode[]) =>
  aSide({
    graph: aGraph({ stack: "prod", resources }),
    policies: aVerdict({
      stack: "prod",
      rules: [
        { ...aVerdict().rules[0]!, name: POLICY, notRun: "needs the stack before the change" },
        { ...aVerdict().rules[0]!, name: "other", notRun: "for another reason" },
      ],
      findings: [aFinding({ level: "advisory" })],
    }),
  });

const review = (
  before: readonly ResourceNode[] | undefined,
  after: readonly ResourceNode[],
  rest: Partial<Comparison> = {},
) =>
  aReview({
    ...{ stack: "prod", before: before && sideWith(...before), after: sideWith(...after) },
    ...rest,
  });

const aWaiver: Waiver = {
  ...{ policy: POLICY, target: { by: "name", glob: "web" }, environment: "prod" },
  ...{ owner: "platform", reason: "load test", expires: "2026-01-31" },
  place: "policies/waivers.yaml:2",
};

const judged = (...[one, waivers = []]: [ReturnType<typeof review>, Waiver[]?]) => {
  const given = judgedChange(one, new WaiverBook(waivers, "2026-01-31"));
  assert.ok(!("failure" in given));
  return given;
};

describe("judgedChange", () => {
  it("lets a change do what its limit allows", () => {
    const given = judged(review([target(10)], [target(20)]));

    assert.deepEqual(policyDelta(given.comparison).added, []);
    assert.equal(exitCodeOf([given]), 0);
  });

  it("finds what is one beyond, as a new violation at its line that fails in prod", () => {
    const given = judged(review([target(10)], [target(21)]));

    assert.deepEqual(policyDelta(given.comparison).added, [
      {
        ...{ policy: POLICY, outcome: "violation", level: "mandatory", severity: "high" },
        ...{ urn: target(21).urn, type: TYPE, name: "web" },
        message:
          "maxCapacity goes from 10 to 21 (+110 %), allowed is at most 20 in one change (+100 %) " +
          `(prod, policies/limits.ts "${POLICY}"); raise maxTasks in several changes`,
        source: { file: "infra/target.ts", line: 7 },
      },
    ]);
    assert.equal(exitCodeOf([given]), 3);
    assert.equal(given.comparison.after.policies.findings[0]?.policy, POLICY);
  });

  it("takes what somebody answers for as waived", () => {
    const given = judged(review([target(10)], [target(21)]), [aWaiver]);

    assert.deepEqual(
      given.comparison.after.policies.findings.map(({ policy, outcome }) => [policy, outcome]),
      [
        [aFinding().policy, "violation"],
        [POLICY, "waived"],
      ],
    );
    assert.equal(exitCodeOf([given]), 0);
  });

  it("knows a resource by the name that an alias gave it", () => {
    const [was, is] = [target(10, "old"), target(21)];
    const { urn, type, name } = is;
    const others = [target(10, "b"), target(10, "c")];
    const kept = [{ urn, previousUrn: was.urn, type, name, options: [] }];
    const given = judged(review([was, others[0]!], [is, others[1]!], { kept }));

    assert.deepEqual(
      policyDelta(given.comparison).added.map((finding) => finding.urn),
      [urn],
    );
  });

  it("no longer says of the policy that it did not run", () => {
    const { rules } = judged(review([target(1)], [target(1)])).comparison.after.policies;

    assert.deepEqual(
      rules.map(({ notRun }) => notRun),
      [undefined, "for another reason"],
    );
  });

  it("leaves a stack that is new, and one that could not be compared", () => {
    const given = review(undefined, [target(99)]);

    assert.equal(judgedChange(given), given);
    assert.equal(judgedChange(aFailure), aFailure);
  });
});
