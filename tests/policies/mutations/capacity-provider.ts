import { dev, type Mutation, prod } from "./mutation";

const provider = prod("aws:ecs:CapacityProvider cp-web");
const small = dev("aws:ecs:CapacityProvider cp-web");
const service = prod("aws:ecs:Service web");
const association = prod("aws:ecs:ClusterCapacityProviders web-association");

const GROUP = "autoScalingGroupProvider";
const SCALING = `${GROUP}.managedScaling`;
const STRATEGY = "capacityProviderStrategies";

/** The capacity provider, and the strategies that name it. */
export const CAPACITY_PROVIDER: readonly Mutation[] = [
  provider.set({ [`${SCALING}.status`]: "DISABLED" }, [
    "capacity-provider-managed",
    "capacity-provider-termination-protection",
  ]),
  provider.set({ [SCALING]: undefined }, [
    "capacity-provider-managed",
    "capacity-provider-step-sizes",
    "capacity-provider-termination-protection",
  ]),
  small.set({ [`${SCALING}.status`]: undefined }, [
    "capacity-provider-managed",
    "capacity-provider-termination-protection",
  ]),

  // Utilisation: 10 instances full of tasks are 12 at 84 percent, 13 at 83
  provider.set({ [`${SCALING}.targetCapacity`]: 95 }, []),
  provider.set({ [`${SCALING}.targetCapacity`]: 96 }, ["capacity-provider-managed"]),
  provider.set({ [`${SCALING}.targetCapacity`]: 100 }, ["capacity-provider-managed"]),
  provider.set({ [`${SCALING}.targetCapacity`]: undefined }, ["capacity-provider-managed"]),
  // 15 of the 16 instances are for the tasks of a deployment: 94 percent would take 16.
  provider.set({ [`${SCALING}.targetCapacity`]: 94 }, []),
  provider.set({ [`${SCALING}.targetCapacity`]: 83 }, ["tasks-fit-capacity"]),
  provider.set({ [`${SCALING}.targetCapacity`]: 70 }, ["tasks-fit-capacity"]),
  provider.set({ [`${SCALING}.targetCapacity`]: 69 }, [
    "capacity-provider-managed",
    "tasks-fit-capacity",
  ]),
  // In dev a deployment fills all instances.
  small.set({ [`${SCALING}.targetCapacity`]: 80 }, ["tasks-fit-capacity"]),
  small.set({ [`${SCALING}.targetCapacity`]: 79 }, [
    "capacity-provider-managed",
    "tasks-fit-capacity",
  ]),

  // Steps
  provider.set({ [`${SCALING}.maximumScalingStepSize`]: 1 }, []),
  provider.set({ [`${SCALING}.maximumScalingStepSize`]: 6 }, ["capacity-provider-step-sizes"]),
  provider.set({ [`${SCALING}.maximumScalingStepSize`]: 9 }, ["capacity-provider-step-sizes"]),
  provider.set({ [`${SCALING}.maximumScalingStepSize`]: 10 }, [
    "capacity-provider-step-sizes",
    "capacity-provider-step-within-group",
  ]),
  provider.set({ [`${SCALING}.maximumScalingStepSize`]: undefined }, [
    "capacity-provider-step-sizes",
    "capacity-provider-step-within-group",
  ]),
  provider.set({ [`${SCALING}.maximumScalingStepSize`]: 0 }, ["capacity-provider-step-sizes"]),
  provider.set({ [`${SCALING}.minimumScalingStepSize`]: 5 }, []),
  provider.set({ [`${SCALING}.minimumScalingStepSize`]: 6 }, ["capacity-provider-step-sizes"]),
  provider.set({ [`${SCALING}.minimumScalingStepSize`]: 0 }, ["capacity-provider-step-sizes"]),
  small.set({ [`${SCALING}.maximumScalingStepSize`]: 3 }, ["capacity-provider-step-sizes"]),

  // Warm-up
  provider.set({ [`${SCALING}.instanceWarmupPeriod`]: 30 }, []),
  provider.set({ [`${SCALING}.instanceWarmupPeriod`]: 29 }, ["capacity-provider-step-sizes"]),
  provider.set({ [`${SCALING}.instanceWarmupPeriod`]: 600 }, []),
  provider.set({ [`${SCALING}.instanceWarmupPeriod`]: 601 }, ["capacity-provider-step-sizes"]),
  provider.set({ [`${SCALING}.instanceWarmupPeriod`]: undefined }, [
    "capacity-provider-step-sizes",
  ]),

  // Protection of busy instances
  provider.set({ [`${GROUP}.managedTerminationProtection`]: "DISABLED" }, [
    "capacity-provider-termination-protection",
  ]),
  provider.set({ [`${GROUP}.managedTerminationProtection`]: undefined }, [
    "capacity-provider-termination-protection",
  ]),
  provider.set({ [`${GROUP}.managedDraining`]: "DISABLED" }, [
    "capacity-provider-termination-protection",
  ]),
  provider.set({ [`${GROUP}.managedDraining`]: undefined }, []),

  // A second one on the same group
  provider.add(
    {
      type: "aws:ecs/capacityProvider:CapacityProvider",
      name: "cp-web-batch",
      inputs: {
        autoScalingGroupProvider: {
          managedDraining: "ENABLED",
          managedScaling: {
            instanceWarmupPeriod: 60,
            maximumScalingStepSize: 1,
            minimumScalingStepSize: 1,
            status: "ENABLED",
            targetCapacity: 90,
          },
          managedTerminationProtection: "ENABLED",
        },
      },
      wired: { autoScalingGroupProvider: ["aws:autoscaling:Group web"] },
    },
    ["no-competing-scalers"],
  ),
  // Instances that ECS chooses and starts itself, of any type
  provider.add(
    {
      type: "aws:ecs/capacityProvider:CapacityProvider",
      name: "cp-web-managed",
      inputs: { managedInstancesProvider: { instanceLaunchTemplate: {} } },
    },
    ["instance-type-allow-list"],
  ),

  // Strategies
  service.set({ [`${STRATEGY}[0].weight`]: 0 }, ["capacity-strategy-bounded"]),
  service.set({ [`${STRATEGY}[0].weight`]: undefined }, ["capacity-strategy-bounded"]),
  service.set({ [`${STRATEGY}[0].base`]: 3 }, []),
  service.set({ [`${STRATEGY}[0].base`]: 9 }, ["capacity-strategy-bounded"]),
  service.set({ launchType: "EC2" }, ["capacity-strategy-bounded"]),
  // The cluster's default strategy takes its place.
  service.set({ [STRATEGY]: undefined }, []),
  association.set({ "defaultCapacityProviderStrategies[0].weight": 0 }, [
    "capacity-strategy-bounded",
  ]),
  association.remove(["capacity-strategy-bounded"]),
];
