import { findInstanceType, nearestInstanceType } from "../catalogue";
import type { Load } from "./load";
import type { ScalingModel } from "./scaling-model";
import { occurrencesOf } from "./scheduled-actions";
import type { SimulationEvent, SimulationOptions } from "./simulation";

/** What a number may be; whole ones where `whole`. */
interface Range {
  readonly least: number;
  readonly most?: number;
  readonly whole?: boolean;
  /** Whether the least itself is too little. */
  readonly open?: boolean;
}

const COUNT: Range = { least: 0, whole: true };
const SOME: Range = { least: 1, whole: true };
const PERCENT: Range = { least: 0, most: 100, whole: true };
const DURATION: Range = { least: 0 };
const POSITIVE: Range = { least: 0, open: true };

/** Collects the faults of numbers by their path. */
class NumberFaults {
  readonly faults: string[] = [];

  check(path: string, value: number, range: Range): void {
    const { least, most = Infinity, whole = false, open = false } = range;
    const fits =
      Number.isFinite(value) &&
      (!whole || Number.isInteger(value)) &&
      (open ? value > least : value >= least) &&
      value <= most;
    if (!fits) {
      const kind = whole ? "a whole number" : "a number";
      const from = open ? `above ${least}` : `of at least ${least}`;
      const to = most === Infinity ? "" : ` and at most ${most}`;
      this.faults.push(`${path}: ${value} is not ${kind} ${from}${to}`);
    }
  }

  checkOrder(path: string, low: number, high: number, highName: string): void {
    if (low > high) {
      this.faults.push(
        `${path}: ${low} is above ${highName} ${high}; lower the one or raise the other`,
      );
    }
  }
}

/** Everything that is wrong with the input of a simulation, a sentence each; empty where nothing is. */
export function simulationFaults(
  model: ScalingModel,
  load: Load,
  options: SimulationOptions,
): readonly string[] {
  const numbers = new NumberFaults();
  checkService(model, numbers);
  checkGroup(model, numbers);
  checkProvider(model, numbers);
  checkTimes(model, numbers);
  checkLoad(load, numbers);
  numbers.check("options.tickSeconds", options.tickSeconds, { ...SOME, most: 60 });
  numbers.check("options.seed", options.seed, COUNT);
  options.events.forEach((event, index) => {
    checkEvent(`options.events[${index}]`, event, model, numbers);
  });
  return [...numbers.faults, ...typeFaults(model), ...scheduleFaults(model, load)];
}

function checkService({ service }: ScalingModel, numbers: NumberFaults): void {
  const { task } = service;
  numbers.check("service.task.cpuUnits", task.cpuUnits, SOME);
  numbers.check("service.task.memoryMiB", task.memoryMiB, SOME);
  numbers.check("service.task.ports", task.ports, COUNT);
  numbers.check("service.minTasks", service.minTasks, COUNT);
  numbers.check("service.maxTasks", service.maxTasks, COUNT);
  numbers.check("service.desiredTasks", service.desiredTasks, COUNT);
  numbers.checkOrder("service.minTasks", service.minTasks, service.maxTasks, "maxTasks");
  const minimum = service.deploymentMinimumHealthyPercent;
  numbers.check("service.deploymentMinimumHealthyPercent", minimum, PERCENT);
  const maximum = service.deploymentMaximumPercent;
  const range = { least: 100, most: 200, whole: true };
  numbers.check("service.deploymentMaximumPercent", maximum, range);
  service.scheduled.forEach(({ minTasks, maxTasks }, index) => {
    const path = `service.scheduled[${index}]`;
    numbers.check(`${path}.minTasks`, minTasks, COUNT);
    numbers.check(`${path}.maxTasks`, maxTasks, COUNT);
    numbers.checkOrder(`${path}.minTasks`, minTasks, maxTasks, "maxTasks");
  });
  service.policies.forEach((policy, index) => {
    const path = `service.policies[${index}]`;
    numbers.check(`${path}.target`, policy.target, POSITIVE);
    numbers.check(`${path}.scaleOutCooldownSeconds`, policy.scaleOutCooldownSeconds, DURATION);
    numbers.check(`${path}.scaleInCooldownSeconds`, policy.scaleInCooldownSeconds, DURATION);
    if (policy.metric === "requestsPerTarget" && policy.periodSeconds === 20) {
      numbers.faults.push(
        `${path}.periodSeconds: 20 is for cpu only; requestsPerTarget comes each 60 s`,
      );
    }
  });
}

