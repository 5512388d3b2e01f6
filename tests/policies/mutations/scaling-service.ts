import { deployedDev, deployedProd, dev, type Mutation, prod } from "./mutation";

const SERVICE = "aws:ecs:Service web";
const target = prod("aws:appautoscaling:Target web");
const smallTarget = dev("aws:appautoscaling:Target web");
const cpu = prod("aws:appautoscaling:Policy web-cpu");
const requests = prod("aws:appautoscaling:Policy web-requests");
const service = prod(SERVICE);
const smallService = dev(SERVICE);
const targetGroup = prod("aws:lb:TargetGroup web-target");
const running = deployedProd("aws:lb:TargetGroup web-target");

const TRACKING = "targetTrackingScalingPolicyConfiguration";
const BREAKER = "deploymentCircuitBreaker";

const BOTH_POLICIES = ["aws:appautoscaling:Policy web-requests"];

const action = (inputs: Readonly<Record<string, unknown>>, bounds: Record<string, number>) => ({
  type: "aws:appautoscaling/scheduledAction:ScheduledAction",
  name: "campaign",
  inputs: {
    serviceNamespace: "ecs",
    scalableDimension: "ecs:service:DesiredCount",
    schedule: "cron(0 7 ? * MON-FRI *)",
    timezone: "Europe/Berlin",
    scalableTargetAction: bounds,
    ...(inputs as Record<string, string>),
  },
  wired: { resourceId: ["aws:appautoscaling:Target web"] },
});

const ONCE = { schedule: "at(2030-01-01T00:00:00)" };

