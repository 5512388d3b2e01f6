import type { InstanceGroup } from "../../capacity/cost-inventory";
import type { StackResource, StackUnderJudgement } from "../policy";
import { booleanOf, listOf, numberOf, objectOf, textOf } from "../values";
import { launchTemplateOf, TYPES } from "../wiring";
import { ifKnown } from "./if-known";

/** The groups of a stack, and in words what of them cannot be priced. */
export interface ReadGroups {
  readonly groups: readonly InstanceGroup[];
  readonly unreadable: readonly string[];
}

/** The Auto Scaling groups of a stack. Throws where a size is unknown: no figure means anything then. */
export function readGroups(stack: StackUnderJudgement): ReadGroups {
  const groups: InstanceGroup[] = [];
  const unreadable: string[] = [];
  for (const group of stack.ofType(TYPES.group)) {
    const minSize = numberOf(group.props["minSize"]);
    const maxSize = numberOf(group.props["maxSize"]);
    if (minSize === undefined || maxSize === undefined || minSize < 0) {
      unreadable.push(`size of group ${group.name}`);
      continue;
    }
    const template = launchTemplateOf(stack, group)?.props ?? {};
    const instanceTypes = instanceTypesOf(group, template);
    if (instanceTypes.length === 0) {
      unreadable.push(`instance types of group ${group.name}`);
    }
    groups.push({
      name: group.name,
      minSize,
      maxSize,
      instanceTypes,
      ...distributionOf(group),
      volumeGiB: volumesOf(template),
      detailedMonitoring: hasDetailedMonitoring(template),
      publicIpv4Addresses: publicAddressesOf(template),
    });
  }
  return { groups, unreadable };
}

type Props = StackResource["props"];

function instanceTypesOf({ props }: StackResource, template: Props): readonly string[] {
  const allowed = ifKnown(() =>
    listOf(objectOf(mixedOf(props)["launchTemplate"])["overrides"]).map((override) =>
      textOf(objectOf(override)["instanceType"]),
    ),
  );
  const names = allowed?.filter((name) => name !== undefined) ?? [];
  // An override by requirements instead of a type may launch anything, whatever the others say.
  if (allowed !== undefined && allowed.length > 0) {
    return names.length === allowed.length ? names : [];
  }
  const single = ifKnown(() => textOf(template["instanceType"]));
  return single === undefined ? [] : [single];
}

/** Without a distribution every instance is On-Demand, which is AWS's default. */
function distributionOf({ props }: StackResource) {
  const distribution = ifKnown(() => objectOf(mixedOf(props)["instancesDistribution"])) ?? {};
  const base = ifKnown(() => numberOf(distribution["onDemandBaseCapacity"]));
  const share = ifKnown(() => numberOf(distribution["onDemandPercentageAboveBaseCapacity"]));
  return {
    onDemandBase: Math.max(0, base ?? 0),
    onDemandPercentageAboveBase: Math.min(100, Math.max(0, share ?? 100)),
  };
}

function mixedOf(props: Props): Readonly<Record<string, unknown>> {
  return objectOf(props["mixedInstancesPolicy"]);
}

/** Root volume of the ECS-optimized AMI, for a template that leaves it to the image. */
const IMAGE_VOLUME_GIB = 30;

function volumesOf(template: Props): number {
  const sizes = ifKnown(() =>
    listOf(template["blockDeviceMappings"]).map(
      (mapping) => numberOf(objectOf(objectOf(mapping)["ebs"])["volumeSize"]) ?? IMAGE_VOLUME_GIB,
    ),
  );
  return sizes === undefined || sizes.length === 0
    ? IMAGE_VOLUME_GIB
    : sizes.reduce((total, size) => total + size, 0);
}

function hasDetailedMonitoring(template: Props): boolean {
  return ifKnown(() => booleanOf(objectOf(template["monitoring"])["enabled"])) ?? false;
}

function publicAddressesOf(template: Props): number {
  const interfaces = ifKnown(() =>
    listOf(template["networkInterfaces"]).filter(
      (each) => booleanOf(objectOf(each)["associatePublicIpAddress"]) === true,
    ),
  );
  return interfaces?.length ?? 0;
}
