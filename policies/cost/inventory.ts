import type { CostInventory } from "../../capacity/cost-inventory";
import type { StackResource, StackUnderJudgement } from "../policy";
import { listOf, numberOf, objectOf, textOf } from "../values";
import { managedScalingOf, TYPES } from "../wiring";
import { networkOf } from "./network";
import { ifKnown } from "./if-known";
import { readGroups } from "./instance-groups";
import { COSTED, isUncounted } from "./resource-types";

/**
 * What a stack pays for, read from its resources by the way that the program wired them. What only the
 * deployment tells counts as AWS's default. Throws where the size of a group is unknown.
 */
export function costInventory(stack: StackUnderJudgement): CostInventory {
  const { groups, unreadable } = readGroups(stack);
  const webAcls = stack.ofType(COSTED.webAcl);
  return {
    region: regionOf(stack.resources),
    groups,
    tasks: tasksOf(stack),
    requestsPerTaskMinute: requestsPerTaskMinuteOf(stack),
    ...networkOf(stack),
    kmsKeys: stack.ofType(COSTED.key).length,
    alarmMetrics: alarmMetricsOf(stack),
    dashboards: stack.ofType(COSTED.dashboard).length,
    webAcls: webAcls.length,
    webAclRules: sumOf(webAcls, ({ props }) => ifKnown(() => listOf(props["rules"]).length)),
    flowLogs: stack.ofType(COSTED.flowLog).length,
    insightsClusters: {
      enabled: clustersWithInsights(stack, "enabled"),
      enhanced: clustersWithInsights(stack, "enhanced"),
    },
    unreadable,
    otherTypes: otherTypesOf(stack.resources),
  };
}

/** The region that the resources say; one stack has one, unless a program sets another by hand. */
function regionOf(resources: readonly StackResource[]): string | undefined {
  for (const { type, props } of resources) {
    const region = type.startsWith("aws:") ? ifKnown(() => textOf(props["region"])) : undefined;
    if (region !== undefined) {
      return region;
    }
  }
  return undefined;
}

/** Bounds of the scaled services, and the desired count of the others. */
function tasksOf(stack: StackUnderJudgement): CostInventory["tasks"] {
  const targets = stack
    .ofType(TYPES.target)
    .filter(({ props }) => ifKnown(() => props["serviceNamespace"]) === "ecs");
  const scaled = new Set(
    targets.flatMap((target) =>
      stack.referred(target, "resourceId", TYPES.service).map(({ urn }) => urn),
    ),
  );
  const others = sumOf(
    stack.ofType(TYPES.service).filter(({ urn }) => !scaled.has(urn)),
    ({ props }) => ifKnown(() => numberOf(props["desiredCount"])),
  );
  const bound = (property: string) =>
    sumOf(targets, ({ props }) => ifKnown(() => numberOf(props[property])));
  const min = bound("minCapacity") + others;
  return { min, max: Math.max(min, bound("maxCapacity") + others) };
}

/** The highest of the request counts that services are scaled to. */
function requestsPerTaskMinuteOf(stack: StackUnderJudgement): number | undefined {
  const targets = stack.ofType(TYPES.scalingPolicy).flatMap(({ props }) => {
    const tracking = ifKnown(() => objectOf(props["targetTrackingScalingPolicyConfiguration"]));
    const metric = ifKnown(() => objectOf(tracking?.["predefinedMetricSpecification"]));
    return ifKnown(() => metric?.["predefinedMetricType"]) === "ALBRequestCountPerTarget"
      ? (ifKnown(() => numberOf(tracking?.["targetValue"])) ?? [])
      : [];
  });
  return targets.length === 0 ? undefined : Math.max(...targets);
}

/** Alarms that target tracking and ECS managed scaling make for themselves: one out, one in. */
const ALARMS_OF_A_SCALER = 2;

/** Metrics that alarms read: those of the stack, and those that its scalers make. */
function alarmMetricsOf(stack: StackUnderJudgement): number {
  const own = sumOf(stack.ofType(COSTED.alarm), ({ props }) =>
    ifKnown(() =>
      Math.max(
        1,
        listOf(props["metricQueries"]).filter((query) => objectOf(query)["metric"] !== undefined)
          .length,
      ),
    ),
  );
  const tracking = [TYPES.scalingPolicy, TYPES.groupPolicy]
    .flatMap((type) => stack.ofType(type))
    .filter(({ props }) => ifKnown(() => props["policyType"]) === "TargetTrackingScaling");
  const managed = stack
    .ofType(TYPES.capacityProvider)
    .filter((provider) => ifKnown(() => managedScalingOf(provider)) !== undefined);
  return own + ALARMS_OF_A_SCALER * (tracking.length + managed.length);
}

function clustersWithInsights(stack: StackUnderJudgement, mode: "enabled" | "enhanced"): number {
  return stack.ofType(TYPES.cluster).filter(({ props }) =>
    ifKnown(() =>
      listOf(props["settings"]).some((setting) => {
        const { name, value } = objectOf(setting);
        return name === "containerInsights" && value === mode;
      }),
    ),
  ).length;
}

function otherTypesOf(resources: readonly StackResource[]): readonly string[] {
  return [...new Set(resources.map(({ type }) => type))].filter(isUncounted).sort();
}

function sumOf(
  resources: readonly StackResource[],
  count: (resource: StackResource) => number | undefined,
): number {
  return resources.reduce((total, resource) => total + (count(resource) ?? 0), 0);
}
