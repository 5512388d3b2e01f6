import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ScalingPlan } from "../plan/stack-plan";
import { typeToken } from "./type-token";

export interface ServiceScalingArgs {
  readonly plan: ScalingPlan;
  readonly clusterName: pulumi.Input<string>;
  readonly serviceName: pulumi.Input<string>;
  readonly loadBalancerArnSuffix: pulumi.Input<string>;
  readonly targetGroupArnSuffix: pulumi.Input<string>;
}

/**
 * The scaling of the service: between its bounds Application Auto Scaling keeps CPU use and requests
 * a task at their targets, taking the larger count of the two; schedules move the bounds. It costs
 * nothing but the alarms that it makes itself.
 */
export class ServiceScaling extends pulumi.ComponentResource {
  /** `service/CLUSTER/SERVICE`, known once the bounds are set. */
  readonly resourceId: pulumi.Output<string>;

  constructor(name: string, args: ServiceScalingArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("ServiceScaling"), name, args, opts);
    const { plan } = args;

    const target = new aws.appautoscaling.Target(
      name,
      {
        serviceNamespace: "ecs",
        scalableDimension: "ecs:service:DesiredCount",
        resourceId: pulumi.interpolate`service/${args.clusterName}/${args.serviceName}`,
        minCapacity: plan.minTasks,
        maxCapacity: plan.maxTasks,
      },
      {
        parent: this,
        // A schedule moves the bounds in AWS; the program would move them back at the next deployment.
        ignoreChanges: plan.scheduled.length === 0 ? [] : ["minCapacity", "maxCapacity"],
      },
    );
    const scalable = {
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
    };
    const trackTarget = (
      role: string,
      targetValue: number,
      metric: aws.types.input.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecification,
    ) =>
      new aws.appautoscaling.Policy(
        `${name}-${role}`,
        {
          ...scalable,
          policyType: "TargetTrackingScaling",
          targetTrackingScalingPolicyConfiguration: {
            targetValue,
            scaleOutCooldown: plan.scaleOutCooldownSeconds,
            scaleInCooldown: plan.scaleInCooldownSeconds,
            predefinedMetricSpecification: metric,
          },
        },
        { parent: this },
      );

    trackTarget("cpu", plan.cpuTargetPercent, {
      predefinedMetricType: "ECSServiceAverageCPUUtilization",
    });
    trackTarget("requests", plan.requestsPerTarget, {
      predefinedMetricType: "ALBRequestCountPerTarget",
      resourceLabel: pulumi.interpolate`${args.loadBalancerArnSuffix}/${args.targetGroupArnSuffix}`,
    });
    for (const bounds of plan.scheduled) {
      new aws.appautoscaling.ScheduledAction(
        `${name}-${bounds.name}`,
        {
          ...scalable,
          schedule: bounds.schedule,
          timezone: bounds.timezone,
          scalableTargetAction: { minCapacity: bounds.minTasks, maxCapacity: bounds.maxTasks },
        },
        { parent: this },
      );
    }

    this.resourceId = target.resourceId;
    this.registerOutputs({ resourceId: this.resourceId });
  }
}
