import assert from "node:assert/strict";
import type { Json } from "../../tools/preview/graph";
import { textOf } from "../support/json";
import { deployedCopy } from "./deployed";
import type { EngineRun, EngineStack } from "./engine-stack";
import { assertOrder, operations } from "./operations";
import "./pulumi-cli";

interface Change {
  readonly title: string;
  /** @default dev */
  readonly environment?: string;
  /** @default none */
  readonly settings?: Readonly<Record<string, Json>>;
  /** What else changes. @default nothing */
  readonly edit?: (stack: EngineStack) => void;
  readonly operations: readonly string[];
  /** True looks for what is left to do afterwards, where a change has many parts. @default false */
  readonly settles?: boolean;
  /** More that must hold of the run. */
  readonly also?: (run: EngineRun, stack: EngineStack) => Promise<void> | void;
}

const CHANGES: readonly Change[] = [
  {
    title: "the app's content: a new image, a new revision and a deployment of the service",
    edit: (stack) => {
      stack.edit("app/src/routes/home.ts", (text) => `${text}\n// A new release.\n`);
    },
    operations: [
      "update aws:ecs:Service web",
      "replace aws:ecs:TaskDefinition web",
      "update aws:ssm:Parameter web-image-tag",
      "update docker:index:Image web-build",
      "update ecs-on-ec2:index:ContainerImage web",
      "update ecs-on-ec2:index:EcsService web",
    ],
    settles: true,
    also: async (run, stack) => {
      assertOrder(
        run,
        ["update", "aws:ssm:Parameter web-image-tag"],
        ["update", "docker:index:Image web-build"],
        ["create-replacement", "aws:ecs:TaskDefinition web"],
        ["update", "aws:ecs:Service web"],
        ["delete-replaced", "aws:ecs:TaskDefinition web"],
      );
      const { taskDefinition } = await stack.outputs();
      assert.match(textOf(taskDefinition), /:task-definition\/web-dev:2$/);
    },
  },
  {
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
  {
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
  {
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
  {
    title: "the target of the scaling",
    settings: { cpuTargetPercent: 50 },
    operations: [
      "update aws:appautoscaling:Policy web-cpu",
      "update ecs-on-ec2:index:ServiceScaling web",
    ],
  },
  {
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
    settles: true,
    also: (run) => {
      assertOrder(
        run,
        ["create", "aws:acm:Certificate web"],
        ["create", "aws:route53:Record web-validation"],
        ["create", "aws:acm:CertificateValidation web"],
        ["create", "aws:lb:Listener web-https"],
        ["update", "aws:lb:Listener web-http"],
      );
    },
  },
  {
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
    settles: true,
    also: (run) => {
      assertOrder(
        run,
        ["create-replacement", "aws:lb:TargetGroup web-target"],
        ["update", "aws:lb:Listener web-http"],
        ["update", "aws:ecs:Service web"],
        ["delete-replaced", "aws:lb:TargetGroup web-target"],
      );
      // The new tasks are reached before the service starts them, the old ones until it has stopped them.
      assertOrder(
        run,
        ["create", "aws:vpc:SecurityGroupIngressRule web-tasks-from-load-balancer"],
        ["update", "aws:ecs:Service web"],
        ["delete", "aws:vpc:SecurityGroupIngressRule web-instances-from-load-balancer"],
      );
      assertOrder(
        run,
        ["create", "aws:vpc:SecurityGroupEgressRule web-load-balancer-to-tasks"],
        ["update", "aws:ecs:Service web"],
        ["delete", "aws:vpc:SecurityGroupEgressRule web-load-balancer-to-instances"],
      );
    },
  },
  {
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
    settles: true,
    also: (run) => {
      // An instance of the new zone reaches ECR from its first second.
      assertOrder(
        run,
        ["create", "aws:ec2:Subnet web-private-3"],
        ["create", "aws:ec2:RouteTableAssociation web-private-3"],
        ["update", "aws:ec2:VpcEndpoint web-s3"],
        ["update", "aws:autoscaling:Group web"],
      );
    },
  },
  {
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
    also: (_, stack) => {
      const left = stack.held().filter(({ name }) => name === "web-flow-logs");
      assert.deepEqual(
        left.map(({ type }) => type),
        ["aws:cloudwatch/logGroup:LogGroup"],
      );
    },
  },
];

describe("a change of", function () {
  this.timeout(240_000);

  for (const change of CHANGES) {
    it(change.title, async () => {
      const stack = await deployedCopy(change.environment);
      stack.change(change.settings ?? {});
      change.edit?.(stack);

      const run = await stack.succeed("up");

      assert.deepEqual(operations(run), change.operations);
      await change.also?.(run, stack);
      if (change.settles === true) await stack.succeed("preview", ["--expect-no-changes"]);
      await stack.remove();
    });
  }
});
