import type { CapacityReport, InstanceFit } from "../../../capacity/capacity-report";
import { findInstanceType, type InstanceType } from "../../../capacity/catalogue";
import { fitTasks } from "../../../capacity/fit";
import { instancesForTasks, sizeInstances } from "../../../capacity/instance-bounds";
import { registeredCpuUnits, registeredMemoryMiB } from "../../../capacity/registered";
import { allowedInstances } from "../../group-instances";
import {
  type Judge,
  type StackResource,
  stackPolicy,
  type StackUnderJudgement,
} from "../../policy";
import { type ServiceDemand, serviceDemand, serviceScalers } from "../../service-demand";
import { numberOf } from "../../values";
import {
  belongings,
  CAPACITY_TYPES,
  groupOf,
  groupsOfService,
  managedScalingOf,
  SERVICE_SCALING_TYPES,
  TYPES,
} from "../../wiring";

type FitJudge = Judge<"tasks-fit-capacity">;

/**
 * Services that share a group are counted on instances of their own, which needs at most one instance a
 * service too many. Types that the catalogue lacks are a violation of fleet-vcpu-ceiling and left out here.
 */
export const tasksFitCapacity = stackPolicy({
  name: "tasks-fit-capacity",
  description:
    "A task fits the smallest instance, the fewest tasks the smallest group, and a deployment of the most tasks the largest group.",
  severity: "high",
  levels: { dev: "advisory", prod: "mandatory" },
  frameworks: [],
  remediationSteps:
    "Raise maxInstances or minInstances, or set them to 0 to derive them; or lower maxTasks, deploymentMaximumPercent, taskCpu or taskMemoryMiB; or choose larger instanceTypes. `npm run preview` prints what fits where.",
  url: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-auto-scaling.html",
  reads: [...CAPACITY_TYPES, ...SERVICE_SCALING_TYPES, TYPES.taskDefinition],
  check: (stack, judge) => {
    const scalers = serviceScalers(stack);
    const services = belongings(stack, TYPES.service, (service) => groupsOfService(stack, service));
    const providers = belongings(stack, TYPES.capacityProvider, (provider) =>
      [groupOf(stack, provider)].filter((group) => group !== undefined),
    );
    stack.each(stack.ofType(TYPES.group), (group) => {
      const types = knownTypes(stack, group);
      const sized: SizedService[] = [];
      stack.each(services.of(group), (service) => {
        const demand = serviceDemand(stack, service, group, scalers);
        const report =
          demand === undefined ? undefined : sizeService(service, demand, types, judge);
        if (report !== undefined) {
          sized.push({ name: service.name, report });
        }
      });
      judgeMinimum(group, sized, judge);
      judgeMaximum(group, sized, targetCapacityOf(providers.of(group)), judge);
    });
  },
});

interface SizedService {
  readonly name: string;
  /** Instances at a target capacity of 100 percent: the group's own applies to all services together. */
  readonly report: CapacityReport;
}

function knownTypes(stack: StackUnderJudgement, group: StackResource): readonly InstanceType[] {
  return allowedInstances(stack, group).flatMap(
    ({ instanceType }) => findInstanceType(instanceType ?? "") ?? [],
  );
}

/** How a service's tasks fit; undefined where one does not fit every type, which is a violation, or no type is known. */
function sizeService(
  service: StackResource,
  demand: ServiceDemand,
  types: readonly InstanceType[],
  { limits, violate }: FitJudge,
): CapacityReport | undefined {
  const fits = types.map((type) => fitOf(type, demand, limits));
  const tooSmall = types.filter((_, index) => fits[index]?.tasks === 0);
  for (const type of tooSmall) {
    violate(doesNotFit(type, demand, limits.reservedMemoryMiB), service.urn);
  }
  const [first, ...others] = fits;
  if (first === undefined || tooSmall.length > 0) {
    return undefined;
  }
  const { minTasks, maxTasks, deploymentMaximumPercent } = demand;
  return sizeInstances({
    fits: [first, ...others],
    minTasks,
    maxTasks,
    deploymentMaximumPercent,
    targetCapacityPercent: 100,
    // The loss of a zone is what asg-headroom judges.
    availabilityZones: 1,
    surviveZoneLoss: false,
    minInstances: undefined,
    maxInstances: undefined,
  });
}

