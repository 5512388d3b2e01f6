import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { EcsService, type EcsServiceArgs } from "../../../infra/components/ecs-service";
import { buildContainerDefinitions } from "../../../infra/lib/container-definitions";
import {
  buildExecuteCommandPolicy,
  buildExecutionPolicy,
  buildExecutionTrustPolicy,
  buildTaskTrustPolicy,
} from "../../../infra/lib/task-policies";
import type { ServicePlan } from "../../../infra/plan/stack-plan";
import { underMocks } from "../../support/program-under-mocks";
import { aStackPlan, type ConfigOverrides } from "../../support/stack-plans";

const LOCATION = { partition: "aws", region: "eu-central-1", accountId: "123456789012" };
const CLUSTER_ARN = "arn:aws:ecs:eu-central-1:123456789012:cluster/web-1";
const SESSIONS_ARN = "arn:aws:logs:eu-central-1:123456789012:log-group:web-sessions-1";
const REPOSITORY_ARN = "arn:aws:ecr:eu-central-1:123456789012:repository/web-1";
const IMAGE = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/web-1@sha256:abc";
const TARGET_GROUP_ARN =
  "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/web-target-1/def";
const PARAMETER_ARN = "arn:aws:ssm:eu-central-1:123456789012:parameter/web/token";

interface Differences {
  readonly config?: ConfigOverrides | undefined;
  readonly plan?: Partial<ServicePlan> | undefined;
  readonly args?: Partial<Omit<EcsServiceArgs, "plan">> | undefined;
  /** Runs in the program, before the component. */
  readonly before?: () => void;
}

const serviceArgs = ({
  config,
  plan,
  args,
}: Pick<Differences, "config" | "plan" | "args"> = {}): EcsServiceArgs => ({
  plan: { ...aStackPlan(config).service, ...plan },
  location: LOCATION,
  clusterArn: CLUSTER_ARN,
  sessionLogGroupArn: SESSIONS_ARN,
  capacityProviderName: "cp-web-1",
  repositoryArn: REPOSITORY_ARN,
  imageReference: IMAGE,
  targetGroupArn: TARGET_GROUP_ARN,
  rollbackAlarmNames: ["web-errors-1", "web-latency-1"],
  taskSubnetIds: ["subnet-a", "subnet-b"],
  taskSecurityGroupId: undefined,
  ...args,
});

const declare = ({ config, plan, args, before }: Differences = {}) =>
  underMocks(() => {
    before?.();
    const listener = new aws.lb.Listener("listener", {
      loadBalancerArn:
        "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/a/b",
      defaultActions: [],
    });
    const service = new EcsService("web", serviceArgs({ config, plan, args }), [listener]);
    const { serviceName, serviceArn, taskDefinitionArn, logGroupName } = service;
    return { serviceName, serviceArn, taskDefinitionArn, logGroupName };
  });

/** Makes ECS run another revision than the declared one after the deployment. */
const rollBack = () => {
  pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
    type === "aws:ecs/service:Service"
      ? {
          props: {
            ...props,
            taskDefinition: "arn:aws:ecs:eu-central-1:123456789012:task-definition/web-dev:41",
          },
          opts,
        }
      : undefined,
  );
};

