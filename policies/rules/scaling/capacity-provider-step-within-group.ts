import { stackPolicy } from "../../policy";
import { numberOf } from "../../values";
import { groupOf, managedScalingOf, TYPES } from "../../wiring";

/**
 * Instances that one step adds at most where the program does not say.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ManagedScaling.html
 */
const DEFAULT_MAXIMUM_STEP = 10_000;

export const capacityProviderStepWithinGroup = stackPolicy({
  name: "capacity-provider-step-within-group",
  description: "One scaling step of a capacity provider is no larger than its group can grow.",
  severity: "medium",
  levels: { dev: "mandatory", prod: "mandatory" },
  frameworks: [],
  remediationSteps:
    "Lower maxScalingStep to at most maxInstances - minInstances (1 for a group of fixed size), or raise maxTasks or maxInstances.",
  url: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ManagedScaling.html",
  reads: [TYPES.capacityProvider, TYPES.group],
  check: (stack, { violate }) => {
    stack.each(stack.ofType(TYPES.capacityProvider), (provider) => {
      const scaling = managedScalingOf(provider);
      const group = scaling === undefined ? undefined : groupOf(stack, provider);
      if (scaling === undefined || group === undefined) {
        return;
      }
      const minSize = numberOf(group.props["minSize"]);
      const maxSize = numberOf(group.props["maxSize"]);
      if (minSize === undefined || maxSize === undefined) {
        return;
      }
      const given = scaling["maximumScalingStepSize"] ?? undefined;
      const step = given === undefined ? DEFAULT_MAXIMUM_STEP : numberOf(given);
      // A group of fixed size still needs a step, and 1 is the least there is.
      const growth = Math.max(1, maxSize - minSize);
      if (step === undefined || step > growth) {
        violate(
          {
            got: `maximumScalingStepSize is ${
              given === undefined
                ? `${String(DEFAULT_MAXIMUM_STEP)} by default`
                : String(step ?? "not a number")
            }`,
            allowed: `at most ${String(growth)}, by which a group of ${String(minSize)} to ${String(maxSize)} instances grows`,
            fix: "lower maxScalingStep, or raise maxTasks or maxInstances",
          },
          provider.urn,
        );
      }
    });
  },
});
