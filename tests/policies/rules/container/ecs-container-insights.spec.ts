import assert from "node:assert/strict";
import { LIMITS } from "../../../../policies/limits";
import { ecsContainerInsights as policy } from "../../../../policies/rules/container/ecs-container-insights";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { casesOf } from "../../../support/policy-cases";
import { checkingUnknowns } from "../../../support/unknowns";

const insights = (value: unknown) => ({ settings: [{ name: "containerInsights", value }] });
const FIX = "set containerInsights in Pulumi.<stack>.yaml";
const IN_PROD = "enabled or enhanced";

describe("ecs-container-insights", () => {
  const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
    policy,
    type: "aws:ecs/cluster:Cluster",
    props: { settings: [{ name: "containerInsights", value: "enabled" }] },
    levels: { dev: "advisory", prod: "mandatory" },
  });

  accepts("a cluster with it");
  accepts("its enhanced form", insights("enhanced"));
  accepts("a cluster without it in dev", insights("disabled"), "dev");
  accepts("the account's default in dev", { settings: undefined }, "dev");

  refuses("a cluster without it", insights("disabled"), [
    "containerInsights is disabled",
    IN_PROD,
    FIX,
  ]);
  refuses(
    "another value in dev",
    insights("on"),
    ["containerInsights is on", "enabled or enhanced or disabled", FIX],
    "dev",
  );
  for (const settings of [undefined, null, [], [{ name: "other", value: "enabled" }], "odd"]) {
    refuses(`settings ${JSON.stringify(settings)}`, { settings }, [
      "settings has no containerInsights",
      IN_PROD,
      FIX,
    ]);
  }
  for (const value of [undefined, null, true]) {
    refuses(`a value ${JSON.stringify(value)}`, insights(value ?? null), [
      "containerInsights is not a text",
      IN_PROD,
      FIX,
    ]);
  }

  undecided("unknown settings", { settings: UNKNOWN });
  undecided("an unknown value", insights(UNKNOWN));
  ignoresOtherTypes();

  describe("remediation", () => {
    const limits = LIMITS.prod["ecs-container-insights"];
    const repair = (props: Record<string, unknown>) => policy.remediation?.repair(props, limits);

    for (const [what, settings, repaired] of [
      ["sets what is absent", undefined, [{ name: "containerInsights", value: "enabled" }]],
      [
        "adds to other settings",
        [{ name: "other", value: "x" }],
        [
          { name: "other", value: "x" },
          { name: "containerInsights", value: "enabled" },
        ],
      ],
      [
        "changes what is off",
        [{ name: "containerInsights", value: "disabled" }],
        [{ name: "containerInsights", value: "enabled" }],
      ],
    ] as const) {
      it(`${what}, once`, () => {
        const props: Record<string, unknown> = { settings, name: "web" };

        assert.equal(repair(props), true);
        assert.deepEqual(props, { settings: repaired, name: "web" });
        assert.equal(repair(props), false);
      });
    }

    it("leaves what complies as it is", () => {
      const props = insights("enhanced");

      assert.equal(repair(props), false);
      assert.deepEqual(props, insights("enhanced"));
    });

    it("leaves the account's default where that is allowed", () => {
      const props = {};

      assert.equal(policy.remediation?.repair(props, LIMITS.dev["ecs-container-insights"]), false);
      assert.deepEqual(props, {});
    });

    it("does nothing where no value is allowed", () => {
      assert.equal(policy.remediation?.repair(insights("disabled"), { allowed: [] }), false);
    });

    it("adds nothing to a list that it does not know", () => {
      const props = { settings: [UNKNOWN] };

      assert.throws(() => repair(checkingUnknowns(props)), /can't be known during preview/);
      assert.deepEqual(props, { settings: [UNKNOWN] });
    });

    it("leaves an unknown value as it is", () => {
      const props = insights(UNKNOWN);

      assert.equal(repair(checkingUnknowns(props)), false);
      assert.deepEqual(props, insights(UNKNOWN));
    });
  });
});
