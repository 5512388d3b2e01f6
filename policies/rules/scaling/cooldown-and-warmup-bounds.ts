import { requireBounds } from "../../bounds";
import { resourcePolicy } from "../../policy";
import { repairNumber } from "../../repair-number";
import { listOf } from "../../values";

const GROUP = "aws:autoscaling/group:Group";

/** What EC2 Auto Scaling takes for a cooldown and a grace period that are left out, in seconds. */
const GROUP_DEFAULT_SECONDS = 300;

export const cooldownAndWarmupBounds = resourcePolicy({
  name: "cooldown-and-warmup-bounds",
  description:
    "New instances and tasks have time to warm up before they count, and scaling pauses in between.",
  severity: "medium",
  levels: { dev: "advisory", prod: "mandatory" },
  frameworks: ["cdk-nag AwsSolutions-AS1"],
  remediationSteps:
    "Set instanceWarmupSeconds and healthCheckGraceSeconds in Pulumi.<stack>.yaml within the limits. A group outside this project sets defaultInstanceWarmup, and leaves defaultCooldown and healthCheckGracePeriod out or inside.",
  url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-default-instance-warmup.html",
  checks: [
    {
      type: GROUP,
      check: ({ props }, { limits, violate }) => {
        requireBounds(violate, {
          property: "defaultInstanceWarmup",
          value: props["defaultInstanceWarmup"],
          allowed: limits.instanceWarmupSeconds,
          unit: "s",
          fix: "set instanceWarmupSeconds",
        });
      },
    },
    {
      type: GROUP,
      check: ({ props }, { limits, violate }) => {
        requireBounds(violate, {
          property: "defaultCooldown",
          value: props["defaultCooldown"],
          allowed: limits.cooldownSeconds,
          byDefault: GROUP_DEFAULT_SECONDS,
          unit: "s",
          fix: "leave defaultCooldown out: AWS takes 300 s",
        });
      },
    },
    {
      type: GROUP,
      check: ({ props }, { limits, violate }) => {
        requireBounds(violate, {
          property: "healthCheckGracePeriod",
          value: props["healthCheckGracePeriod"],
          allowed: limits.graceSeconds,
          byDefault: GROUP_DEFAULT_SECONDS,
          unit: "s",
          fix: "set instanceWarmupSeconds, which is also the grace period",
        });
      },
    },
    {
      type: "aws:ecs/service:Service",
      check: ({ props }, { limits, violate }) => {
        // ECS takes a grace period only behind a load balancer.
        if (listOf(props["loadBalancers"]).length > 0) {
          requireBounds(violate, {
            property: "healthCheckGracePeriodSeconds",
            value: props["healthCheckGracePeriodSeconds"],
            allowed: limits.graceSeconds,
            byDefault: 0,
            unit: "s",
            fix: "set healthCheckGraceSeconds",
          });
        }
      },
    },
  ],
  remediation: {
    type: GROUP,
    repair: (props, { instanceWarmupSeconds }) =>
      repairNumber(props, "defaultInstanceWarmup", instanceWarmupSeconds, GROUP_DEFAULT_SECONDS),
  },
});