function fitOf(
  type: InstanceType,
  { task, fixedHostPort }: ServiceDemand,
  { reservedMemoryMiB, eniTrunking }: FitJudge["limits"],
): InstanceFit {
  // A trunk carries the tasks' interfaces besides the instance's own one.
  const enis = eniTrunking && type.trunkedTasks !== null ? type.trunkedTasks + 1 : type.enis;
  const fit = fitTasks({ ...type, enis }, task, reservedMemoryMiB);
  return fixedHostPort && fit.tasks > 1 ? { ...fit, tasks: 1, boundBy: "hostPorts" } : fit;
}

function doesNotFit(type: InstanceType, { task }: ServiceDemand, reservedMemoryMiB: number) {
  return {
    got: `a task takes ${String(task.cpuUnits)} CPU units and ${String(task.memoryMiB)} MiB, and ${type.instanceType} offers ${String(registeredCpuUnits(type))} and ${String(registeredMemoryMiB(type, reservedMemoryMiB))}`,
    allowed: "a task that fits every instance type of its group",
    fix: "remove the type from instanceTypes, or lower taskCpu or taskMemoryMiB",
  };
}

/** Percent of the group that is to be in use; all of it where ECS does not scale the group. */
function targetCapacityOf(providers: readonly StackResource[]): number {
  const [provider] = providers;
  const scaling = provider === undefined ? undefined : managedScalingOf(provider);
  return numberOf(scaling?.["targetCapacity"]) ?? 100;
}

/** Otherwise the first deployment waits for instances, and every start after a quiet night. */
function judgeMinimum(
  group: StackResource,
  sized: readonly SizedService[],
  { violate }: FitJudge,
): void {
  const minSize = numberOf(group.props["minSize"]);
  const needed = total(sized, ({ instancesAtMin }) => instancesAtMin);
  if (minSize !== undefined && needed > minSize) {
    const tasks = sized.map(({ name, report }) =>
      onInstances(name, `${String(report.minTasks)} tasks at least`, report.instancesAtMin, report),
    );
    violate(
      {
        got: `minSize is ${String(minSize)}: ${tasks.join(" and ")}`,
        allowed: `at least ${String(needed)}`,
        fix: "raise minInstances, or lower minTasks",
      },
      group.urn,
    );
  }
}

/** Otherwise a deployment in a peak waits for room that the group never makes. */
function judgeMaximum(
  group: StackResource,
  sized: readonly SizedService[],
  targetCapacity: number,
  { violate }: FitJudge,
): void {
  const maxSize = numberOf(group.props["maxSize"]);
  const full = total(sized, peakInstances);
  const needed = instancesForTasks(full, 1, targetCapacity);
  if (maxSize !== undefined && needed > maxSize) {
    const tasks = sized.map(({ name, report }) =>
      onInstances(
        name,
        `${String(Math.max(report.maxTasks, report.deploymentTasks))} tasks in a deployment of ${String(report.maxTasks)}`,
        peakInstances(report),
        report,
      ),
    );
    violate(
      {
        got: `maxSize is ${String(maxSize)}: ${tasks.join(" and ")}`,
        allowed: `at least ${String(needed)}, of which a targetCapacity of ${String(targetCapacity)} percent uses ${String(full)}`,
        fix: "raise maxInstances, or lower maxTasks or deploymentMaximumPercent",
      },
      group.urn,
    );
  }
}

function peakInstances({ instancesAtMax, instancesAtDeployment }: CapacityReport): number {
  return Math.max(instancesAtMax, instancesAtDeployment);
}

function total(sized: readonly SizedService[], of: (report: CapacityReport) => number): number {
  return sized.reduce((sum, { report }) => sum + of(report), 0);
}

/** `web takes 10 x m7g.large for 40 tasks in a deployment of 20 (4 each, by cpu)`. */
function onInstances(
  name: string,
  tasks: string,
  instances: number,
  { smallest }: CapacityReport,
): string {
  return `${name} takes ${String(instances)} x ${smallest.instanceType} for ${tasks} (${String(smallest.tasks)} each, by ${smallest.boundBy})`;
}