describe("EcsService", () => {
  it("is a log group, two roles, a policy, a task definition and the service", async () => {
    const { resources } = await declare();

    assert.deepEqual(resources.map(({ type, name }) => `${type} ${name}`).sort(), [
      "aws:cloudwatch/logGroup:LogGroup web-tasks",
      "aws:ecs/service:Service web",
      "aws:ecs/taskDefinition:TaskDefinition web",
      "aws:iam/role:Role web-execution",
      "aws:iam/role:Role web-task",
      "aws:iam/rolePolicy:RolePolicy web-execution",
      "aws:lb/listener:Listener listener",
      "ecs-on-ec2:index:EcsService web",
    ]);
  });

  it("keeps logs for their retention, and past the stack where that is protected", async () => {
    const off = (await declare()).only("aws:cloudwatch/logGroup:LogGroup");
    const on = (await declare({ config: { deletionProtection: true } })).only(
      "aws:cloudwatch/logGroup:LogGroup",
    );

    assert.deepEqual(off.inputs, { retentionInDays: 7 });
    assert.equal(off.retainOnDelete, false);
    assert.equal(on.retainOnDelete, true);
  });

  it("trusts ECS with the roles for tasks of this account only", async () => {
    const program = await declare();

    const trust = (name: string) => program.named("aws:iam/role:Role", name).inputs;
    assert.deepEqual(trust("web-execution"), {
      assumeRolePolicy: JSON.stringify(buildExecutionTrustPolicy()),
    });
    assert.deepEqual(trust("web-task"), {
      assumeRolePolicy: JSON.stringify(buildTaskTrustPolicy(LOCATION)),
    });
  });

  it("grants the execution role the image, the log and the secrets of the plan", async () => {
    const program = await declare({
      config: { container: { secretEnvironment: { TOKEN: PARAMETER_ARN } } },
    });
    const policy = program.only("aws:iam/rolePolicy:RolePolicy");
    const logGroupArn = `arn:aws:logs:eu-central-1:123456789012:log-group:${program.outputs["logGroupName"] as string}`;

    assert.match(policy.inputs["role"] as string, /^web-execution-/);
    assert.equal(
      policy.inputs["policy"],
      JSON.stringify(
        buildExecutionPolicy({
          repositoryArn: REPOSITORY_ARN,
          logGroupArn,
          secretArns: [PARAMETER_ARN],
        }),
      ),
    );
  });

  it("grants the task role nothing but sessions, where they are allowed", async () => {
    const program = await declare({ plan: { executeCommand: true } });
    const policy = program.named("aws:iam/rolePolicy:RolePolicy", "web-execute-command");

    assert.match(policy.inputs["role"] as string, /^web-task-/);
    assert.equal(policy.inputs["policy"], JSON.stringify(buildExecuteCommandPolicy(SESSIONS_ARN)));
    assert.equal(program.only("aws:ecs/service:Service").inputs["enableExecuteCommand"], true);
    assert.equal(program.ofType("aws:iam/rolePolicy:RolePolicy").length, 2);
  });

  it("registers the task of the plan with the pushed image, and keeps older revisions", async () => {
    const program = await declare();
    const { container } = aStackPlan().service;
    const { executionRoleArn, taskRoleArn, ...inputs } = program.only(
      "aws:ecs/taskDefinition:TaskDefinition",
    ).inputs;

    assert.match(executionRoleArn as string, /:role\/web-execution-/);
    assert.match(taskRoleArn as string, /:role\/web-task-/);
    assert.deepEqual(inputs, {
      family: "web-dev",
      skipDestroy: true,
      requiresCompatibilities: ["EC2"],
      networkMode: "bridge",
      cpu: "256",
      memory: "512",
      runtimePlatform: { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" },
      containerDefinitions: JSON.stringify(
        buildContainerDefinitions(container, {
          image: IMAGE,
          logGroupName: program.outputs["logGroupName"] as string,
          region: "eu-central-1",
        }),
      ),
    });
  });

  it("runs on x86 instances where the plan says so", async () => {
    const program = await declare({ plan: { architecture: "x86_64" } });

    assert.deepEqual(
      program.only("aws:ecs/taskDefinition:TaskDefinition").inputs["runtimePlatform"],
      { cpuArchitecture: "X86_64", operatingSystemFamily: "LINUX" },
    );
  });

  it("deploys by the capacity provider, waits, and rolls back by itself", async () => {
    const program = await declare();
    const { taskDefinition, ...inputs } = program.only("aws:ecs/service:Service").inputs;

    assert.equal(taskDefinition, program.outputs["taskDefinitionArn"]);
    assert.deepEqual(inputs, {
      cluster: CLUSTER_ARN,
      desiredCount: 1,
      capacityProviderStrategies: [{ capacityProvider: "cp-web-1", base: 1, weight: 1 }],
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      alarms: { alarmNames: ["web-errors-1", "web-latency-1"], enable: true, rollback: true },
      healthCheckGracePeriodSeconds: 60,
      orderedPlacementStrategies: [
        { type: "spread", field: "attribute:ecs.availability-zone" },
        { type: "binpack", field: "memory" },
      ],
      availabilityZoneRebalancing: "ENABLED",
      forceNewDeployment: true,
      waitForSteadyState: true,
      enableExecuteCommand: false,
      enableEcsManagedTags: true,
      propagateTags: "SERVICE",
      forceDelete: true,
      loadBalancers: [
        { targetGroupArn: TARGET_GROUP_ARN, containerName: "app", containerPort: 3000 },
      ],
    });
  });

  it("leaves the number of tasks to the scaling, and gives a deployment its time", async () => {
    const service = (await declare()).only("aws:ecs/service:Service");

    assert.deepEqual(service.ignoreChanges, ["desiredCount"]);
    assert.deepEqual(service.customTimeouts, { create: "20m", update: "30m", delete: "30m" });
  });

  it("stands only as long as its listeners and the policies of its roles", async () => {
    const program = await declare({ plan: { executeCommand: true } });
    const service = program.only("aws:ecs/service:Service");
    const required = program.resources.filter(({ type }) => /:(Listener|RolePolicy)$/.test(type));

    assert.equal(required.length, 3);
    for (const { urn } of required) {
      assert.ok(service.dependencies.includes(urn));
    }
  });

  it("keeps a protected service from being deleted with running tasks", async () => {
    const program = await declare({ config: { deletionProtection: true } });

    assert.equal(program.only("aws:ecs/service:Service").inputs["forceDelete"], false);
  });

  it("gives tasks a network interface of their own with awsvpc", async () => {
    const program = await declare({
      config: { service: { networkMode: "awsvpc" } },
      args: { taskSecurityGroupId: "sg-1" },
    });

    assert.deepEqual(program.only("aws:ecs/service:Service").inputs["networkConfiguration"], {
      subnets: ["subnet-a", "subnet-b"],
      securityGroups: ["sg-1"],
      assignPublicIp: false,
    });
    assert.equal(
      program.only("aws:ecs/taskDefinition:TaskDefinition").inputs["networkMode"],
      "awsvpc",
    );
  });

  for (const [reason, plan] of [
    ["no task may start above the desired ones", { deploymentMaximumPercent: 100 }],
    ["zones do not come first", { placementStrategies: [{ type: "binpack", field: "memory" }] }],
    ["it spreads by instance", { placementStrategies: [{ type: "spread", field: "instanceId" }] }],
  ] as const) {
    it(`does not rebalance zones where ${reason}`, async () => {
      const program = await declare({ plan });

      assert.equal(
        program.only("aws:ecs/service:Service").inputs["availabilityZoneRebalancing"],
        "DISABLED",
      );
    });
  }

  it("rebalances zones without a placement strategy", async () => {
    const program = await declare({ plan: { placementStrategies: [] } });

    assert.equal(
      program.only("aws:ecs/service:Service").inputs["availabilityZoneRebalancing"],
      "ENABLED",
    );
  });

  it("tells which task definition runs", async () => {
    const { outputs } = await declare();

    assert.equal(
      outputs["taskDefinitionArn"],
      "arn:aws:ecs:eu-central-1:123456789012:task-definition/web-dev:1",
    );
  });

  it("fails the run where ECS rolled the deployment back", async () => {
    await assert.rejects(
      declare({ before: rollBack }),
      /ecs rolled the deployment back: the service runs arn:aws:ecs:eu-central-1:123456789012:task-definition\/web-dev:41, declared is arn:aws:ecs:eu-central-1:123456789012:task-definition\/web-dev:1;/,
    );
  });

  it("does not mind in a preview, which knows only what ran before", async () => {
    const known = {
      newResource: ({ name, type, inputs }: pulumi.runtime.MockResourceArgs) => ({
        id: `${name}-id`,
        state: { arn: `arn of ${type} ${name}`, ...(inputs as object) },
      }),
      call: () => ({}),
    };
    await pulumi.runtime.setMocks(known, "ecs-on-ec2", "dev", true);
    await pulumi.runtime.runInPulumiStack(async () => {
      rollBack();
      const service = new EcsService("web", serviceArgs(), []);
      const deployed = await new Promise((resolve) => service.taskDefinitionArn.apply(resolve));

      assert.equal(deployed, "arn of aws:ecs/taskDefinition:TaskDefinition web");
    });
    await pulumi.runtime.disconnect();
  });
});
