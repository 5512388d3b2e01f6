import assert from "node:assert/strict";
import { limitsOf } from "../../../../policies/limits";
import { capacityProviderTerminationProtection as policy } from "../../../../policies/rules/scaling/capacity-provider-termination-protection";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { casesOf } from "../../../support/policy-cases";
import { checkingUnknowns } from "../../../support/unknowns";

const PROVIDER = {
  managedTerminationProtection: "ENABLED",
  managedScaling: { status: "ENABLED" },
  managedDraining: "ENABLED",
};
const provider = (change: Readonly<Record<string, unknown>>) => ({
  autoScalingGroupProvider: JSON.parse(JSON.stringify({ ...PROVIDER, ...change })) as unknown,
});
const UNPROTECTED = [
  "managedTerminationProtection is not ENABLED",
  "ENABLED",
  "set managedTerminationProtection to ENABLED",
] as const;
const UNMANAGED = [
  "managedTerminationProtection is ENABLED without managed scaling",
  "a managedScaling.status of ENABLED",
  "set managedScaling.status to ENABLED",
] as const;
const UNDRAINED = [
  "managedDraining is DISABLED",
  "ENABLED",
  "leave managedDraining out, so that tasks move away before their instance goes",
] as const;

describe("capacity-provider-termination-protection", () => {
  const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
    policy,
    type: "aws:ecs/capacityProvider:CapacityProvider",
    props: { autoScalingGroupProvider: PROVIDER },
    levels: { dev: "advisory", prod: "mandatory" },
  });

  accepts("protection, scaling and draining");
  accepts("draining by AWS's default", provider({ managedDraining: undefined }));
  accepts("a provider without a group", { autoScalingGroupProvider: undefined });
  accepts("a group that is null", { autoScalingGroupProvider: null });
  refuses(
    "protection that is off",
    provider({ managedTerminationProtection: "DISABLED" }),
    UNPROTECTED,
  );
  refuses("absent protection", provider({ managedTerminationProtection: undefined }), UNPROTECTED);
  refuses("protection that is null", provider({ managedTerminationProtection: null }), UNPROTECTED);
  refuses("a provider that is an empty list", { autoScalingGroupProvider: [] }, UNPROTECTED);
  refuses(
    "protection without scaling",
    provider({ managedScaling: { status: "DISABLED" } }),
    UNMANAGED,
  );
  refuses("protection with absent scaling", provider({ managedScaling: undefined }), UNMANAGED);
  refuses("no draining", provider({ managedDraining: "DISABLED" }), UNDRAINED);
  refuses("no draining in dev", provider({ managedDraining: "DISABLED" }), UNDRAINED, "dev");
  undecided(
    "unknown protection, and decides draining",
    provider({ managedTerminationProtection: UNKNOWN, managedDraining: "DISABLED" }),
    [UNDRAINED],
  );
  undecided(
    "unknown draining, and decides protection",
    provider({ managedTerminationProtection: "DISABLED", managedDraining: UNKNOWN }),
    [UNPROTECTED],
  );
  ignoresOtherTypes();

  describe("remediation", () => {
    const repaired = (props: Record<string, unknown>) => {
      const limits = limitsOf("prod")["capacity-provider-termination-protection"];
      return { changed: policy.remediation?.repair(checkingUnknowns(props), limits), props };
    };

    it("turns on draining that is off, and nothing else, once", () => {
      const props = { autoScalingGroupProvider: { managedDraining: "DISABLED" } };

      assert.deepEqual(repaired(props), {
        changed: true,
        props: { autoScalingGroupProvider: { managedDraining: "ENABLED" } },
      });
      assert.equal(repaired(props).changed, false);
    });

    it("leaves absent draining and what is unknown as it is", () => {
      for (const autoScalingGroupProvider of [{}, UNKNOWN, { managedDraining: UNKNOWN }]) {
        assert.deepEqual(repaired({ autoScalingGroupProvider }), {
          changed: false,
          props: { autoScalingGroupProvider },
        });
      }
    });
  });
});
