import { TARGET_GROUP_TYPES } from "./load-balancer-types";
import type { StackResource, StackUnderJudgement } from "./policy";
import { listOf, objectOf, textOf } from "./values";

/** Type tokens of what the program wires for scaling. */
export const TYPES = {
  service: "aws:ecs/service:Service",
  cluster: "aws:ecs/cluster:Cluster",
  taskDefinition: "aws:ecs/taskDefinition:TaskDefinition",
  capacityProvider: "aws:ecs/capacityProvider:CapacityProvider",
  clusterProviders: "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
  group: "aws:autoscaling/group:Group",
  groupPolicy: "aws:autoscaling/policy:Policy",
  groupSchedule: "aws:autoscaling/schedule:Schedule",
  scalingPlan: "aws:autoscalingplans/scalingPlan:ScalingPlan",
  launchTemplate: "aws:ec2/launchTemplate:LaunchTemplate",
  target: "aws:appautoscaling/target:Target",
  scalingPolicy: "aws:appautoscaling/policy:Policy",
  scheduledAction: "aws:appautoscaling/scheduledAction:ScheduledAction",
  /** The component that declares a service. */
  ecsService: "ecs-on-ec2:index:EcsService",
} as const;

/** Types that a way from a service to the instances of its group passes. */
export const CAPACITY_TYPES: readonly string[] = [
  TYPES.service,
  TYPES.cluster,
  TYPES.capacityProvider,
  TYPES.clusterProviders,
  TYPES.group,
  TYPES.launchTemplate,
];

/** Types that a way from a service to what scales it passes. */
export const SERVICE_SCALING_TYPES: readonly string[] = [
  TYPES.service,
  TYPES.cluster,
  TYPES.target,
  TYPES.scalingPolicy,
  TYPES.scheduledAction,
];

/**
 * Resources that are found from the other end of a reference, by what they belong to.
 * Finding them through the references of the many keeps a large stack linear.
 */
export interface Belongings {
  /** What belongs to the resource. */
  of(this: void, owner: StackResource): readonly StackResource[];
  /** False where an unknown value hides to whom something belongs: then absence proves nothing. */
  readonly complete: boolean;
}

/**
 * Resources of a type by their owners. A resource whose owners depend on an unknown value leaves the
 * policy undecided.
 */
export function belongings(
  stack: StackUnderJudgement,
  type: string,
  ownersOf: (resource: StackResource) => readonly StackResource[],
): Belongings {
  const byOwner = new Map<string, StackResource[]>();
  const all = stack.ofType(type);
  let resolved = 0;
  stack.each(all, (resource) => {
    for (const { urn } of ownersOf(resource)) {
      const known = byOwner.get(urn);
      if (known === undefined) {
        byOwner.set(urn, [resource]);
      } else {
        known.push(resource);
      }
    }
    resolved += 1;
  });
  return { of: ({ urn }) => byOwner.get(urn) ?? [], complete: resolved === all.length };
}

/** What the resources of a type in Application Auto Scaling scale: targets, policies, scheduled actions. */
export function scalersOfServices(stack: StackUnderJudgement, type: string): Belongings {
  return belongings(stack, type, (scaler) => scaledServices(stack, scaler));
}

/** What acts on groups by their name: policies and schedules of EC2 Auto Scaling. */
export function scalersOfGroups(stack: StackUnderJudgement, type: string): Belongings {
  return belongings(stack, type, (scaler) =>
    wired(stack, scaler, "autoscalingGroupName", TYPES.group, {
      literals: () => [textOf(scaler.props["autoscalingGroupName"])],
      key: "name",
    }),
  );
}

/** Services whose tasks a target, a policy or a scheduled action moves, directly or through its target. */
export function scaledServices(
  stack: StackUnderJudgement,
  scaler: StackResource,
): readonly StackResource[] {
  const direct = stack.referred(scaler, "resourceId", TYPES.service);
  if (direct.length > 0) {
    return direct;
  }
  const [target] = stack.referred(scaler, "resourceId", TYPES.target);
  return target === undefined ? servicesCalled(stack, scaler) : scaledServices(stack, target);
}

/** Services that a literal `service/CLUSTER/SERVICE` names; other scalable resources are no service. */
function servicesCalled(
  stack: StackUnderJudgement,
  scaler: StackResource,
): readonly StackResource[] {
  const [kind, cluster, name] = (textOf(scaler.props["resourceId"]) ?? "").split("/");
  return kind !== "service" || cluster === undefined || name === undefined
    ? []
    : stack
        .ofType(TYPES.service)
        .filter(
          ({ props }) =>
            textOf(props["name"]) === name &&
            (textOf(props["cluster"]) ?? "default").split("/").at(-1) === cluster,
        );
}

/** Where a service's capacity provider strategy stands. */
export interface Strategy {
  readonly owner: StackResource;
  readonly property: "capacityProviderStrategies" | "defaultCapacityProviderStrategies";
}

/** The service's own strategy, else its cluster's default one; undefined where the stack declares neither. */
export function strategyOf(
  stack: StackUnderJudgement,
  service: StackResource,
): Strategy | undefined {
  if (listOf(service.props["capacityProviderStrategies"]).length > 0) {
    return { owner: service, property: "capacityProviderStrategies" };
  }
  const association = associationOf(stack, service);
  return association === undefined
    ? undefined
    : { owner: association, property: "defaultCapacityProviderStrategies" };
}

