import type { StackResource, StackUnderJudgement } from "./policy";
import { listOf, numberOf, objectOf, textOf } from "./values";
import { launchTemplateOf } from "./wiring";

type Bag = Readonly<Record<string, unknown>>;

/** One kind of instance that a group may launch. */
export interface AllowedInstance {
  /** Undefined where AWS chooses by requirements, or where nothing is said. */
  readonly instanceType: string | undefined;
  /** Most vCPUs and memory that the requirements allow; undefined without requirements or without a maximum. */
  readonly most: { readonly vCpus: number; readonly memoryMiB: number } | undefined;
  /** Units of the group's size that one such instance counts. */
  readonly weight: number;
}

/** What a group may launch: its overrides, else the type or requirements of its launch template. */
export function allowedInstances(
  stack: StackUnderJudgement,
  group: StackResource,
): readonly AllowedInstance[] {
  const mixed = objectOf(mixedPolicyOf(group)["launchTemplate"]);
  const overrides = listOf(mixed["overrides"]).map(objectOf);
  const stated = overrides.filter(
    (override) => isGiven(override["instanceType"]) || isGiven(override["instanceRequirements"]),
  );
  const template = stated.length > 0 ? undefined : launchTemplateOf(stack, group)?.props;
  return template === undefined ? stated.map(allowed) : [allowed(template)];
}

/** Whether an instance of the group may be a Spot one. */
export function mayRunSpot(stack: StackUnderJudgement, group: StackResource): boolean {
  const distribution = objectOf(mixedPolicyOf(group)["instancesDistribution"]);
  const share = numberOf(distribution["onDemandPercentageAboveBaseCapacity"] ?? 100);
  const base = numberOf(distribution["onDemandBaseCapacity"] ?? 0) ?? 0;
  if (share !== 100 && base < (numberOf(group.props["maxSize"]) ?? Infinity)) {
    return true;
  }
  const market = objectOf(launchTemplateOf(stack, group)?.props["instanceMarketOptions"]);
  return market["marketType"] === "spot";
}

/** Empty for a group with a launch template alone, where the provider computes an unknown one. */
function mixedPolicyOf({ props, propertyDependencies }: StackResource): Bag {
  return propertyDependencies["launchTemplate"] === undefined
    ? objectOf(props["mixedInstancesPolicy"])
    : {};
}

const isGiven = (value: unknown) => value !== undefined && value !== null;

function allowed(source: Bag): AllowedInstance {
  const requirements = objectOf(source["instanceRequirements"]);
  const vCpus = numberOf(objectOf(requirements["vcpuCount"])["max"]);
  const memoryMiB = numberOf(objectOf(requirements["memoryMib"])["max"]);
  return {
    instanceType: textOf(source["instanceType"]),
    most: vCpus === undefined || memoryMiB === undefined ? undefined : { vCpus, memoryMiB },
    weight: Math.max(1, numberOf(source["weightedCapacity"]) ?? 1),
  };
}
