import { requireBounds } from "../../bounds";
import { resourcePolicy } from "../../policy";
import { repairableObject, repairProperty } from "../../repair-property";
import { objectOf } from "../../values";

const TYPE = "aws:ecs/capacityProvider:CapacityProvider";

export const capacityProviderManaged = resourcePolicy({
  name: "capacity-provider-managed",
  description:
    "ECS scales the instances of a capacity provider itself, to a utilisation inside the limits.",
  severity: "high",
  levels: { dev: "mandatory", prod: "mandatory" },
  frameworks: [],
  remediationSteps:
    "Set targetCapacityPercent in Pulumi.<stack>.yaml within the limits: below 100 it keeps spare instances, at 100 each scale-out waits for an instance to boot. A capacity provider outside this project sets managedScaling.status to ENABLED.",
  url: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-auto-scaling.html",
  checks: [
    {
      type: TYPE,
      check: ({ props }, { violate }) => {
        const provider = props["autoScalingGroupProvider"];
        if (provider === undefined || provider === null) {
          return;
        }
        const managedScaling = objectOf(objectOf(provider)["managedScaling"]);
        if (managedScaling["status"] !== "ENABLED") {
          violate({
            got: "managedScaling.status is not ENABLED",
            allowed: "ENABLED",
            fix: "set managedScaling.status to ENABLED: without it nothing starts the instances that tasks need",
          });
        }
      },
    },
    {
      type: TYPE,
      check: ({ props }, { limits, violate }) => {
        const provider = props["autoScalingGroupProvider"];
        if (provider === undefined || provider === null) {
          return;
        }
        requireBounds(violate, {
          property: "targetCapacity",
          value: objectOf(objectOf(provider)["managedScaling"])["targetCapacity"],
          allowed: limits.targetCapacityPercent,
          // API_ManagedScaling: a managed scaling without a target aims at 100 percent.
          byDefault: 100,
          unit: "%",
          fix: "set targetCapacityPercent",
        });
      },
    },
  ],
  remediation: {
    type: TYPE,
    // Scaling that is left out is not turned on: its steps would be AWS's, up to 10000 instances.
    repair: (props) => {
      const provider = repairableObject(props, "autoScalingGroupProvider") ?? {};
      const scaling = repairableObject(provider, "managedScaling");
      return (
        scaling !== undefined &&
        repairProperty(scaling, "status", (status) => status === "ENABLED", "ENABLED")
      );
    },
  },
});