/** The number of tasks, what moves it, and what a task needs to come and go. */
export const SCALING_SERVICE: readonly Mutation[] = [
  // Bounds: 20 tasks and half as many take 15 instances of the 16 at 95 percent, 21 and half as many 16
  target.set({ maxCapacity: 500 }, [
    "monthly-cost-ceiling",
    "service-capacity-within-limits",
    "tasks-fit-capacity",
  ]),
  target.set({ maxCapacity: 21 }, ["tasks-fit-capacity"]),
  target.set({ maxCapacity: 30 }, ["tasks-fit-capacity"]),
  target.set({ maxCapacity: 50 }, ["monthly-cost-ceiling", "tasks-fit-capacity"]),
  target.set({ maxCapacity: 51 }, [
    "monthly-cost-ceiling",
    "service-capacity-within-limits",
    "tasks-fit-capacity",
  ]),
  target.set({ maxCapacity: 9 }, []),
  target.set({ maxCapacity: 8 }, ["service-capacity-within-limits"]),
  target.set({ maxCapacity: undefined }, ["service-capacity-within-limits"]),
  target.set({ minCapacity: 2 }, []),
  target.set({ minCapacity: 1 }, ["service-capacity-within-limits"]),
  // A base of one task is then more than the fewest.
  target.set({ minCapacity: 0 }, ["capacity-strategy-bounded", "service-capacity-within-limits"]),
  target.set({ minCapacity: 14 }, []),
  target.set({ minCapacity: 15 }, ["tasks-fit-capacity"]),
  target.set({ minCapacity: 20 }, ["service-capacity-within-limits", "tasks-fit-capacity"]),
  smallTarget.set({ maxCapacity: 5 }, ["service-capacity-within-limits", "tasks-fit-capacity"]),
  smallTarget.set({ minCapacity: 0 }, [
    "capacity-strategy-bounded",
    "service-capacity-within-limits",
  ]),
  smallTarget.set({ maxCapacity: 1 }, []),

  // Who moves it
  target.remove(["service-autoscaled"]),
  target.add(
    {
      type: "aws:appautoscaling/target:Target",
      name: "another",
      inputs: { minCapacity: 2, maxCapacity: 4, serviceNamespace: "ecs" },
      wired: { resourceId: [SERVICE] },
    },
    ["no-competing-scalers"],
  ),
  cpu.remove([]),
  cpu.remove(["service-autoscaled"], BOTH_POLICIES),
  dev("aws:appautoscaling:Policy web-cpu").remove(["service-autoscaled"], BOTH_POLICIES),
  service.options({ ignoreChanges: [] }, ["service-desired-not-pinned"]),
  smallService.options({ ignoreChanges: ["taskDefinition"] }, ["service-desired-not-pinned"]),

  // Target tracking
  cpu.set({ [`${TRACKING}.targetValue`]: 40 }, []),
  cpu.set({ [`${TRACKING}.targetValue`]: 39 }, ["service-scaling-policy-sane"]),
  cpu.set({ [`${TRACKING}.targetValue`]: 70 }, []),
  cpu.set({ [`${TRACKING}.targetValue`]: 70.5 }, ["service-scaling-policy-sane"]),
  cpu.set({ [`${TRACKING}.targetValue`]: 100 }, ["service-scaling-policy-sane"]),
  cpu.set({ [`${TRACKING}.scaleOutCooldown`]: 301, [`${TRACKING}.scaleInCooldown`]: 301 }, [
    "service-scaling-policy-sane",
  ]),
  cpu.set({ [`${TRACKING}.scaleInCooldown`]: 60 }, []),
  cpu.set({ [`${TRACKING}.scaleInCooldown`]: 59 }, ["service-scaling-policy-sane"]),
  cpu.set({ [`${TRACKING}.scaleInCooldown`]: 901 }, ["service-scaling-policy-sane"]),
  cpu.set({ [`${TRACKING}.disableScaleIn`]: true }, ["service-scaling-policy-sane"]),
  cpu.set({ policyType: "StepScaling" }, ["service-scaling-policy-sane"]),
  cpu.set(
    {
      policyType: "StepScaling",
      stepScalingPolicyConfiguration: {
        adjustmentType: "ChangeInCapacity",
        cooldown: 60,
        stepAdjustments: [{ metricIntervalLowerBound: "0", scalingAdjustment: 6 }],
      },
    },
    ["service-scaling-policy-sane", "step-scaling-bounded"],
  ),
  requests.set({ [`${TRACKING}.targetValue`]: 1 }, []),
  requests.set({ [`${TRACKING}.targetValue`]: 0 }, ["service-scaling-policy-sane"]),
  dev("aws:appautoscaling:Policy web-cpu").set({ [`${TRACKING}.targetValue`]: 81 }, [
    "service-scaling-policy-sane",
  ]),

  // Schedules
  target.add(action(ONCE, { maxCapacity: 20 }), []),
  target.add(action(ONCE, { minCapacity: 1 }), ["scheduled-actions-within-limits"]),
  target.add(action(ONCE, { maxCapacity: 51 }), [
    "scheduled-actions-within-limits",
    "tasks-fit-capacity",
  ]),
  target.add(action(ONCE, { minCapacity: 9, maxCapacity: 8 }), ["scheduled-actions-within-limits"]),
  target.add(action({}, { minCapacity: 8 }), []),
  target.add(action({}, { minCapacity: 6 }), ["scheduled-actions-in-pairs"]),
  target.add(action({}, { maxCapacity: 10 }), ["scheduled-actions-in-pairs"]),
  target.add(action({ timezone: "" }, { minCapacity: 8 }), ["scheduled-actions-within-limits"]),

  // Deployments
  service.set({ deploymentMinimumHealthyPercent: 99 }, ["rolling-deploy-feasible"]),
  smallService.set({ deploymentMinimumHealthyPercent: 50 }, []),
  smallService.set({ deploymentMinimumHealthyPercent: 49 }, ["rolling-deploy-feasible"]),
  service.set({ deploymentMaximumPercent: 201 }, ["rolling-deploy-feasible", "tasks-fit-capacity"]),
  service.set({ deploymentMaximumPercent: 113 }, []),
  // Of eight tasks that is not one more.
  service.set({ deploymentMaximumPercent: 112 }, ["rolling-deploy-feasible"]),
  service.set({ deploymentMaximumPercent: 100 }, ["rolling-deploy-feasible"]),
  service.set({ [`${BREAKER}.enable`]: false }, ["rolling-deploy-feasible"]),
  service.set({ [`${BREAKER}.rollback`]: false }, ["rolling-deploy-feasible"]),
  service.set({ [BREAKER]: undefined }, ["rolling-deploy-feasible"]),

  // Health
  service.set({ healthCheckGracePeriodSeconds: 30 }, []),
  service.set({ healthCheckGracePeriodSeconds: 29 }, ["cooldown-and-warmup-bounds"]),
  service.set({ healthCheckGracePeriodSeconds: 9 }, [
    "cooldown-and-warmup-bounds",
    "health-check-grace",
  ]),
  service.set({ healthCheckGracePeriodSeconds: undefined }, [
    "cooldown-and-warmup-bounds",
    "health-check-grace",
  ]),
  service.set({ healthCheckGracePeriodSeconds: 601 }, ["cooldown-and-warmup-bounds"]),
  targetGroup.set({ "healthCheck.interval": 20 }, []),
  targetGroup.set({ "healthCheck.interval": 21 }, ["health-check-budget"]),
  targetGroup.set({ "healthCheck.interval": 31 }, ["health-check-budget", "health-check-grace"]),
  targetGroup.set({ "healthCheck.unhealthyThreshold": 12 }, []),
  targetGroup.set({ "healthCheck.unhealthyThreshold": 13 }, ["health-check-budget"]),
  targetGroup.set({ "healthCheck.healthyThreshold": 12 }, []),
  targetGroup.set({ "healthCheck.healthyThreshold": 13 }, ["health-check-grace"]),
  targetGroup.set({ "healthCheck.timeout": 10 }, ["health-check-budget"]),
  targetGroup.set({ "healthCheck.enabled": false }, ["health-check-budget"]),

  // Stops: a container has 60 s, and a Spot instance 120 s from its notice
  targetGroup.set({ deregistrationDelay: 14 }, ["drain-budget"]),
  targetGroup.set({ deregistrationDelay: 15 }, []),
  running.set({ deregistrationDelay: 60 }, []),
  running.set({ deregistrationDelay: 61 }, ["drain-budget-within-deadline"]),
  targetGroup.set({ deregistrationDelay: 121 }, ["drain-budget", "drain-budget-within-deadline"]),
  targetGroup.set({ deregistrationDelay: undefined }, [
    "drain-budget",
    "drain-budget-within-deadline",
  ]),
  deployedDev("aws:lb:TargetGroup web-target").set({ deregistrationDelay: 61 }, [
    "drain-budget",
    "drain-budget-within-deadline",
  ]),
  dev("aws:lb:TargetGroup web-target").set({ deregistrationDelay: 4 }, ["drain-budget"]),

  // Tasks with interfaces of their own, all in one zone
  service.set({ "networkConfiguration.subnets": ["subnet-1"] }, ["multi-az"]),
];
