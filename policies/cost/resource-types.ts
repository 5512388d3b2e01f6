import { LOAD_BALANCER_TYPES } from "../load-balancer-types";
import { TYPES } from "../wiring";

/** Type tokens of what the inventory counts, besides those that are wired for scaling. */
export const COSTED = {
  subnet: "aws:ec2/subnet:Subnet",
  elasticIp: "aws:ec2/eip:Eip",
  natGateway: "aws:ec2/natGateway:NatGateway",
  endpoint: "aws:ec2/vpcEndpoint:VpcEndpoint",
  flowLog: "aws:ec2/flowLog:FlowLog",
  key: "aws:kms/key:Key",
  alarm: "aws:cloudwatch/metricAlarm:MetricAlarm",
  dashboard: "aws:cloudwatch/dashboard:Dashboard",
  webAcl: "aws:wafv2/webAcl:WebAcl",
} as const;

/** Every type that the inventory reads. */
export const INVENTORY_TYPES: readonly string[] = [
  ...Object.values(COSTED),
  ...LOAD_BALANCER_TYPES,
  TYPES.group,
  TYPES.groupPolicy,
  TYPES.launchTemplate,
  TYPES.capacityProvider,
  TYPES.cluster,
  TYPES.service,
  TYPES.target,
  TYPES.scalingPolicy,
];

/**
 * Modules and resources of AWS without a price of their own: nothing is paid for them, or only for their
 * use, which an estimate names once for all. Either a whole module or one type.
 */
const WITHOUT_PRICE: readonly string[] = [
  "aws:acm/",
  "aws:appautoscaling/",
  "aws:autoscaling/",
  "aws:cloudwatch/eventRule:",
  "aws:cloudwatch/eventTarget:",
  "aws:cloudwatch/logGroup:",
  "aws:ec2/eipAssociation:",
  "aws:ec2/internetGateway:",
  "aws:ec2/networkAcl",
  "aws:ec2/route",
  "aws:ec2/securityGroup",
  "aws:ec2/vpc:",
  "aws:ecr/",
  "aws:ecs/clusterCapacityProviders:",
  "aws:ecs/taskDefinition:",
  "aws:iam/",
  "aws:kms/alias:",
  "aws:lb/listener",
  "aws:lb/targetGroup",
  "aws:alb/listener",
  "aws:alb/targetGroup",
  "aws:route53/record:",
  "aws:s3/",
  "aws:sns/",
  "aws:ssm/parameter:",
  "aws:vpc/",
  "aws:wafv2/webAclAssociation:",
];

/** True for a type of AWS that may cost something and is in no line of an estimate. */
export function isUncounted(type: string): boolean {
  return (
    type.startsWith("aws:") &&
    !INVENTORY_TYPES.includes(type) &&
    !WITHOUT_PRICE.some((prefix) => type.startsWith(prefix))
  );
}
