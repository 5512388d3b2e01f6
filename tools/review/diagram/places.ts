/** What the diagram has nodes for, in the order in which they are drawn. */
export const KINDS = {
  internet: "Internet",
  dns: "DNS records",
  certificate: "Certificates",
  webAcl: "Web ACL",
  loadBalancer: "Load balancer",
  targetGroup: "Target group",
  service: "Service",
  taskDefinition: "Task definition",
  repository: "Repository",
  cluster: "Cluster",
  capacityProvider: "Capacity provider",
  group: "Auto Scaling group",
  network: "Network",
  nat: "NAT gateways",
  securityGroups: "Security groups",
  roles: "Roles",
  alarms: "Alarms",
  topic: "Notifications",
  logs: "Log groups",
  buckets: "Buckets",
  other: "Other resources",
} as const;

export type Kind = keyof typeof KINDS;

/** How a resource of a type comes into the diagram. */
export interface Place {
  readonly kind: Kind;
  /**
   * `own`: a node for itself. `counted` and `behind`: one node for all of the kind, which counts the former.
   * Else a part of the resource that the property refers to, or that refers to it by the property.
   */
  readonly as:
    | "own"
    | "counted"
    | "behind"
    | { readonly partOf: string }
    | { readonly usedBy: readonly [type: string, property: string][] };
}

/** The place of a type. A type that the table does not know counts among the others. */
export function placeOf(type: string): Place {
  return PLACES.get(type) ?? { kind: "other", as: "counted" };
}

const GROUP_TYPE = "aws:autoscaling/group:Group";

/** The provider has the resources of Elastic Load Balancing under two tokens. */
const balancing = (resource: string): readonly string[] => [
  `aws:lb/${resource}`,
  `aws:alb/${resource}`,
];

const entries = (kind: Kind, as: Place["as"], ...types: readonly string[]) =>
  types.map((type): [string, Place] => [type, { kind, as }]);

const PLACES: ReadonlyMap<string, Place> = new Map([
  ...entries("dns", "counted", "aws:route53/record:Record"),
  ...entries("certificate", "counted", "aws:acm/certificate:Certificate"),
  ...entries("certificate", "behind", "aws:acm/certificateValidation:CertificateValidation"),
  ...entries("webAcl", "own", "aws:wafv2/webAcl:WebAcl"),
  ...entries("loadBalancer", "own", ...balancing("loadBalancer:LoadBalancer")),
  ...entries("loadBalancer", { partOf: "loadBalancerArn" }, ...balancing("listener:Listener")),
  ...entries("loadBalancer", { partOf: "listenerArn" }, ...balancing("listenerRule:ListenerRule")),
  ...entries(
    "loadBalancer",
    { partOf: "resourceArn" },
    "aws:wafv2/webAclAssociation:WebAclAssociation",
  ),
  ...entries("targetGroup", "own", ...balancing("targetGroup:TargetGroup")),
  ...entries(
    "targetGroup",
    { partOf: "targetGroupArn" },
    ...balancing("targetGroupAttachment:TargetGroupAttachment"),
  ),
  ...entries("service", "own", "aws:ecs/service:Service"),
  ...entries(
    "service",
    { partOf: "resourceId" },
    "aws:appautoscaling/target:Target",
    "aws:appautoscaling/policy:Policy",
    "aws:appautoscaling/scheduledAction:ScheduledAction",
  ),
  ...entries("taskDefinition", "own", "aws:ecs/taskDefinition:TaskDefinition"),
  ...entries("repository", "own", "aws:ecr/repository:Repository"),
  ...entries("repository", { partOf: "repository" }, "aws:ecr/lifecyclePolicy:LifecyclePolicy"),
  ...entries("repository", { partOf: "imageName" }, "docker:index/image:Image"),
  ...entries("cluster", "own", "aws:ecs/cluster:Cluster"),
  ...entries(
    "cluster",
    { partOf: "clusterName" },
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
  ),
  ...entries("capacityProvider", "own", "aws:ecs/capacityProvider:CapacityProvider"),
  ...entries("group", "own", GROUP_TYPE),
  ...entries(
    "group",
    {
      usedBy: [
        [GROUP_TYPE, "mixedInstancesPolicy"],
        [GROUP_TYPE, "launchTemplate"],
      ],
    },
    "aws:ec2/launchTemplate:LaunchTemplate",
  ),
  ...entries(
    "group",
    { partOf: "autoscalingGroupName" },
    "aws:autoscaling/policy:Policy",
    "aws:autoscaling/schedule:Schedule",
    "aws:autoscaling/lifecycleHook:LifecycleHook",
  ),
  ...entries("network", "counted", "aws:ec2/subnet:Subnet"),
  ...entries(
    "network",
    "behind",
    "aws:ec2/vpc:Vpc",
    "aws:ec2/internetGateway:InternetGateway",
    "aws:ec2/route:Route",
    "aws:ec2/routeTable:RouteTable",
    "aws:ec2/routeTableAssociation:RouteTableAssociation",
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    "aws:ec2/flowLog:FlowLog",
  ),
  ...entries("nat", "counted", "aws:ec2/natGateway:NatGateway"),
  ...entries(
    "nat",
    {
      usedBy: [
        ["aws:ec2/natGateway:NatGateway", "allocationId"],
        ...balancing("loadBalancer:LoadBalancer").map((type): [string, string] => [
          type,
          "subnetMappings",
        ]),
      ],
    },
    "aws:ec2/eip:Eip",
  ),
  ...entries("securityGroups", "counted", "aws:ec2/securityGroup:SecurityGroup"),
  ...entries(
    "securityGroups",
    "behind",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    "aws:ec2/securityGroupRule:SecurityGroupRule",
  ),
  ...entries("roles", "counted", "aws:iam/role:Role"),
  ...entries(
    "roles",
    "behind",
    "aws:iam/rolePolicy:RolePolicy",
    "aws:iam/policy:Policy",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:iam/instanceProfile:InstanceProfile",
  ),
  ...entries(
    "alarms",
    "counted",
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    "aws:cloudwatch/compositeAlarm:CompositeAlarm",
  ),
  ...entries(
    "alarms",
    "behind",
    "aws:cloudwatch/dashboard:Dashboard",
    "aws:cloudwatch/eventRule:EventRule",
    "aws:cloudwatch/eventTarget:EventTarget",
  ),
  ...entries("topic", "counted", "aws:sns/topic:Topic"),
  ...entries(
    "topic",
    "behind",
    "aws:sns/topicPolicy:TopicPolicy",
    "aws:sns/topicSubscription:TopicSubscription",
  ),
  ...entries("logs", "counted", "aws:cloudwatch/logGroup:LogGroup"),
  ...entries("buckets", "counted", "aws:s3/bucket:Bucket"),
  ...entries(
    "buckets",
    "behind",
    "aws:s3/bucketPolicy:BucketPolicy",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "aws:s3/bucketVersioning:BucketVersioning",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  ),
]);
