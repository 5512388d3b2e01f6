import { findInstanceType } from "../../capacity/catalogue";
import { instancesThatLeave } from "../../capacity/instance-bounds";
import type { StackPlan } from "../../infra/plan/stack-plan";
import type { PolicyLimits } from "../../policies/policy-limits";
import { isAllowedType } from "./allowed-types";

/** A figure that a policy limits. */
interface Limited {
  readonly policy: keyof PolicyLimits;
  readonly what: string;
  readonly value: number;
  /** What the limit depends on. */
  readonly given?: string;
  readonly min?: number;
  readonly max?: number;
}

/**
 * What of a plan the policies forbid, of all that a search may change; in words that name the policy. The pack itself
 * judges resources and takes a second for each stack, too long for hundreds of them; its limits are the same.
 */
export function limitFaults(plan: StackPlan, limits: PolicyLimits): string[] {
  return [
    ...figuresOf(plan, limits).flatMap(
      ({ policy, what, value, given, min = 0, max = Infinity }) => {
        const figure = `${what} ${value}${given === undefined ? "" : ` with ${given}`}`;
        return value < min || value > max ? [`${figure}, ${policy} allows ${range(min, max)}`] : [];
      },
    ),
    ...plan.capacity.instanceTypes
      .filter((type) => !isAllowedType(type, limits["instance-type-allow-list"]))
      .map((type) => `${type}, which instance-type-allow-list does not have`),
  ];
}

function range(min: number, max: number): string {
  if (max === Infinity) return `at least ${min}`;
  return min === 0 ? `at most ${max}` : `${min} to ${max}`;
}

function figuresOf({ capacity, network, scaling }: StackPlan, limits: PolicyLimits): Limited[] {
  const { minInstances, maxInstances, instanceTypes } = capacity;
  const { minTasks, maxTasks } = scaling;
  const size = limits["asg-size-within-limits"];
  const tasks = limits["service-capacity-within-limits"];
  const sane = limits["service-scaling-policy-sane"];
  const steps = limits["capacity-provider-step-sizes"];
  const fleet = limits["fleet-vcpu-ceiling"];
  const types = instanceTypes.flatMap((name) => findInstanceType(name) ?? []);
  const most = (of: (type: (typeof types)[number]) => number) => Math.max(0, ...types.map(of));
  return [
    {
      policy: "asg-size-within-limits",
      what: "minInstances",
      value: minInstances,
      min: size.minFloor,
    },
    {
      policy: "asg-size-within-limits",
      what: "maxInstances",
      value: maxInstances,
      max: size.maxCeiling,
    },
    {
      policy: "asg-max-min-ratio",
      what: "maxInstances",
      given: `minInstances ${minInstances}`,
      value: maxInstances,
      max: limits["asg-max-min-ratio"].maxRatio * Math.max(minInstances, 1),
    },
    {
      policy: "asg-headroom",
      what: "maxInstances",
      given: `minInstances ${minInstances}`,
      value: maxInstances,
      min: limits["asg-headroom"].surviveZoneLoss
        ? instancesThatLeave(minInstances, network.availabilityZones)
        : 0,
    },
    {
      policy: "service-capacity-within-limits",
      what: "minTasks",
      value: minTasks,
      min: tasks.minFloor,
    },
    {
      policy: "service-capacity-within-limits",
      what: "maxTasks",
      given: `minTasks ${minTasks}`,
      value: maxTasks,
      min: tasks.requireRoom ? minTasks + 1 : minTasks,
      max: Math.min(tasks.maxCeiling, tasks.maxRatio * Math.max(minTasks, 1)),
    },
    {
      policy: "service-scaling-policy-sane",
      what: "cpuTargetPercent",
      value: scaling.cpuTargetPercent,
      ...sane.utilizationTargetPercent,
    },
    {
      policy: "service-scaling-policy-sane",
      what: "requestsPerTarget",
      value: scaling.requestsPerTarget,
      ...sane.requestsPerTarget,
    },
    {
      policy: "service-scaling-policy-sane",
      what: "scaleOutCooldownSeconds",
      value: scaling.scaleOutCooldownSeconds,
      ...sane.scaleOutCooldownSeconds,
    },
    {
      policy: "service-scaling-policy-sane",
      what: "scaleInCooldownSeconds",
      given: `scaleOutCooldownSeconds ${scaling.scaleOutCooldownSeconds}`,
      value: scaling.scaleInCooldownSeconds,
      min: Math.max(sane.scaleInCooldownSeconds.min, scaling.scaleOutCooldownSeconds),
      max: sane.scaleInCooldownSeconds.max,
    },
    {
      policy: "capacity-provider-managed",
      what: "targetCapacityPercent",
      value: capacity.targetCapacityPercent,
      ...limits["capacity-provider-managed"].targetCapacityPercent,
    },
    {
      policy: "capacity-provider-step-sizes",
      what: "maxScalingStep",
      value: capacity.maxScalingStep,
      min: 1,
      max: steps.maxStep,
    },
    {
      policy: "capacity-provider-step-sizes",
      what: "instanceWarmupSeconds",
      value: capacity.instanceWarmupSeconds,
      ...steps.instanceWarmupSeconds,
    },
    {
      policy: "cooldown-and-warmup-bounds",
      what: "instanceWarmupSeconds",
      value: capacity.instanceWarmupSeconds,
      ...limits["cooldown-and-warmup-bounds"].instanceWarmupSeconds,
    },
    {
      policy: "mixed-instances",
      what: "the number of instanceTypes",
      value: instanceTypes.length,
      min: limits["mixed-instances"].minTypes,
    },
    {
      policy: "fleet-vcpu-ceiling",
      what: "the most vCPUs",
      value: maxInstances * most(({ vCpus }) => vCpus),
      max: fleet.maxVcpus,
    },
    {
      policy: "fleet-vcpu-ceiling",
      what: "the most GiB of memory",
      value: (maxInstances * most(({ memoryMiB }) => memoryMiB)) / 1024,
      max: fleet.maxMemoryGiB,
    },
  ];
}
