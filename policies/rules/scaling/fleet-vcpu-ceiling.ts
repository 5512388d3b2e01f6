import { findInstanceType } from "../../../capacity/catalogue";
import { ceilDiv } from "../../../capacity/instance-bounds";
import { type AllowedInstance, allowedInstances } from "../../group-instances";
import { type Finding, type StackResource, stackPolicy } from "../../policy";
import { TYPES } from "../../wiring";
import { numberOf } from "../../values";

const MIB_A_GIB = 1024;

export const fleetVcpuCeiling = stackPolicy({
  name: "fleet-vcpu-ceiling",
  description:
    "All groups together, at their largest and on their largest types, stay below the environment's ceiling of vCPUs and memory.",
  severity: "high",
  levels: { dev: "mandatory", prod: "mandatory" },
  frameworks: [],
  remediationSteps:
    "Lower maxInstances or maxTasks, or remove the largest type from instanceTypes. A type that capacity/instance-types.json lacks has to be added there first. Where the environment has to be larger, raise the limit in policies/limits.ts in a change of its own, and see that the account's vCPU quota allows it.",
  url: "https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html",
  reads: [TYPES.group, TYPES.launchTemplate],
  check: (stack, { limits, violate }) => {
    const fleet: GroupAtMost[] = [];
    stack.each(stack.ofType(TYPES.group), (group) => {
      const maxSize = numberOf(group.props["maxSize"]);
      const instances = allowedInstances(stack, group);
      const sizes = instances.flatMap((instance) => sizeOf(instance) ?? []);
      if (sizes.length < instances.length || instances.length === 0) {
        const missing = instances.find((instance) => sizeOf(instance) === undefined);
        violate(unsized(missing), group.urn);
      }
      // A size that is no number is a violation of asg-size-within-limits.
      fleet.push({ group, maxSize: maxSize ?? 0, sizes });
    });
    for (const [unit, most, amountOf] of [
      ["vCPUs", limits.maxVcpus, ({ vCpus }: Size) => vCpus],
      ["GiB of memory", limits.maxMemoryGiB, ({ memoryMiB }: Size) => memoryMiB / MIB_A_GIB],
    ] as const) {
      const peaks = fleet.flatMap((group) => peakOf(group, amountOf)).sort(byAmount);
      const [largest] = peaks;
      const total = peaks.reduce((sum, { amount }) => sum + amount, 0);
      if (largest !== undefined && total > most) {
        violate(
          {
            got: peaks.map((peak) => arithmeticOf(peak, unit)).join(" and "),
            allowed: `at most ${String(most)} ${unit} of all groups together`,
            fix: "lower maxInstances or maxTasks, or remove the largest type from instanceTypes",
          },
          largest.group.urn,
        );
      }
    }
  },
});

/** One kind of instance with its figures. */
interface Size {
  readonly instanceType: string;
  readonly weight: number;
  readonly vCpus: number;
  readonly memoryMiB: number;
}

interface GroupAtMost {
  readonly group: StackResource;
  readonly maxSize: number;
  readonly sizes: readonly Size[];
}

/** What a group takes of a resource at most. */
interface Peak {
  readonly group: StackResource;
  readonly instances: number;
  readonly instanceType: string;
  readonly amount: number;
}

function sizeOf({ instanceType, most, weight }: AllowedInstance): Size | undefined {
  if (instanceType === undefined) {
    return most === undefined ? undefined : { instanceType: "its requirements", weight, ...most };
  }
  const found = findInstanceType(instanceType);
  return found === undefined
    ? undefined
    : { instanceType, weight, vCpus: found.vCpus, memoryMiB: found.memoryMiB };
}

/** The kind of instance that takes the most, as often as the group's size allows. */
function peakOf(
  { group, maxSize, sizes }: GroupAtMost,
  amountOf: (size: Size) => number,
): Peak | [] {
  const peaks = sizes.map((size): Peak => {
    // With weights a group may exceed its size by part of an instance.
    const instances = ceilDiv(maxSize, size.weight);
    const { instanceType } = size;
    return { group, instances, instanceType, amount: instances * amountOf(size) };
  });
  return peaks.sort(byAmount)[0] ?? [];
}

const byAmount = (a: Peak, b: Peak) => b.amount - a.amount;

function arithmeticOf({ group, instances, instanceType, amount }: Peak, unit: string): string {
  return `${group.name} at ${String(instances)} x ${instanceType} is ${String(amount)} ${unit}`;
}

function unsized(instance: AllowedInstance | undefined): Finding {
  return {
    got:
      instance === undefined
        ? "the group names no instance type"
        : instance.instanceType === undefined
          ? "neither instanceType nor instanceRequirements with maxima is set"
          : `${instance.instanceType} is not in capacity/instance-types.json`,
    allowed: "instance types whose size is known",
    fix: "choose a type of the catalogue, or add this one's figures to it",
  };
}
