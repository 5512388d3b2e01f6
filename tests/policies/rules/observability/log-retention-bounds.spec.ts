import assert from "node:assert/strict";
import { LIMITS } from "../../../../policies/limits";
import { logRetentionBounds as policy } from "../../../../policies/rules/observability/log-retention-bounds";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { casesOf, type Said } from "../../../support/policy-cases";
import { checkingUnknowns } from "../../../support/unknowns";

const retention = (got: string, allowed = "30 to 400"): Said => [
  `retentionInDays is ${got}`,
  allowed,
  "set logRetentionDays",
];

describe("log-retention-bounds", () => {
  const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
    policy,
    type: "aws:cloudwatch/logGroup:LogGroup",
    props: { retentionInDays: 90 },
    levels: { dev: "mandatory", prod: "mandatory" },
  });

  accepts("90 days");
  accepts("the fewest days", { retentionInDays: 30 });
  accepts("the most days", { retentionInDays: 400 });
  accepts("days as a text", { retentionInDays: "90" });
  accepts("a delivery group, which keeps two days", {
    logGroupClass: "DELIVERY",
    retentionInDays: 2,
  });
  accepts("a day in dev", { retentionInDays: 1 }, "dev");
  accepts("30 days in dev", { retentionInDays: 30 }, "dev");

  refuses("a day too few", { retentionInDays: 29 }, retention("29"));
  refuses("a day too many", { retentionInDays: 401 }, retention("401"));
  refuses("for ever", { retentionInDays: 0 }, retention("0, for ever"));
  refuses("for ever by default", { retentionInDays: undefined }, retention("0, for ever"));
  refuses("null", { retentionInDays: null }, retention("0, for ever"));
  refuses("half a day", { retentionInDays: 30.5 }, retention("not a whole number"));
  refuses("a text", { retentionInDays: "long" }, retention("not a whole number"));
  refuses("an empty list", { retentionInDays: [] }, retention("not a whole number"));
  refuses("for ever in dev", { retentionInDays: 0 }, retention("0, for ever", "1 to 30"), "dev");
  refuses("a day too many in dev", { retentionInDays: 31 }, retention("31", "1 to 30"), "dev");

  undecided("unknown days", { retentionInDays: UNKNOWN });
  ignoresOtherTypes();
});

describe("log-retention-bounds, its repair", () => {
  const repair = (props: Record<string, unknown>, retentionDays = { min: 1, max: 30 }) =>
    policy.remediation?.repair(checkingUnknowns(props), { retentionDays });

  for (const [bounds, days] of [
    [LIMITS.dev["log-retention-bounds"].retentionDays, 30],
    [LIMITS.prod["log-retention-bounds"].retentionDays, 400],
    [{ min: 1, max: 13 }, 7],
    [{ min: 14, max: 14 }, 14],
  ] as const) {
    it(`sets the longest retention of ${String(bounds.min)} to ${String(bounds.max)} days, once`, () => {
      const props = { name: UNKNOWN, __defaults: ["skipDestroy"] };

      assert.equal(repair(props, bounds), true);
      assert.deepEqual(props, {
        name: UNKNOWN,
        __defaults: ["skipDestroy"],
        retentionInDays: days,
      });
      assert.equal(repair(props, bounds), false);
    });
  }

  for (const retentionInDays of [0, 7, 500, UNKNOWN]) {
    it(`leaves ${String(retentionInDays)} as it is`, () => {
      const props = { retentionInDays };

      assert.equal(repair(props), false);
      assert.deepEqual(props, { retentionInDays });
    });
  }

  it("leaves a log group as it is where CloudWatch knows no retention inside the bounds", () => {
    const props = {};

    assert.equal(repair(props, { min: 8, max: 13 }), false);
    assert.deepEqual(props, {});
  });
});
