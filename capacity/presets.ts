import { type PresetName, type PresetSettings, presetSettings } from "./preset-settings";
import type { ScalingModel } from "./simulate/scaling-model";

/** How another tool would configure the same service and group. */
export interface Preset {
  /** What the command line calls it. */
  readonly name: PresetName;
  readonly title: string;
  /** Version or day of what was read. */
  readonly version: string;
  /** Each decided value with where it stands. */
  readonly settings: PresetSettings;
  /** What a reader of a comparison must know, in sentences. */
  readonly notes: readonly string[];
  /**
   * The model with everything that the preset decides in place of the stack's own settings. What no preset
   * decides stays: task size, instance types, bounds, purchase options, workload and timing.
   */
  readonly apply: (model: ScalingModel) => ScalingModel;
}

/** Every preset, the defaults of AWS itself first. */
export const presets: readonly Preset[] = (Object.keys(presetSettings) as PresetName[]).map(
  (name) => {
    const { title, version, settings, notes } = presetSettings[name];
    return { name, title, version, settings, notes, apply: (model) => applied(settings, model) };
  },
);

/** The preset of that name, or undefined. */
export function findPreset(name: string): Preset | undefined {
  return presets.find((preset) => preset.name === name);
}

function applied(settings: PresetSettings, model: ScalingModel): ScalingModel {
  return {
    ...model,
    service: {
      ...model.service,
      policies: [
        {
          metric: "cpu",
          target: settings.cpuTargetPercent.value,
          scaleOutCooldownSeconds: settings.scaleOutCooldownSeconds.value,
          scaleInCooldownSeconds: settings.scaleInCooldownSeconds.value,
          scaleInDisabled: false,
          periodSeconds: 60,
        },
      ],
      scheduled: [],
      placement: settings.placement.value,
      deploymentMinimumHealthyPercent: settings.deploymentMinimumHealthyPercent.value,
      deploymentMaximumPercent: settings.deploymentMaximumPercent.value,
    },
    capacityProvider: {
      managedScaling: true,
      targetCapacityPercent: settings.targetCapacityPercent.value,
      minimumScalingStep: settings.minimumScalingStep.value,
      maximumScalingStep: settings.maximumScalingStep.value,
      instanceWarmupSeconds: settings.instanceWarmupSeconds.value,
      managedTerminationProtection: settings.managedTerminationProtection.value,
      managedDraining: settings.managedDraining.value,
    },
    loadBalancer: {
      healthCheckIntervalSeconds: settings.healthCheckIntervalSeconds.value,
      healthyThreshold: settings.healthyThreshold.value,
      unhealthyThreshold: settings.unhealthyThreshold.value,
      deregistrationDelaySeconds: settings.deregistrationDelaySeconds.value,
      slowStartSeconds: settings.slowStartSeconds.value,
    },
  };
}