/** The cluster that a service or an association belongs to; undefined where the stack does not declare it. */
export function clusterOf(
  stack: StackUnderJudgement,
  resource: StackResource,
): StackResource | undefined {
  const property = resource.type === TYPES.service ? "cluster" : "clusterName";
  const literals = () => [textOf(resource.props[property])?.split("/").at(-1)];
  return wired(stack, resource, property, TYPES.cluster, { literals, key: "name" })[0];
}

/** The list of capacity providers of the service's cluster. */
export function associationOf(
  stack: StackUnderJudgement,
  service: StackResource,
): StackResource | undefined {
  const cluster = clusterOf(stack, service)?.urn;
  return cluster === undefined
    ? undefined
    : stack
        .ofType(TYPES.clusterProviders)
        .find((association) => clusterOf(stack, association)?.urn === cluster);
}

/** Capacity providers of the stack that a strategy names. */
export function providersOf(
  stack: StackUnderJudgement,
  { owner, property }: Strategy,
): readonly StackResource[] {
  const literals = () =>
    listOf(owner.props[property]).map((item) => textOf(objectOf(item)["capacityProvider"]));
  return wired(stack, owner, property, TYPES.capacityProvider, { literals, key: "name" });
}

/** Capacity providers of the stack that a cluster's association lists. */
export function attachedProviders(
  stack: StackUnderJudgement,
  association: StackResource,
): readonly StackResource[] {
  const literals = () => listOf(association.props["capacityProviders"]).map(textOf);
  return wired(stack, association, "capacityProviders", TYPES.capacityProvider, {
    literals,
    key: "name",
  });
}

/** The group that a capacity provider sizes; undefined where the stack does not declare it. */
export function groupOf(
  stack: StackUnderJudgement,
  provider: StackResource,
): StackResource | undefined {
  const [group] = wired(stack, provider, "autoScalingGroupProvider", TYPES.group, {
    literals: () => [textOf(groupProviderOf(provider)["autoScalingGroupArn"])],
    key: "arn",
  });
  return group;
}

/** Settings of a capacity provider that sizes a group; empty for one of another kind. */
export function groupProviderOf({ props }: StackResource): Readonly<Record<string, unknown>> {
  return objectOf(props["autoScalingGroupProvider"]);
}

/**
 * Settings of ECS managed scaling where it sizes the group, else undefined: it is off unless the
 * program turns it on.
 */
export function managedScalingOf(
  provider: StackResource,
): Readonly<Record<string, unknown>> | undefined {
  const scaling = objectOf(groupProviderOf(provider)["managedScaling"]);
  return scaling["status"] === "ENABLED" ? scaling : undefined;
}

/** Groups that a service's tasks run on. */
export function groupsOfService(
  stack: StackUnderJudgement,
  service: StackResource,
): readonly StackResource[] {
  const strategy = strategyOf(stack, service);
  return strategy === undefined
    ? []
    : providersOf(stack, strategy).flatMap((provider) => groupOf(stack, provider) ?? []);
}

/** The launch template of a group's instances, or undefined where the stack does not declare it. */
export function launchTemplateOf(
  stack: StackUnderJudgement,
  group: StackResource,
): StackResource | undefined {
  return (
    stack.referred(group, "mixedInstancesPolicy", TYPES.launchTemplate)[0] ??
    stack.referred(group, "launchTemplate", TYPES.launchTemplate)[0]
  );
}

/** Target groups that a service registers its tasks with. */
export function targetGroupsOf(
  stack: StackUnderJudgement,
  service: StackResource,
): readonly StackResource[] {
  return wired(stack, service, "loadBalancers", TARGET_GROUP_TYPES, {
    literals: () =>
      listOf(service.props["loadBalancers"]).map((item) =>
        textOf(objectOf(item)["targetGroupArn"]),
      ),
    key: "arn",
  });
}

/** The task definition that a service runs, or undefined where the stack does not declare it. */
export function taskDefinitionOf(
  stack: StackUnderJudgement,
  service: StackResource,
): StackResource | undefined {
  const [taskDefinition] = wired(stack, service, "taskDefinition", TYPES.taskDefinition, {
    literals: () => [textOf(service.props["taskDefinition"])],
    key: "arn",
  });
  return taskDefinition;
}

/** What a property names where the program did not wire it. */
interface Literal {
  /** Read only where there is no edge: wired values are unknown before deployment. */
  literals(this: void): readonly (string | undefined)[];
  /** Property of the candidates that the literals are compared with. */
  readonly key: string;
}

/**
 * Resources of the types that a property refers to. Without an edge a literal is compared with what the
 * candidates are called; an unknown name on either side throws, which leaves the check undecided.
 */
function wired(
  stack: StackUnderJudgement,
  resource: StackResource,
  property: string,
  types: string | readonly string[],
  { literals, key }: Literal,
): readonly StackResource[] {
  const wanted = [types].flat();
  const referred = wanted.flatMap((type) => stack.referred(resource, property, type));
  const candidates = referred.length > 0 ? [] : wanted.flatMap((type) => stack.ofType(type));
  if (candidates.length === 0) {
    return referred;
  }
  const names = literals().filter((name) => name !== undefined);
  return names.length === 0
    ? []
    : candidates.filter(({ props }) => names.includes(textOf(props[key]) ?? ""));
}
