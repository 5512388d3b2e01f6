import type { CapacityReport, InstanceFit } from "../../capacity/capacity-report";
import {
  findInstanceType,
  type InstanceType,
  misspeltInstanceType,
  nearestInstanceType,
} from "../../capacity/catalogue";
import { fitTasks, type TaskDemand } from "../../capacity/fit";
import { type CapacityDemand, sizeInstances } from "../../capacity/instance-bounds";
import { registeredCpuUnits, registeredMemoryMiB } from "../../capacity/registered";
import type { StackConfig } from "../stack-config";
import type { PlanFaults } from "./faults";
import { checkInstanceBounds, mostGrowth } from "./instance-bounds";
import type { AmiPlan, Architecture, CapacityPlan } from "./stack-plan";

/**
 * Memory that the agent keeps from tasks for itself, Docker and the system (ECS_RESERVED_MEMORY).
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/memory-management.html
 */
const RESERVED_MEMORY_MIB = 256;

/** Instances that one scale-out may add where nothing is configured: a miscount costs little, a peak waits little. */
const DERIVED_STEP = 2;

/**
 * How the tasks fit the allowed instance types, and the bounds of the group.
 * Undefined where no type is left that holds a task; the faults say why.
 */
export function sizeCapacity(
  config: StackConfig,
  task: TaskDemand,
  faults: PlanFaults,
): CapacityReport | undefined {
  const { scaling, capacity, network, service } = config;
  const [first, ...others] = fitsOf(config, task, faults);
  if (first === undefined) {
    return undefined;
  }
  const demand: CapacityDemand = {
    fits: [first, ...others],
    minTasks: scaling.minTasks,
    maxTasks: scaling.maxTasks,
    deploymentMaximumPercent: service.deploymentMaximumPercent,
    targetCapacityPercent: capacity.targetCapacityPercent,
    availabilityZones: network.availabilityZones,
    surviveZoneLoss: network.surviveZoneLoss,
    minInstances: capacity.minInstances,
    maxInstances: capacity.maxInstances,
  };
  const report = sizeInstances(demand);
  checkInstanceBounds(config, demand, report, faults);
  return report;
}

/** Plans the group of instances within the bounds of the report. */
export function planCapacity(
  config: StackConfig,
  report: CapacityReport,
  ami: AmiPlan,
  stopTimeoutSeconds: number,
): CapacityPlan {
  const { capacity, container, deletionProtection } = config;
  return {
    architecture: container.architecture,
    instanceTypes: capacity.instanceTypes,
    ami,
    rootVolumeGiB: capacity.rootVolumeGiB,
    minInstances: report.minInstances,
    maxInstances: report.maxInstances,
    onDemandBase: capacity.onDemandBase,
    onDemandPercentageAboveBase: capacity.onDemandPercentageAboveBase,
    usesSpot: usesSpot(config, report.maxInstances),
    targetCapacityPercent: capacity.targetCapacityPercent,
    maxScalingStep: capacity.maxScalingStep ?? Math.min(DERIVED_STEP, mostGrowth(report)),
    instanceWarmupSeconds: capacity.instanceWarmupSeconds,
    reservedMemoryMiB: RESERVED_MEMORY_MIB,
    stopTimeoutSeconds,
    deletionProtection,
  };
}

/** True where the group may hold an instance above its On-Demand base that is not On-Demand. */
export function usesSpot({ capacity }: StackConfig, maxInstances: number): boolean {
  return capacity.onDemandPercentageAboveBase < 100 && maxInstances > capacity.onDemandBase;
}

/** Plans where the instances' image comes from: always the variant of the configured architecture. */
export function planAmi({ capacity, container }: StackConfig, faults: PlanFaults): AmiPlan {
  const { amiSource: source, amiId } = capacity;
  if (source === "pinned") {
    if (amiId === undefined) {
      faults.setting("amiId", {
        got: "nothing",
        rule: "but amiSource is pinned",
        remedy: "set amiId to the image's id, or amiSource to latest or launch",
      });
    }
    return { source, amiId: amiId ?? "" };
  }
  if (amiId !== undefined) {
    faults.setting("amiId", {
      got: amiId,
      rule: `but amiSource is ${source}`,
      remedy: "set amiSource to pinned, or remove amiId",
    });
  }
  return { source, parameter: amiParameter(container.architecture) };
}

/**
 * Public parameter that holds the id of the newest image.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/retrieve-ecs-optimized_AMI.html
 */
function amiParameter(architecture: Architecture): string {
  const variant = architecture === "arm64" ? "arm64/" : "";
  return `/aws/service/ecs/optimized-ami/amazon-linux-2023/${variant}recommended/image_id`;
}

/** The fits of the types that hold a task; every other type is a fault. */
function fitsOf(config: StackConfig, task: TaskDemand, faults: PlanFaults): InstanceFit[] {
  const { architecture } = config.container;
  return config.capacity.instanceTypes.flatMap((name, index) => {
    const key = `instanceTypes[${index}]`;
    const type = findInstanceType(name);
    if (type === undefined) {
      const meant = misspeltInstanceType(name, architecture);
      faults.setting(key, {
        got: name,
        rule: "but capacity/instance-types.json has no such type",
        remedy:
          meant === undefined
            ? `choose a type such as ${nearestInstanceType(name, architecture)}, or add its figures there`
            : `did you mean ${meant}`,
      });
      return [];
    }
    if (type.architecture !== architecture) {
      faults.setting(key, {
        got: name,
        rule: `but it is ${type.architecture} and architecture is ${architecture}`,
        remedy: `choose a type such as ${nearestInstanceType(name, architecture)}, or change architecture`,
      });
    }
    const fit = fitTasks(type, task, RESERVED_MEMORY_MIB);
    if (fit.tasks === 0) {
      faults.setting(key, { got: name, ...tooSmall(type, task) });
      return [];
    }
    return fit;
  });
}

function tooSmall(type: InstanceType, task: TaskDemand): { rule: string; remedy: string } {
  const memoryMiB = registeredMemoryMiB(type, RESERVED_MEMORY_MIB);
  const takes = `${task.cpuUnits} CPU units and ${task.memoryMiB} MiB`;
  return {
    rule: `but a task takes ${takes} and the instance offers ${registeredCpuUnits(type)} and ${memoryMiB}`,
    remedy: "choose a larger type, or lower taskCpu or taskMemoryMiB",
  };
}
