import { resourcePolicy } from "../../policy";
import { repairableObject, repairProperty } from "../../repair-property";
import { objectOf } from "../../values";

const TYPE = "aws:ecs/capacityProvider:CapacityProvider";

export const capacityProviderTerminationProtection = resourcePolicy({
  name: "capacity-provider-termination-protection",
  description:
    "A capacity provider scales in no instance that runs tasks, and empties every instance that goes.",
  severity: "medium",
  levels: { dev: "advisory", prod: "mandatory" },
  frameworks: ["Security Hub ECS.19"],
  remediationSteps:
    "This project sets all of it; a capacity provider outside it sets managedTerminationProtection to ENABLED, with managedScaling.status ENABLED, which ECS requires for it, and leaves managedDraining out or ENABLED.",
  url: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-termination-protection.html",
  checks: [
    {
      type: TYPE,
      check: ({ props }, { violate }) => {
        const provider = props["autoScalingGroupProvider"];
        if (
          provider !== undefined &&
          provider !== null &&
          objectOf(provider)["managedTerminationProtection"] !== "ENABLED"
        ) {
          violate({
            got: "managedTerminationProtection is not ENABLED",
            allowed: "ENABLED",
            fix: "set managedTerminationProtection to ENABLED",
          });
        }
      },
    },
    {
      type: TYPE,
      check: ({ props }, { violate }) => {
        const provider = objectOf(props["autoScalingGroupProvider"]);
        if (
          provider["managedTerminationProtection"] === "ENABLED" &&
          objectOf(provider["managedScaling"])["status"] !== "ENABLED"
        ) {
          violate({
            got: "managedTerminationProtection is ENABLED without managed scaling",
            allowed: "a managedScaling.status of ENABLED",
            fix: "set managedScaling.status to ENABLED",
          });
        }
      },
    },
    {
      type: TYPE,
      check: ({ props }, { violate }) => {
        // ECS drains instances unless it is told not to.
        if (objectOf(props["autoScalingGroupProvider"])["managedDraining"] === "DISABLED") {
          violate({
            got: "managedDraining is DISABLED",
            allowed: "ENABLED",
            fix: "leave managedDraining out, so that tasks move away before their instance goes",
          });
        }
      },
    },
  ],
  remediation: {
    type: TYPE,
    // Protection is not turned on: ECS refuses it for a group that does not protect its instances.
    repair: (props) => {
      const provider = repairableObject(props, "autoScalingGroupProvider");
      return (
        provider !== undefined &&
        repairProperty(
          provider,
          "managedDraining",
          (draining) => draining !== "DISABLED",
          "ENABLED",
        )
      );
    },
  },
});
