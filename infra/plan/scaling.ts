import type { StackConfig } from "../stack-config";
import type { PlanFaults } from "./faults";
import type { ScalingPlan } from "./stack-plan";

/** Fewest tasks that stand in two zones. */
const TASKS_OVER_TWO_ZONES = 2;

/** Plans the bounds and targets of the service's own scaling. */
export function planScaling(config: StackConfig, faults: PlanFaults): ScalingPlan {
  const { scaling } = config;
  checkBounds(config, faults);
  checkSchedules(config, faults);
  return {
    minTasks: scaling.minTasks,
    maxTasks: scaling.maxTasks,
    cpuTargetPercent: scaling.cpuTargetPercent,
    requestsPerTarget: scaling.requestsPerTarget,
    scaleOutCooldownSeconds: scaling.scaleOutCooldownSeconds,
    scaleInCooldownSeconds: scaling.scaleInCooldownSeconds,
    scheduled: scaling.scheduledScaling,
  };
}

/** Tasks of the first deployment. */
export function initialTasks({ scaling }: StackConfig): number {
  return scaling.desiredTasks ?? scaling.minTasks;
}

function checkBounds(config: StackConfig, faults: PlanFaults): void {
  const { minTasks, maxTasks } = config.scaling;
  const desired = initialTasks(config);
  if (minTasks > maxTasks) {
    faults.setting("minTasks", {
      got: String(minTasks),
      rule: `but maxTasks is ${maxTasks}`,
      remedy: `lower minTasks to ${maxTasks} or raise maxTasks to ${minTasks}`,
    });
  } else if (desired < minTasks || desired > maxTasks) {
    faults.setting("desiredTasks", {
      got: String(desired),
      rule: `but minTasks is ${minTasks} and maxTasks is ${maxTasks}`,
      remedy: "choose a number from minTasks to maxTasks, or 0 for minTasks",
    });
  }
  if (config.network.surviveZoneLoss && minTasks < TASKS_OVER_TWO_ZONES) {
    faults.setting("minTasks", {
      got: String(minTasks),
      rule: `but surviveZoneLoss needs tasks in two zones, at least ${TASKS_OVER_TWO_ZONES}`,
      remedy: `raise minTasks to ${TASKS_OVER_TWO_ZONES} or more`,
    });
  }
}

function checkSchedules(config: StackConfig, faults: PlanFaults): void {
  const { scheduledScaling: schedules, maxTasks } = config.scaling;
  for (const [index, { name, ...bounds }] of schedules.entries()) {
    const key = `scheduledScaling[${index}]`;
    const first = schedules.findIndex((schedule) => schedule.name === name);
    if (first < index) {
      faults.setting(`${key}.name`, {
        got: JSON.stringify(name),
        rule: `but scheduledScaling[${first}] has the same name`,
        remedy: "give every schedule a name of its own",
      });
    }
    if (bounds.minTasks > bounds.maxTasks) {
      faults.setting(`${key}.minTasks`, {
        got: String(bounds.minTasks),
        rule: `but ${key}.maxTasks is ${bounds.maxTasks}`,
        remedy: `lower the one to ${bounds.maxTasks} or raise the other to ${bounds.minTasks}`,
      });
    }
    if (bounds.maxTasks > maxTasks) {
      faults.setting(`${key}.maxTasks`, {
        got: String(bounds.maxTasks),
        rule: `but maxTasks, which the instances are sized for, is ${maxTasks}`,
        remedy: `lower it to ${maxTasks} or raise maxTasks to ${bounds.maxTasks}`,
      });
    }
    if (config.network.surviveZoneLoss && bounds.minTasks < TASKS_OVER_TWO_ZONES) {
      faults.setting(`${key}.minTasks`, {
        got: String(bounds.minTasks),
        rule: `but surviveZoneLoss needs tasks in two zones, at least ${TASKS_OVER_TWO_ZONES}`,
        remedy: `raise it to ${TASKS_OVER_TWO_ZONES} or more, or set surviveZoneLoss to false`,
      });
    }
  }
}
