import {
  type Finding,
  type Judge,
  type StackResource,
  stackPolicy,
  type StackUnderJudgement,
} from "../../policy";
import { isUnknownValueError } from "../../unknown";
import { listOf, numberOf, objectOf } from "../../values";
import {
  associationOf,
  attachedProviders,
  type Belongings,
  clusterOf,
  providersOf,
  scalersOfServices,
  SERVICE_SCALING_TYPES,
  strategyOf,
  TYPES,
} from "../../wiring";

type Violate = Judge["violate"];

export const capacityStrategyBounded = stackPolicy({
  name: "capacity-strategy-bounded",
  description:
    "Every service spreads its tasks by a capacity provider strategy that ECS can carry out.",
  severity: "medium",
  levels: { dev: "advisory", prod: "mandatory" },
  frameworks: [],
  remediationSteps:
    "Give the service capacityProviderStrategies in place of a launchType: weights that add up to more than 0, a base on one provider only and of at most minTasks, and providers that the cluster's aws.ecs.ClusterCapacityProviders lists. infra/components/ecs-service.ts declares one provider with base 1 and weight 1.",
  url: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html",
  reads: [...SERVICE_SCALING_TYPES, TYPES.capacityProvider, TYPES.clusterProviders],
  check: (stack, { limits, violate }) => {
    const services = stack.ofType(TYPES.service);
    const targets = scalersOfServices(stack, TYPES.target);
    stack.each(services, (service) => {
      if (limits.requireStrategy && strategyOf(stack, service) === undefined) {
        violate(NO_STRATEGY, service.urn);
      }
    });
    stack.each(services, (service) => {
      if (launchTypeOf(service) !== undefined) {
        violate(LAUNCH_TYPE, service.urn);
      }
    });
    stack.each(services, (service) => {
      judgeItems(service, "capacityProviderStrategies", violate);
    });
    stack.each(stack.ofType(TYPES.clusterProviders), (association) => {
      judgeItems(association, "defaultCapacityProviderStrategies", violate);
    });
    stack.each(services, (service) => {
      judgeBase(service, targets, violate);
    });
    stack.each(services, (service) => {
      judgeAttachment(stack, service, violate);
    });
  },
});

const NO_STRATEGY: Finding = {
  got: "the service has no capacity provider strategy",
  allowed: "a strategy of its own or of its cluster",
  fix: "set capacityProviderStrategies and leave launchType out",
};

const LAUNCH_TYPE: Finding = {
  got: "launchType is set",
  allowed: "a capacity provider strategy alone",
  fix: "leave launchType out: ECS does not scale the group for tasks that have one",
};

/** The launch type that the program sets. Where it sets none, the provider computes one: an unknown value is its. */
function launchTypeOf({ props }: StackResource): unknown {
  try {
    const launchType = props["launchType"];
    return launchType === "" || launchType === null ? undefined : launchType;
  } catch (error) {
    if (isUnknownValueError(error)) {
      return undefined;
    }
    throw error;
  }
}

function itemsOf(owner: StackResource, property: string) {
  return listOf(owner.props[property]).map(objectOf);
}

/** An absent weight or base is 0, as in ECS. */
function judgeItems(owner: StackResource, property: string, violate: Violate): void {
  const items = itemsOf(owner, property);
  const weights = items.map((item) => numberOf(item["weight"] ?? 0));
  if (items.length > 0 && !weights.some((weight) => weight !== undefined && weight > 0)) {
    violate(
      {
        got: `no weight in ${property} is above 0`,
        allowed: "weights that add up to more than 0",
        fix: "give at least one capacity provider a weight of 1 or more",
      },
      owner.urn,
    );
  }
  const bases = items.filter((item) => numberOf(item["base"] ?? 0) !== 0);
  if (bases.length > 1) {
    violate(
      {
        got: `${String(bases.length)} capacity providers in ${property} have a base`,
        allowed: "a base on one",
        fix: "leave the base out on all but one",
      },
      owner.urn,
    );
  }
}

function judgeBase(service: StackResource, targets: Belongings, violate: Violate): void {
  const bases = itemsOf(service, "capacityProviderStrategies").map(
    (item) => numberOf(item["base"] ?? 0) ?? 0,
  );
  const base = Math.max(0, ...bases);
  for (const { props } of base === 0 ? [] : targets.of(service)) {
    const minCapacity = numberOf(props["minCapacity"]);
    if (minCapacity !== undefined && base > minCapacity) {
      violate(
        {
          got: `base is ${String(base)}`,
          allowed: `at most ${String(minCapacity)}, the fewest tasks of the service`,
          fix: "lower the base or raise minTasks",
        },
        service.urn,
      );
    }
  }
}

function judgeAttachment(
  stack: StackUnderJudgement,
  service: StackResource,
  violate: Violate,
): void {
  const property = "capacityProviderStrategies";
  if (clusterOf(stack, service) === undefined || itemsOf(service, property).length === 0) {
    return;
  }
  const association = associationOf(stack, service);
  const attached = association === undefined ? [] : attachedProviders(stack, association);
  for (const provider of providersOf(stack, { owner: service, property })) {
    if (!attached.includes(provider)) {
      violate(
        {
          got: `the cluster does not list capacity provider ${provider.name}`,
          allowed: "capacity providers that the service's cluster lists",
          fix: "add it to capacityProviders of the cluster's ClusterCapacityProviders",
        },
        service.urn,
      );
    }
  }
}
