import { deployedProd, dev, type Mutation, prod } from "./mutation";

const group = prod("aws:autoscaling:Group web");
const running = deployedProd("aws:autoscaling:Group web");
const small = dev("aws:autoscaling:Group web");

const DAY = 86_400;
const DISTRIBUTION = "mixedInstancesPolicy.instancesDistribution";
const OVERRIDES = "mixedInstancesPolicy.launchTemplate.overrides";
const PREFERENCES = "instanceRefresh.preferences";
const DEARER = [{ instanceType: "m7g.large" }, { instanceType: "m6g.large" }];
const GROUP = "aws:autoscaling:Group web";

const schedule = (inputs: Readonly<Record<string, number | string>>) => ({
  type: "aws:autoscaling/schedule:Schedule",
  name: "night",
  inputs: {
    scheduledActionName: "night",
    minSize: -1,
    maxSize: -1,
    desiredCapacity: -1,
    ...inputs,
  },
  wired: { autoscalingGroupName: [GROUP] },
});

const scaling = (inputs: Readonly<Record<string, number | string>>) => ({
  type: "aws:autoscaling/policy:Policy",
  name: "by-hand",
  inputs: { policyType: "SimpleScaling", adjustmentType: "ChangeInCapacity", ...inputs },
  wired: { autoscalingGroupName: [GROUP] },
});

const WEEKDAYS = { recurrence: "0 7 * * 1-5", timeZone: "Europe/Berlin" };

