import assert from "node:assert/strict";
import { limitsOf } from "../../../../policies/limits";
import { capacityProviderStepSizes as policy } from "../../../../policies/rules/scaling/capacity-provider-step-sizes";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { casesOf } from "../../../support/policy-cases";
import { checkingUnknowns } from "../../../support/unknowns";

const MANAGED_SCALING = {
  minimumScalingStepSize: 1,
  maximumScalingStepSize: 3,
  instanceWarmupPeriod: 60,
};
const scaling = (change: Readonly<Record<string, unknown>>) => ({
  autoScalingGroupProvider: {
    managedScaling: JSON.parse(JSON.stringify({ ...MANAGED_SCALING, ...change })) as Record<
      string,
      unknown
    >,
  },
});
const maximum = (got: string, allowed = "1 to 5") =>
  [`maximumScalingStepSize is ${got}`, allowed, "set maxScalingStep"] as const;
const minimum = (got: string) =>
  [`minimumScalingStepSize is ${got}`, "1 to 5", "leave minimumScalingStepSize at 1"] as const;
const warmup = (got: string) =>
  [`instanceWarmupPeriod is ${got}`, "30 to 600 s", "set instanceWarmupSeconds"] as const;

describe("capacity-provider-step-sizes", () => {
  const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
    policy,
    type: "aws:ecs/capacityProvider:CapacityProvider",
    props: { autoScalingGroupProvider: { managedScaling: MANAGED_SCALING } },
    levels: { dev: "mandatory", prod: "mandatory" },
  });

  accepts("steps inside the limits");
  accepts("the largest step", scaling({ maximumScalingStepSize: 5 }));
  accepts(
    "equal steps as texts",
    scaling({ minimumScalingStepSize: "3", maximumScalingStepSize: "3" }),
  );
  accepts("AWS's default of the smallest step", scaling({ minimumScalingStepSize: undefined }));
  accepts("the shortest warm-up", scaling({ instanceWarmupPeriod: 30 }));
  accepts("the longest warm-up", scaling({ instanceWarmupPeriod: 600 }));
  accepts("a provider without a group", { autoScalingGroupProvider: undefined });
  accepts("a group that is null", { autoScalingGroupProvider: null });
  accepts("dev's largest step in dev", scaling({ maximumScalingStepSize: 2 }), "dev");
  refuses("one instance too many", scaling({ maximumScalingStepSize: 6 }), maximum("6"));
  refuses("no instance", scaling({ maximumScalingStepSize: 0, minimumScalingStepSize: 0 }), [
    maximum("0"),
    minimum("0"),
  ]);
  refuses(
    "AWS's default of the largest step",
    scaling({ maximumScalingStepSize: undefined }),
    maximum("10000 by default"),
  );
  refuses(
    "a step that is no number",
    scaling({ maximumScalingStepSize: [] }),
    maximum("not a whole number"),
  );
  refuses(
    "a smallest step above the limit",
    scaling({ minimumScalingStepSize: 6, maximumScalingStepSize: 6 }),
    [maximum("6"), minimum("6")],
  );
  refuses("steps the wrong way round", scaling({ minimumScalingStepSize: 4 }), [
    "minimumScalingStepSize is 4 and maximumScalingStepSize 3",
    "a minimumScalingStepSize of at most maximumScalingStepSize",
    "leave minimumScalingStepSize at 1",
  ]);
  refuses("a second too little", scaling({ instanceWarmupPeriod: 29 }), warmup("29 s"));
  refuses("a second too much", scaling({ instanceWarmupPeriod: 601 }), warmup("601 s"));
  refuses(
    "a warm-up that is left to AWS",
    scaling({ instanceWarmupPeriod: undefined }),
    warmup("missing"),
  );
  refuses("no managed scaling", { autoScalingGroupProvider: {} }, [
    maximum("10000 by default"),
    warmup("missing"),
  ]);
  refuses("three instances in dev", {}, maximum("3", "1 to 2"), "dev");
  undecided(
    "an unknown step, and decides the warm-up",
    scaling({ maximumScalingStepSize: UNKNOWN, instanceWarmupPeriod: 601 }),
    [warmup("601 s")],
  );
  undecided(
    "an unknown warm-up, and decides the step",
    scaling({ instanceWarmupPeriod: UNKNOWN, maximumScalingStepSize: 6 }),
    [maximum("6")],
  );
  ignoresOtherTypes();

  describe("remediation", () => {
    const limits = limitsOf("prod")["capacity-provider-step-sizes"];
    const repaired = (props: Record<string, unknown>) => ({
      changed: policy.remediation?.repair(checkingUnknowns(props), limits),
      props,
    });

    it("sets what is missing and moves what is outside to the limit, once", () => {
      const props = scaling({
        minimumScalingStepSize: 7,
        maximumScalingStepSize: undefined,
        instanceWarmupPeriod: undefined,
        __defaults: [],
      });

      assert.deepEqual(repaired(props), {
        changed: true,
        props: {
          autoScalingGroupProvider: {
            managedScaling: {
              minimumScalingStepSize: 5,
              maximumScalingStepSize: 5,
              instanceWarmupPeriod: 300,
              __defaults: [],
            },
          },
        },
      });
      assert.equal(repaired(props).changed, false);
    });

    it("leaves what complies or is unknown as it is", () => {
      const props = scaling({ maximumScalingStepSize: UNKNOWN });

      assert.deepEqual(repaired(props), {
        changed: false,
        props: scaling({ maximumScalingStepSize: UNKNOWN }),
      });
    });

    it("leaves a provider without a group or without managed scaling alone", () => {
      assert.deepEqual(repaired({}), { changed: false, props: {} });
      assert.deepEqual(repaired({ autoScalingGroupProvider: {} }), {
        changed: false,
        props: { autoScalingGroupProvider: {} },
      });
      assert.equal(repaired({ autoScalingGroupProvider: UNKNOWN }).changed, false);
    });
  });
});