function checkGroup({ group }: ScalingModel, numbers: NumberFaults): void {
  numbers.check("group.minInstances", group.minInstances, COUNT);
  numbers.check("group.maxInstances", group.maxInstances, COUNT);
  numbers.check("group.desiredInstances", group.desiredInstances, COUNT);
  numbers.checkOrder("group.minInstances", group.minInstances, group.maxInstances, "maxInstances");
  const desired = group.desiredInstances;
  numbers.checkOrder("group.desiredInstances", desired, group.maxInstances, "maxInstances");
  numbers.checkOrder("group.minInstances", group.minInstances, desired, "desiredInstances");
  numbers.check("group.availabilityZones", group.availabilityZones, SOME);
  numbers.check("group.onDemandBase", group.onDemandBase, COUNT);
  const share = group.onDemandPercentageAboveBase;
  numbers.check("group.onDemandPercentageAboveBase", share, PERCENT);
  numbers.check("group.reservedMemoryMiB", group.reservedMemoryMiB, COUNT);
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ManagedScaling.html */
function checkProvider({ capacityProvider: it }: ScalingModel, numbers: NumberFaults): void {
  const path = "capacityProvider";
  const step = { least: 1, most: 10_000, whole: true };
  numbers.check(`${path}.targetCapacityPercent`, it.targetCapacityPercent, { ...SOME, most: 100 });
  numbers.check(`${path}.minimumScalingStep`, it.minimumScalingStep, step);
  numbers.check(`${path}.maximumScalingStep`, it.maximumScalingStep, step);
  const warmup = { least: 0, most: 10_000, whole: true };
  numbers.check(`${path}.instanceWarmupSeconds`, it.instanceWarmupSeconds, warmup);
  const [low, high] = [it.minimumScalingStep, it.maximumScalingStep];
  numbers.checkOrder(`${path}.minimumScalingStep`, low, high, "maximumScalingStep");
}

function checkTimes(model: ScalingModel, numbers: NumberFaults): void {
  const { loadBalancer, workload, timing } = model;
  numbers.check("loadBalancer.healthyThreshold", loadBalancer.healthyThreshold, SOME);
  numbers.check("loadBalancer.unhealthyThreshold", loadBalancer.unhealthyThreshold, SOME);
  for (const name of [
    "healthCheckIntervalSeconds",
    "deregistrationDelaySeconds",
    "slowStartSeconds",
  ] as const) {
    numbers.check(`loadBalancer.${name}`, loadBalancer[name], DURATION);
  }
  numbers.check("workload.cpuMillisecondsPerRequest", workload.cpuMillisecondsPerRequest, POSITIVE);
  const wait = workload.waitMillisecondsPerRequest;
  numbers.check("workload.waitMillisecondsPerRequest", wait, DURATION);
  numbers.check("workload.maxQueueSeconds", workload.maxQueueSeconds, DURATION);
  numbers.check("workload.objectiveMilliseconds", workload.objectiveMilliseconds, POSITIVE);
  numbers.check("workload.objectiveShare", workload.objectiveShare, { least: 0, most: 1 });
  for (const name of [
    "instanceReadySeconds",
    "instanceReadyJitterSeconds",
    "imagePullSeconds",
    "applicationStartSeconds",
    "shutdownSeconds",
  ] as const) {
    numbers.check(`timing.${name}`, timing[name], DURATION);
  }
  numbers.check("timing.metricLagSeconds.20", timing.metricLagSeconds[20], DURATION);
  numbers.check("timing.metricLagSeconds.60", timing.metricLagSeconds[60], DURATION);
}

function checkLoad(load: Load, numbers: NumberFaults): void {
  numbers.check("load.startsAt", load.startsAt, COUNT);
  numbers.check("load.stepSeconds", load.stepSeconds, POSITIVE);
  numbers.check("load.requests.length", load.requests.length, SOME);
  const wrong = load.requests.findIndex((value) => !(Number.isFinite(value) && value >= 0));
  if (wrong >= 0) {
    numbers.check(`load.requests[${wrong}]`, load.requests[wrong] ?? NaN, DURATION);
  }
}

function checkEvent(
  path: string,
  event: SimulationEvent,
  { group }: ScalingModel,
  numbers: NumberFaults,
): void {
  numbers.check(`${path}.atSeconds`, event.atSeconds, DURATION);
  if (event.kind === "zoneLoss") {
    numbers.check(`${path}.forSeconds`, event.forSeconds, DURATION);
    numbers.check(`${path}.zone`, event.zone, { ...COUNT, most: group.availabilityZones - 1 });
  }
  if (event.kind === "spotInterruption") {
    numbers.check(`${path}.share`, event.share, { least: 0, most: 1 });
  }
}

function typeFaults({ group }: ScalingModel): readonly string[] {
  return group.instanceTypes.flatMap((name, index) =>
    findInstanceType(name) === undefined
      ? [
          `group.instanceTypes[${index}]: "${name}" is not in the catalogue; did you mean ${nearestInstanceType(name, "arm64")} or ${nearestInstanceType(name, "x86_64")}`,
        ]
      : [],
  );
}

function scheduleFaults({ service }: ScalingModel, load: Load): readonly string[] {
  return service.scheduled.flatMap((action, index) => {
    try {
      occurrencesOf([action], load.startsAt, 0);
      return [];
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return [`service.scheduled[${index}]: "${action.schedule}" in ${action.timezone}: ${reason}`];
    }
  });
}
