import { type StackResource, stackPolicy, type StackUnderJudgement } from "../../policy";
import { listOf, objectOf, textOf } from "../../values";
import {
  belongings,
  groupOf,
  managedScalingOf,
  scalersOfGroups,
  scalersOfServices,
  TYPES,
} from "../../wiring";

export const noCompetingScalers = stackPolicy({
  name: "no-competing-scalers",
  description: "Nothing is scaled by two: one scaler a group, one scalable target a service.",
  severity: "high",
  levels: { dev: "mandatory", prod: "mandatory" },
  frameworks: [],
  remediationSteps:
    "Leave the group to its capacity provider: remove scaling policies, scaling plans and further capacity providers from it. Give a service one scalable target, and add policies to that one. Predictive scaling of a group is allowed by allowPredictive.",
  url: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-auto-scaling.html",
  reads: [
    TYPES.group,
    TYPES.capacityProvider,
    TYPES.groupPolicy,
    TYPES.scalingPlan,
    TYPES.service,
    TYPES.cluster,
    TYPES.target,
  ],
  check: (stack, { limits, violate }) => {
    const managers = belongings(stack, TYPES.capacityProvider, (provider) =>
      managedScalingOf(provider) === undefined
        ? []
        : [groupOf(stack, provider)].filter((group) => group !== undefined),
    );
    const policies = scalersOfGroups(stack, TYPES.groupPolicy);
    const targets = scalersOfServices(stack, TYPES.target);
    const plans = belongings(stack, TYPES.scalingPlan, (plan) => planned(stack, plan));

    for (const group of stack.ofType(TYPES.group)) {
      const [manager, ...further] = managers.of(group);
      if (manager === undefined) {
        continue;
      }
      for (const { urn } of further) {
        violate(competes("a second capacity provider scales the group", "capacity provider"), urn);
      }
      stack.each(policies.of(group), ({ props, urn }) => {
        if (!(limits.allowPredictive && props["policyType"] === "PredictiveScaling")) {
          violate(competes("a scaling policy scales the group too", "scaling policy"), urn);
        }
      });
      for (const { urn } of plans.of(group)) {
        violate(competes("a scaling plan scales the group too", "scaling plan"), urn);
      }
    }
    for (const service of stack.ofType(TYPES.service)) {
      const [target, ...further] = targets.of(service);
      for (const { urn } of further) {
        violate(
          {
            got: "a second scalable target scales the service",
            allowed: "one scalable target a service",
            fix: "remove it and add its policies to the first",
          },
          urn,
        );
      }
      for (const { urn } of target === undefined ? [] : plans.of(service)) {
        violate(
          {
            got: "a scaling plan scales the service too",
            allowed: "its scalable target alone",
            fix: "remove the service from the scaling plan",
          },
          urn,
        );
      }
    }
  },
});

function competes(got: string, what: string) {
  return {
    got,
    allowed: "the managed scaling of one capacity provider alone",
    fix: `remove the ${what}`,
  };
}

/** Groups and services that a scaling plan names, as `autoScalingGroup/NAME` and `service/CLUSTER/NAME`. */
function planned(stack: StackUnderJudgement, plan: StackResource): readonly StackResource[] {
  const wired = [TYPES.group, TYPES.service].flatMap((type) =>
    stack.referred(plan, "scalingInstructions", type),
  );
  if (wired.length > 0) {
    return wired;
  }
  const names = listOf(plan.props["scalingInstructions"]).map(
    (instruction) => textOf(objectOf(instruction)["resourceId"])?.split("/").at(-1) ?? "",
  );
  return names.length === 0
    ? []
    : [TYPES.group, TYPES.service]
        .flatMap((type) => stack.ofType(type))
        .filter(({ props }) => names.includes(textOf(props["name"]) ?? ""));
}
