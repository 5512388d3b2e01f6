import { stackPolicy } from "../../policy";
import { booleanOf } from "../../values";
import { groupOf, groupProviderOf, TYPES } from "../../wiring";

export const capacityProviderGroupProtected = stackPolicy({
  name: "capacity-provider-group-protected",
  description:
    "A group whose capacity provider protects busy instances starts its instances protected from scale-in.",
  severity: "high",
  levels: { dev: "advisory", prod: "mandatory" },
  frameworks: ["Security Hub ECS.19"],
  remediationSteps:
    "Set protectFromScaleIn on the group, as infra/components/ec2-capacity.ts does: ECS refuses managed termination protection without it, and lifts the protection from an instance once it holds no task.",
  url: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-termination-protection.html",
  reads: [TYPES.capacityProvider, TYPES.group],
  check: (stack, { violate }) => {
    stack.each(stack.ofType(TYPES.capacityProvider), (provider) => {
      if (groupProviderOf(provider)["managedTerminationProtection"] !== "ENABLED") {
        return;
      }
      const group = groupOf(stack, provider);
      if (group === undefined || booleanOf(group.props["protectFromScaleIn"]) === true) {
        return;
      }
      violate(
        {
          got: "protectFromScaleIn is not true",
          allowed: "true where the capacity provider has managedTerminationProtection",
          fix: "set protectFromScaleIn: true on the group",
        },
        group.urn,
      );
    });
  },
});
