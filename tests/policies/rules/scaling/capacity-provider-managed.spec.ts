import assert from "node:assert/strict";
import { limitsOf } from "../../../../policies/limits";
import { capacityProviderManaged as policy } from "../../../../policies/rules/scaling/capacity-provider-managed";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { casesOf } from "../../../support/policy-cases";
import { checkingUnknowns } from "../../../support/unknowns";

const scaling = (managedScaling: unknown) => ({ autoScalingGroupProvider: { managedScaling } });
const NOT_MANAGED = [
  "managedScaling.status is not ENABLED",
  "ENABLED",
  "set managedScaling.status to ENABLED: without it nothing starts the instances that tasks need",
] as const;
const target = (got: string, allowed = "70 to 95 %") =>
  [`targetCapacity is ${got}`, allowed, "set targetCapacityPercent"] as const;

describe("capacity-provider-managed", () => {
  const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
    policy,
    type: "aws:ecs/capacityProvider:CapacityProvider",
    props: {
      autoScalingGroupProvider: { managedScaling: { status: "ENABLED", targetCapacity: 90 } },
    },
    levels: { dev: "mandatory", prod: "mandatory" },
  });

  accepts("managed scaling to a target inside the limits");
  accepts("the lowest target", scaling({ status: "ENABLED", targetCapacity: 70 }));
  accepts("the highest target, as a text", scaling({ status: "ENABLED", targetCapacity: "95" }));
  accepts("a provider without a group", { autoScalingGroupProvider: undefined });
  accepts("a group that is null", { autoScalingGroupProvider: null });
  accepts("AWS's default target in dev", scaling({ status: "ENABLED" }), "dev");
  accepts("dev's lowest target in dev", scaling({ status: "ENABLED", targetCapacity: 80 }), "dev");
  refuses("scaling that is off", scaling({ status: "DISABLED", targetCapacity: 90 }), NOT_MANAGED);
  refuses("scaling without a status", scaling({ targetCapacity: 90 }), NOT_MANAGED);
  refuses("no scaling at all", scaling(null), [NOT_MANAGED, target("100 % by default")]);
  refuses(
    "one percent too little",
    scaling({ status: "ENABLED", targetCapacity: 69 }),
    target("69 %"),
  );
  refuses(
    "one percent too much",
    scaling({ status: "ENABLED", targetCapacity: 96 }),
    target("96 %"),
  );
  refuses("AWS's default target", scaling({ status: "ENABLED" }), target("100 % by default"));
  refuses(
    "a target that is no number",
    scaling({ status: "ENABLED", targetCapacity: "most" }),
    target("not a whole number"),
  );
  refuses(
    "one percent too little in dev",
    scaling({ status: "ENABLED", targetCapacity: 79 }),
    target("79 %", "80 to 100 %"),
    "dev",
  );
  undecided(
    "an unknown status, and decides the target",
    scaling({ status: UNKNOWN, targetCapacity: 96 }),
    [target("96 %")],
  );
  undecided("an unknown target", scaling({ status: "ENABLED", targetCapacity: UNKNOWN }));
  ignoresOtherTypes();

  describe("remediation", () => {
    const repaired = (props: Record<string, unknown>) => {
      const limits = limitsOf("prod")["capacity-provider-managed"];
      return { changed: policy.remediation?.repair(checkingUnknowns(props), limits), props };
    };

    it("turns on scaling that is off, once", () => {
      const props = { autoScalingGroupProvider: { managedScaling: { status: "DISABLED" } } };

      assert.deepEqual(repaired(props), {
        changed: true,
        props: { autoScalingGroupProvider: { managedScaling: { status: "ENABLED" } } },
      });
      assert.equal(repaired(props).changed, false);
    });

    it("leaves absent scaling and what is unknown as it is", () => {
      for (const autoScalingGroupProvider of [
        {},
        UNKNOWN,
        { managedScaling: UNKNOWN },
        { managedScaling: { status: UNKNOWN } },
      ]) {
        assert.deepEqual(repaired({ autoScalingGroupProvider }), {
          changed: false,
          props: { autoScalingGroupProvider },
        });
      }
    });
  });
});
