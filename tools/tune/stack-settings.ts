import type { ScalingModel } from "../../capacity/simulate/scaling-model";
import type { Setting, Settings } from "../../capacity/tune/settings";
import type { ContainerContract } from "../../infra/container-contract";
import { planStack } from "../../infra/plan";
import { PlanError } from "../../infra/plan/faults";
import type { StackPlan } from "../../infra/plan/stack-plan";
import type { StackConfig } from "../../infra/stack-config";
import type { PolicyLimits } from "../../policies/policy-limits";
import { modelOf, type ModelOverrides } from "../simulate/stack-model";
import { limitFaults } from "./limit-faults";

/** The part of the configuration that has a setting. */
const PLACES = {
  cpuTargetPercent: "scaling",
  requestsPerTarget: "scaling",
  minTasks: "scaling",
  scaleOutCooldownSeconds: "scaling",
  scaleInCooldownSeconds: "scaling",
  minInstances: "capacity",
  targetCapacityPercent: "capacity",
  maxScalingStep: "capacity",
  instanceWarmupSeconds: "capacity",
  instanceTypes: "capacity",
} as const;

/** A setting that can be searched: a key of Pulumi.yaml. */
export type SettingName = keyof typeof PLACES;

/** Every setting that can be searched. */
export const settingNames = Object.keys(PLACES) as readonly SettingName[];

/** What a stack is before a search changes it. */
export interface StackInputs {
  readonly config: StackConfig;
  readonly container: ContainerContract;
  readonly limits: PolicyLimits;
  readonly overrides: ModelOverrides;
}

/** Settings as the program would take them: a model to run, or why they may not be. */
export type PlannedSettings =
  | { readonly plan: StackPlan; readonly model: ScalingModel; readonly faults: readonly [] }
  | { readonly faults: readonly string[] };

/**
 * Plans settings of a stack by the program's own planner, which derives the bounds of the group and finds what does
 * not go together, and holds the plan against the limits of the policies.
 */
export class SettingsPlanner {
  /** What the stack has now. */
  public readonly present: Settings;
  public readonly presentPlan: StackPlan;
  public readonly presentModel: ScalingModel;
  readonly #inputs: StackInputs;
  readonly #planned = new Map<string, PlannedSettings>();

  /** @throws PlanError where the stack itself has faults */
  public constructor(inputs: StackInputs) {
    this.#inputs = inputs;
    this.presentPlan = planStack(inputs.config, inputs.container);
    this.presentModel = modelOf(this.presentPlan, inputs.overrides);
    this.present = presentSettings(inputs.config, this.presentPlan);
  }

  /** The same settings are planned once. */
  public plan(settings: Settings): PlannedSettings {
    const key = JSON.stringify(settingNames.map((name) => settings[name]));
    const known = this.#planned.get(key);
    if (known !== undefined) return known;
    const planned = this.#plan(settings);
    this.#planned.set(key, planned);
    return planned;
  }

  /** @throws RangeError for settings with faults, which nobody may run */
  public modelOf(settings: Settings): ScalingModel {
    const planned = this.plan(settings);
    // The present settings are what everything is compared with, whatever the limits say of them.
    if (settings === this.present) return this.presentModel;
    if (!("model" in planned)) throw new RangeError(planned.faults.join("; "));
    return planned.model;
  }

  #plan(settings: Settings): PlannedSettings {
    const { config, container, limits, overrides } = this.#inputs;
    try {
      const plan = planStack(withSettings(config, settings), container);
      // Requests cost what they cost, whatever the targets are.
      const { workload } = this.presentModel;
      const model = modelOf(plan, { ...overrides, workload });
      const faults = limitFaults(plan, limits);
      return faults.length > 0 ? { faults } : { plan, model, faults: [] };
    } catch (error) {
      if (error instanceof PlanError) return { faults: error.faults.map(contradiction) };
      throw error;
    }
  }
}

/** The contradiction of a fault alone: without file and project before its key, and without what to do after it. */
function contradiction(fault: string): string {
  return fault.replace(/^\S+: [^:\s]+:/, "").replace(/; .*$/s, "");
}

function presentSettings({ capacity }: StackConfig, plan: StackPlan): Settings {
  const { scaling } = plan;
  return {
    cpuTargetPercent: scaling.cpuTargetPercent,
    requestsPerTarget: scaling.requestsPerTarget,
    minTasks: scaling.minTasks,
    scaleOutCooldownSeconds: scaling.scaleOutCooldownSeconds,
    scaleInCooldownSeconds: scaling.scaleInCooldownSeconds,
    minInstances: capacity.minInstances ?? 0,
    targetCapacityPercent: capacity.targetCapacityPercent,
    maxScalingStep: plan.capacity.maxScalingStep,
    instanceWarmupSeconds: capacity.instanceWarmupSeconds,
    instanceTypes: capacity.instanceTypes.join(","),
  };
}

function withSettings(config: StackConfig, settings: Settings): StackConfig {
  const part = (place: "scaling" | "capacity") =>
    Object.fromEntries(
      settingNames
        .filter((name) => PLACES[name] === place)
        .map((name) => [name, configured(name, settings[name])]),
    );
  return {
    ...config,
    // A first deployment starts at the minimum, or the present number would forbid a higher one.
    scaling: { ...config.scaling, ...part("scaling"), desiredTasks: undefined },
    capacity: { ...config.capacity, ...part("capacity") },
  };
}

/** A setting as StackConfig has it: a list as one, and 0 instances as derived. */
function configured(name: SettingName, value: Setting | undefined): unknown {
  if (name === "instanceTypes") return String(value).split(",");
  return name === "minInstances" && value === 0 ? undefined : value;
}