/** The size of the group and everything that moves it. */
export const SCALING_GROUPS: readonly Mutation[] = [
  // Size
  group.set({ maxSize: 500 }, [
    "asg-max-min-ratio",
    "asg-size-within-limits",
    "fleet-vcpu-ceiling",
    "monthly-cost-ceiling",
  ]),
  group.set({ maxSize: 20 }, []),
  group.set({ maxSize: 21 }, ["asg-size-within-limits"]),
  group.set({ maxSize: "21" }, ["asg-size-within-limits"]),
  // Dearer types, so that the cost alone is judged
  group.set({ maxSize: 19, [OVERRIDES]: DEARER }, []),
  group.set({ maxSize: 20, [OVERRIDES]: DEARER }, ["monthly-cost-ceiling"]),
  // The alarm at the maximum and the plan of the instances are for 16.
  group.set({ maxSize: 15 }, ["required-alarms", "tasks-fit-capacity"]),
  group.set({ maxSize: undefined }, ["asg-size-within-limits", "monthly-cost-ceiling"]),
  group.set({ minSize: 4 }, []),
  group.set({ minSize: 3 }, ["tasks-fit-capacity"]),
  group.set({ minSize: 1 }, ["asg-max-min-ratio", "asg-size-within-limits", "tasks-fit-capacity"]),
  group.set({ minSize: 0 }, ["asg-max-min-ratio", "asg-size-within-limits", "tasks-fit-capacity"]),
  group.set({ minSize: undefined }, ["asg-size-within-limits", "monthly-cost-ceiling"]),
  group.set({ minSize: 11, desiredCapacity: 11 }, []),
  group.set({ minSize: 12, desiredCapacity: 12 }, ["capacity-provider-step-within-group"]),
  running.set({ minSize: 10, desiredCapacity: 10 }, []),
  running.set({ minSize: 11, desiredCapacity: 11 }, ["asg-headroom"]),
  running.set({ minSize: 12, desiredCapacity: 12 }, [
    "asg-headroom",
    "capacity-provider-step-within-group",
  ]),
  group.set({ minSize: 16, desiredCapacity: 16 }, [
    "asg-headroom",
    "capacity-provider-step-within-group",
  ]),
  group.set({ minSize: 17 }, [
    "asg-headroom",
    "asg-size-within-limits",
    "capacity-provider-step-within-group",
  ]),
  group.set({ desiredCapacity: 16 }, []),
  group.set({ desiredCapacity: 17 }, ["asg-size-within-limits"]),
  group.set({ desiredCapacity: 6 }, ["asg-size-within-limits"]),
  small.set({ maxSize: 5 }, ["asg-max-min-ratio", "asg-size-within-limits"]),
  small.set({ minSize: 0 }, ["tasks-fit-capacity"]),
  small.set({ minSize: -1 }, [
    "asg-size-within-limits",
    "monthly-cost-ceiling",
    "tasks-fit-capacity",
  ]),
  small.set({ minSize: 2, desiredCapacity: 2 }, []),
  small.set({ minSize: 3, desiredCapacity: 3 }, ["capacity-provider-step-within-group"]),

  // Who sets it
  group.options({ ignoreChanges: [] }, ["asg-desired-not-pinned"]),
  group.options({ ignoreChanges: ["maxSize"] }, ["asg-desired-not-pinned"]),
  small.options({ ignoreChanges: [] }, ["asg-desired-not-pinned"]),
  group.set({ protectFromScaleIn: false }, ["capacity-provider-group-protected"]),
  group.set({ protectFromScaleIn: undefined }, ["capacity-provider-group-protected"]),
  small.set({ protectFromScaleIn: false }, ["capacity-provider-group-protected"]),
  group.add(scaling({ scalingAdjustment: 1, cooldown: 300 }), ["no-competing-scalers"]),
  group.add(scaling({ scalingAdjustment: 5, cooldown: 300 }), ["no-competing-scalers"]),
  group.add(scaling({ scalingAdjustment: 6, cooldown: 300 }), [
    "no-competing-scalers",
    "step-scaling-bounded",
  ]),
  group.add(scaling({ scalingAdjustment: -6 }), ["no-competing-scalers", "step-scaling-bounded"]),
  group.add(scaling({ scalingAdjustment: 1, cooldown: 0 }), [
    "no-competing-scalers",
    "step-scaling-bounded",
  ]),
  group.add(
    scaling({ adjustmentType: "PercentChangeInCapacity", scalingAdjustment: 51, cooldown: 60 }),
    ["no-competing-scalers", "step-scaling-bounded"],
  ),
  group.add(scaling({ policyType: "PredictiveScaling" }), ["no-competing-scalers"]),
  group.add(
    {
      type: "aws:autoscalingplans/scalingPlan:ScalingPlan",
      name: "everything",
      inputs: { scalingInstructions: [{ maxCapacity: 12, minCapacity: 3 }] },
      wired: { scalingInstructions: [GROUP] },
    },
    ["no-competing-scalers"],
  ),

  // Schedules, once and every working day
  group.add(schedule({ startTime: "2030-01-01T00:00:00Z", maxSize: 20 }), []),
  group.add(schedule({ startTime: "2030-01-01T00:00:00Z", maxSize: 21 }), [
    "scheduled-actions-within-limits",
  ]),
  group.add(schedule({ startTime: "2030-01-01T00:00:00Z", minSize: 1 }), [
    "scheduled-actions-within-limits",
  ]),
  group.add(schedule({ startTime: "2030-01-01T00:00:00Z", minSize: 5, maxSize: 4 }), [
    "scheduled-actions-within-limits",
  ]),
  group.add(schedule({ ...WEEKDAYS, minSize: 8 }), ["scheduled-actions-in-pairs"]),
  group.add(schedule({ ...WEEKDAYS, minSize: 6 }), ["scheduled-actions-in-pairs"]),
  group.add(schedule({ ...WEEKDAYS, minSize: 7 }), []),
  group.add(schedule({ recurrence: WEEKDAYS.recurrence, minSize: 7 }), [
    "scheduled-actions-within-limits",
  ]),

  // Pauses
  group.set({ defaultInstanceWarmup: 30 }, []),
  group.set({ defaultInstanceWarmup: 29 }, ["cooldown-and-warmup-bounds"]),
  group.set({ defaultInstanceWarmup: 600 }, []),
  group.set({ defaultInstanceWarmup: 601 }, ["cooldown-and-warmup-bounds"]),
  group.set({ defaultInstanceWarmup: undefined }, ["cooldown-and-warmup-bounds"]),
  group.set({ defaultCooldown: 60 }, []),
  group.set({ defaultCooldown: 59 }, ["cooldown-and-warmup-bounds"]),
  group.set({ healthCheckGracePeriod: 29 }, ["cooldown-and-warmup-bounds"]),
  group.set({ healthCheckGracePeriod: 601 }, ["cooldown-and-warmup-bounds"]),

  // Replacement
  group.set({ [`${PREFERENCES}.minHealthyPercentage`]: 90 }, []),
  group.set({ [`${PREFERENCES}.minHealthyPercentage`]: 89 }, ["instance-refresh-safe"]),
  small.set({ [`${PREFERENCES}.minHealthyPercentage`]: 49 }, ["instance-refresh-safe"]),
  running.set(
    {
      instanceRefresh: undefined,
      "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.version": "$Latest",
    },
    ["instance-refresh-safe"],
  ),
  group.set({ maxInstanceLifetime: 0 }, []),
  group.set({ maxInstanceLifetime: 7 * DAY }, []),
  group.set({ maxInstanceLifetime: 7 * DAY - 1 }, ["instance-refresh-safe"]),
  group.set({ maxInstanceLifetime: 30 * DAY }, []),
  group.set({ maxInstanceLifetime: 30 * DAY + 1 }, ["instance-refresh-safe"]),
  group.set({ "warmPool.maxGroupPreparedCapacity": 16 }, []),
  group.set({ "warmPool.maxGroupPreparedCapacity": 17 }, ["instance-refresh-safe"]),

  // Zones
  running.set({ vpcZoneIdentifiers: ["subnet-1"] }, ["multi-az"]),
  running.set({ vpcZoneIdentifiers: ["subnet-1", "subnet-1"] }, ["multi-az"]),
  running.set({ vpcZoneIdentifiers: ["subnet-1", "subnet-2"] }, []),
  running.set({ vpcZoneIdentifiers: undefined }, ["multi-az"]),
  prod("ecs-on-ec2:index:Network web").set({ "plan.availabilityZones": 2 }, []),
  prod("ecs-on-ec2:index:Network web").set({ "plan.availabilityZones": 1 }, ["multi-az"]),
  dev("ecs-on-ec2:index:Network web").set({ "plan.availabilityZones": 1 }, ["multi-az"]),

  // Spot
  group.set({ [OVERRIDES]: [{ instanceType: "m7g.large" }] }, ["mixed-instances"]),
  group.set({ [`${DISTRIBUTION}.onDemandBaseCapacity`]: 2 }, []),
  group.set({ [`${DISTRIBUTION}.onDemandBaseCapacity`]: 1 }, ["mixed-instances"]),
  group.set({ [`${DISTRIBUTION}.onDemandPercentageAboveBaseCapacity`]: 100 }, []),
  group.set({ [`${DISTRIBUTION}.onDemandPercentageAboveBaseCapacity`]: 49 }, ["mixed-instances"]),
  group.set({ [`${DISTRIBUTION}.spotAllocationStrategy`]: "lowest-price" }, ["mixed-instances"]),
  group.set({ [`${DISTRIBUTION}.spotAllocationStrategy`]: undefined }, ["mixed-instances"]),
  group.set({ [`${DISTRIBUTION}.spotMaxPrice`]: "0.05" }, ["mixed-instances"]),
  group.set({ capacityRebalance: false }, ["mixed-instances"]),

  // Instance types
  group.set({ [`${OVERRIDES}[0].instanceType`]: "m7g.8xlarge" }, [
    "fleet-vcpu-ceiling",
    "instance-type-allow-list",
    "monthly-cost-ceiling",
  ]),
  // Allowed, and 16 of them inside the ceiling of the fleet, but dear.
  group.set({ [`${OVERRIDES}[0].instanceType`]: "m7g.4xlarge" }, ["monthly-cost-ceiling"]),
  group.set({ [`${OVERRIDES}[0].instanceType`]: "t4g.small" }, [
    "instance-type-allow-list",
    "tasks-fit-capacity",
  ]),
  group.set({ [`${OVERRIDES}[0].instanceType`]: "z9.large" }, [
    "fleet-vcpu-ceiling",
    "instance-type-allow-list",
    "monthly-cost-ceiling",
  ]),
  group.set({ [`${OVERRIDES}[+]`]: { instanceRequirements: { vcpuCount: { min: 2 } } } }, [
    "fleet-vcpu-ceiling",
    "instance-type-allow-list",
    "monthly-cost-ceiling",
  ]),
  small.set({ [`${OVERRIDES}[1].instanceType`]: "t4g.large" }, ["monthly-cost-ceiling"]),
  small.set({ [`${OVERRIDES}[1].instanceType`]: "t4g.xlarge" }, [
    "instance-type-allow-list",
    "monthly-cost-ceiling",
  ]),

  // Health, which ECS watches and not the group
  group.set({ "targetGroupArns[+]": "arn:aws:elasticloadbalancing:eu-central-1:1:t" }, [
    "health-check-budget",
  ]),
];
