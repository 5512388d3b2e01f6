import type { Json } from "../../tools/preview/graph";

/** A change of a deployed stack and what the engine does for it. */
export interface StackChange {
  readonly title: string;
  /** @default dev */
  readonly environment?: string;
  /** Settings of the stack's file. @default none */
  readonly settings?: Readonly<Record<string, Json>>;
  /** Files of the project and what becomes of their texts. @default none */
  readonly edits?: Readonly<Record<string, (text: string) => string>>;
  /** `operation type name` in the order of types and names. */
  readonly operations: readonly string[];
}

/**
 * Changes with the operations of the real engine, which the engine's suite proves; what compares
 * without an engine has to come to the same.
 */
export const STACK_CHANGES = {
  content: {
    title: "the app's content: a new image, a new revision and a deployment of the service",
    edits: { "app/src/routes/home.ts": (text) => `${text}\n// A new release.\n` },
    operations: [
      "update aws:ecs:Service web",
      "replace aws:ecs:TaskDefinition web",
      "update aws:ssm:Parameter web-image-tag",
      "update docker:index:Image web-build",
      "update ecs-on-ec2:index:ContainerImage web",
      "update ecs-on-ec2:index:EcsService web",
    ],
  },
  taskSize: {
    title: "the size of a task",
    settings: { taskMemoryMiB: 448 },
    operations: [
      "update aws:autoscaling:Group web",
      "update aws:cloudwatch:MetricAlarm web-most-instances",
      "update aws:ecs:Service web",
      "replace aws:ecs:TaskDefinition web",
      "update ecs-on-ec2:index:Ec2Capacity web",
      "update ecs-on-ec2:index:EcsService web",
      "update ecs-on-ec2:index:Observability web",
    ],
  },
  instanceTypes: {
    title: "the instance types",
    settings: { instanceTypes: ["t4g.medium"] },
    operations: [
      "update aws:autoscaling:Group web",
      "update aws:cloudwatch:MetricAlarm web-most-instances",
      "update aws:ecs:CapacityProvider cp-web",
      "update ecs-on-ec2:index:Ec2Capacity web",
      "update ecs-on-ec2:index:Observability web",
    ],
  },
  taskBounds: {
    title: "the bounds of the tasks, which move those of the instances",
    settings: { maxTasks: 2 },
    operations: [
      "update aws:appautoscaling:Target web",
      "update aws:autoscaling:Group web",
      "update aws:cloudwatch:MetricAlarm web-most-instances",
      "update aws:ecs:CapacityProvider cp-web",
      "update ecs-on-ec2:index:Ec2Capacity web",
      "update ecs-on-ec2:index:Observability web",
      "update ecs-on-ec2:index:ServiceScaling web",
    ],
  },
  scalingTarget: {
    title: "the target of the scaling",
    settings: { cpuTargetPercent: 50 },
    operations: [
      "update aws:appautoscaling:Policy web-cpu",
      "update ecs-on-ec2:index:ServiceScaling web",
    ],
  },
  domain: {
    title: "a domain, which brings a certificate and HTTPS before HTTP redirects to it",
    settings: { domainName: "web.example.com", hostedZoneId: "Z0123456789ABCDEFGHIJ" },
    operations: [
      "create aws:acm:Certificate web",
      "create aws:acm:CertificateValidation web",
      "update aws:lb:Listener web-http",
      "create aws:lb:Listener web-https",
      "create aws:route53:Record web",
      "create aws:route53:Record web-validation",
      "create aws:vpc:SecurityGroupIngressRule web-load-balancer-from-internet-443",
      "create ecs-on-ec2:index:Certificate web",
      "update ecs-on-ec2:index:LoadBalancer web",
      "update ecs-on-ec2:index:SecurityGroups web",
    ],
  },
  networkMode: {
    title: "the network mode, which replaces the target group: nothing goes that is still in use",
    settings: { networkMode: "awsvpc" },
    operations: [
      "update aws:appautoscaling:Policy web-requests",
      "update aws:cloudwatch:Dashboard web",
      "update aws:cloudwatch:MetricAlarm web-latency",
      "update aws:cloudwatch:MetricAlarm web-unhealthy",
      "create aws:ec2:SecurityGroup web-tasks",
      "update aws:ecs:Service web",
      "replace aws:ecs:TaskDefinition web",
      "update aws:lb:Listener web-http",
      "replace aws:lb:TargetGroup web-target",
      "delete aws:vpc:SecurityGroupEgressRule web-load-balancer-to-instances",
      "create aws:vpc:SecurityGroupEgressRule web-load-balancer-to-tasks",
      "create aws:vpc:SecurityGroupEgressRule web-tasks-to-anywhere",
      "delete aws:vpc:SecurityGroupIngressRule web-instances-from-load-balancer",
      "create aws:vpc:SecurityGroupIngressRule web-tasks-from-load-balancer",
      "update ecs-on-ec2:index:EcsService web",
      "update ecs-on-ec2:index:LoadBalancer web",
      "update ecs-on-ec2:index:LoadBalancerAlarms web",
      "update ecs-on-ec2:index:Observability web",
      "update ecs-on-ec2:index:SecurityGroups web",
      "update ecs-on-ec2:index:ServiceScaling web",
    ],
  },
  zones: {
    title: "the number of zones, which leaves the subnets that are in use as they are",
    settings: { availabilityZones: 3 },
    operations: [
      "update aws:autoscaling:Group web",
      "create aws:ec2:Route web-private-3",
      "create aws:ec2:Route web-public-3",
      "create aws:ec2:RouteTable web-private-3",
      "create aws:ec2:RouteTable web-public-3",
      "create aws:ec2:RouteTableAssociation web-private-3",
      "create aws:ec2:RouteTableAssociation web-public-3",
      "create aws:ec2:Subnet web-private-3",
      "create aws:ec2:Subnet web-public-3",
      "update aws:ec2:VpcEndpoint web-s3",
      "update aws:lb:LoadBalancer web",
      "update ecs-on-ec2:index:Ec2Capacity web",
      "update ecs-on-ec2:index:EcsService web",
      "update ecs-on-ec2:index:LoadBalancer web",
      "update ecs-on-ec2:index:Network web",
    ],
  },
  flowLogs: {
    title: "an option that is taken away: what belongs to it goes, but for its log",
    environment: "prod",
    settings: { flowLogs: false },
    operations: [
      "delete aws:cloudwatch:LogGroup web-flow-logs",
      "delete aws:ec2:FlowLog web-flow-logs",
      "delete aws:iam:Role web-flow-logs",
      "delete aws:iam:RolePolicy web-flow-logs",
      "update ecs-on-ec2:index:Network web",
    ],
  },
} satisfies Readonly<Record<string, StackChange>>;
