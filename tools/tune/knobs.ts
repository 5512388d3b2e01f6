import { fitTasks } from "../../capacity/fit";
import type { ScalingModel } from "../../capacity/simulate/scaling-model";
import type { Knob, Setting, Settings } from "../../capacity/tune/settings";
import type { StackPlan } from "../../infra/plan/stack-plan";
import type { PolicyLimits } from "../../policies/policy-limits";
import { allowedTypes } from "./allowed-types";
import type { SettingName } from "./stack-settings";

/**
 * The values that a search tries of each setting, within the limits of the policies, the present value always among
 * them. What the limits say of settings together is judged later, one by one.
 */
export function knobsFor(
  plan: StackPlan,
  model: ScalingModel,
  present: Settings,
  limits: PolicyLimits,
): readonly Knob[] {
  const sane = limits["service-scaling-policy-sane"];
  const { maxTasks, minTasks } = plan.scaling;
  const steps = limits["capacity-provider-step-sizes"];
  const values: Readonly<Record<SettingName, readonly Setting[]>> = {
    cpuTargetPercent: steps5(sane.utilizationTargetPercent),
    requestsPerTarget: requestTargets(model),
    minTasks: spread(
      Math.min(minTasks, limits["service-capacity-within-limits"].minFloor),
      maxTasks,
    ),
    scaleOutCooldownSeconds: within([0, 30, 60, 120, 180, 300], sane.scaleOutCooldownSeconds),
    scaleInCooldownSeconds: within([60, 120, 180, 300, 600, 900], sane.scaleInCooldownSeconds),
    minInstances: [0, ...spread(plan.report.minInstances + 1, plan.report.maxInstances - 1)],
    targetCapacityPercent: steps5(limits["capacity-provider-managed"].targetCapacityPercent),
    maxScalingStep: Array.from({ length: steps.maxStep }, (_, index) => index + 1),
    instanceWarmupSeconds: within([0, 30, 60, 90, 120, 180, 300], steps.instanceWarmupSeconds),
    instanceTypes: typeLists(plan, model, limits),
  };
  return Object.entries(values).map(([name, tried]) => ({
    name,
    values: withPresent(tried, present[name]),
  }));
}

interface Bounds {
  readonly min: number;
  readonly max: number;
}

function steps5({ min, max }: Bounds): number[] {
  const first = Math.ceil(min / 5) * 5;
  return Array.from({ length: Math.floor((max - first) / 5) + 1 }, (_, index) => first + 5 * index);
}

function within(values: readonly number[], { min, max }: Bounds): number[] {
  return values.filter((value) => value >= min && value <= max);
}

/** Whole numbers between bounds, one apart at first and then ever wider, so that few reach far. */
function spread(min: number, max: number): number[] {
  const values: number[] = [];
  for (let value = min; value <= max; value += Math.max(1, Math.floor((value - min) / 3))) {
    values.push(value);
  }
  return values;
}

/** Requests a minute at which a task uses from 30 to 90 % of its CPU. */
function requestTargets({ service, workload }: ScalingModel): number[] {
  const perMinute = (service.task.cpuUnits / 1024) * (60_000 / workload.cpuMillisecondsPerRequest);
  return [30, 35, 40, 45, 50, 55, 60, 65, 70, 80, 90].map((percent) =>
    Math.max(1, Math.round((perMinute * percent) / 100)),
  );
}

/**
 * Lists of instance types: each allowed type that holds a task first, followed by the allowed type that is closest in
 * tasks and price, for a group needs a second where Spot or capacity of the first runs out. From the cheapest a task.
 */
function typeLists(
  plan: StackPlan,
  { service, group }: ScalingModel,
  limits: PolicyLimits,
): string[] {
  const types = allowedTypes(plan.capacity.architecture, limits["instance-type-allow-list"])
    .map(({ instanceType, usdPerHour, ...type }) => ({
      instanceType,
      usdPerHour,
      tasks: fitTasks({ instanceType, usdPerHour, ...type }, service.task, group.reservedMemoryMiB)
        .tasks,
    }))
    .filter(({ tasks }) => tasks > 0);
  return types
    .sort((one, other) => one.usdPerHour / one.tasks - other.usdPerHour / other.tasks)
    .map((first) => {
      const [second] = types
        .filter((type) => type !== first && type.tasks >= first.tasks)
        .sort((one, other) => one.usdPerHour - other.usdPerHour);
      return [first, ...(second === undefined ? [] : [second])]
        .map(({ instanceType }) => instanceType)
        .join(",");
    });
}

function withPresent(values: readonly Setting[], present: Setting | undefined): readonly Setting[] {
  if (present === undefined || values.includes(present)) return values;
  const all = [...values, present];
  return typeof present === "number" ? all.sort((one, other) => Number(one) - Number(other)) : all;
}
