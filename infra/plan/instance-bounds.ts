import type { CapacityReport } from "../../capacity/capacity-report";
import {
  type CapacityDemand,
  instancesForTasks,
  leastInstances,
  tasksDuringDeployment,
} from "../../capacity/instance-bounds";
import { defaultQuotas } from "../../capacity/quotas";
import type { StackConfig } from "../stack-config";
import type { PlanFaults } from "./faults";

/** Most instances that a scale-out can add; 1 also for a group of fixed size, because that is the least step there is. */
export function mostGrowth({ minInstances, maxInstances }: CapacityReport): number {
  return Math.max(1, maxInstances - minInstances);
}

/** Judges the bounds of the group, configured or derived, by the arithmetic that derives them. */
export function checkInstanceBounds(
  config: StackConfig,
  demand: CapacityDemand,
  report: CapacityReport,
  faults: PlanFaults,
): void {
  checkMinimum(demand, report, faults);
  checkMaximum(demand, report, faults);
  checkGrowth(config, report, faults);
  const { targetsPerTargetGroup } = defaultQuotas;
  if (report.deploymentTasks > targetsPerTargetGroup) {
    faults.setting("maxTasks", {
      got: String(report.maxTasks),
      rule: `but at deploymentMaximumPercent ${demand.deploymentMaximumPercent} that is ${report.deploymentTasks} tasks during a deployment and a target group takes ${targetsPerTargetGroup} targets`,
      remedy: `lower maxTasks to ${Math.floor((targetsPerTargetGroup * 100) / demand.deploymentMaximumPercent)}, or lower deploymentMaximumPercent`,
    });
  }
}

function checkMinimum(demand: CapacityDemand, report: CapacityReport, faults: PlanFaults): void {
  const { smallest, minInstances } = report;
  const least = leastInstances(demand, report.instancesAtMin, smallest.tasks);
  if (minInstances < least.instances) {
    faults.setting("minInstances", {
      got: String(minInstances),
      rule: `but minTasks ${demand.minTasks} needs ${onInstances(demand, report, least.instances)}, by ${least.boundBy}`,
      remedy: `raise minInstances to ${least.instances}, or set it to 0 to derive it`,
    });
  }
}

function checkMaximum(demand: CapacityDemand, report: CapacityReport, faults: PlanFaults): void {
  const { minInstances, maxInstances, instancesAtDeployment, deploymentTasks } = report;
  if (minInstances > maxInstances) {
    faults.setting("maxInstances", {
      got: String(maxInstances),
      rule: `but minInstances is ${minInstances} (${report.minInstancesBoundBy})`,
      remedy: `raise maxInstances to ${minInstances} or more, or set it to 0 to derive it`,
    });
  }
  if (maxInstances < instancesAtDeployment) {
    const fewer = mostTasks(demand, report);
    faults.setting("maxInstances", {
      got: String(maxInstances),
      rule: `but maxTasks ${demand.maxTasks} during a deployment is ${deploymentTasks} tasks on ${onInstances(demand, report, instancesAtDeployment)}`,
      remedy: `raise maxInstances to ${instancesAtDeployment}, set it to 0 to derive it, or lower ${
        fewer >= demand.minTasks ? `maxTasks to ${fewer}` : "deploymentMaximumPercent"
      }`,
    });
  }
}

function checkGrowth({ capacity }: StackConfig, report: CapacityReport, faults: PlanFaults): void {
  const { minInstances, maxInstances } = report;
  const most = mostGrowth(report);
  if (capacity.maxScalingStep !== undefined && capacity.maxScalingStep > most) {
    const growth = Math.max(0, maxInstances - minInstances);
    faults.setting("maxScalingStep", {
      got: String(capacity.maxScalingStep),
      rule: `but the group grows by ${growth} instances at most, from ${minInstances} to ${maxInstances}`,
      remedy: `lower maxScalingStep to ${most}, set it to 0 to derive it, or raise maxTasks or maxInstances`,
    });
  }
  if (capacity.onDemandBase > maxInstances) {
    faults.setting("onDemandBase", {
      got: String(capacity.onDemandBase),
      rule: `but the group has ${maxInstances} instances at most (${report.maxInstancesBoundBy})`,
      remedy: `lower onDemandBase to ${maxInstances}, or raise maxTasks or maxInstances`,
    });
  }
}

/** Most tasks whose deployment fits the group's maximum; 0, which always fits, where not even one does. */
function mostTasks(demand: CapacityDemand, report: CapacityReport): number {
  const fits = (tasks: number) =>
    instancesForTasks(
      tasksDuringDeployment(tasks, demand.deploymentMaximumPercent),
      report.smallest.tasks,
      demand.targetCapacityPercent,
    ) <= report.maxInstances;
  let tasks = demand.maxTasks;
  while (!fits(tasks)) {
    tasks -= 1;
  }
  return tasks;
}

/** `27 instances of t4g.small (3 each)`, with the spare share where there is one. */
function onInstances(demand: CapacityDemand, report: CapacityReport, instances: number): string {
  const target = demand.targetCapacityPercent;
  const spare = target < 100 ? ` at targetCapacityPercent ${target}` : "";
  const noun = instances === 1 ? "instance" : "instances";
  return `${instances} ${noun} of ${report.smallest.instanceType} (${report.smallest.tasks} each${spare})`;
}
