import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { buildContainerDefinitions } from "../lib/container-definitions";
import { requireDeployedRevision } from "../lib/deployed-revision";
import {
  buildExecuteCommandPolicy,
  buildExecutionPolicy,
  buildExecutionTrustPolicy,
  buildTaskTrustPolicy,
} from "../lib/task-policies";
import type { ServicePlan } from "../plan/stack-plan";
import type { LocationInput } from "./location";
import { typeToken } from "./type-token";

export interface EcsServiceArgs {
  readonly plan: ServicePlan;
  /** Where the stack lives. */
  readonly location: LocationInput;
  readonly clusterArn: pulumi.Input<string>;
  /** Log group of the cluster that records the sessions of `aws ecs execute-command`. */
  readonly sessionLogGroupArn: pulumi.Input<string>;
  readonly capacityProviderName: pulumi.Input<string>;
  readonly repositoryArn: pulumi.Input<string>;
  /** The image by digest, `REPOSITORY@sha256:DIGEST`. */
  readonly imageReference: pulumi.Input<string>;
  readonly targetGroupArn: pulumi.Input<string>;
  /** Alarms that undo a deployment when they go off during it. */
  readonly rollbackAlarmNames: pulumi.Input<pulumi.Input<string>[]>;
  /** Where tasks get their network interfaces with awsvpc; unused with bridge. */
  readonly taskSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Security group of these network interfaces; undefined with bridge. */
  readonly taskSecurityGroupId: pulumi.Input<string> | undefined;
  /** ARN of the policy that bounds both roles. @default - none */
  readonly permissionsBoundary?: string | undefined;
}

/**
 * The service: its task definition and roles, its log group, and the deployment that ECS rolls back
 * where the tasks do not start or users see errors. The instances that it runs on cost, and the logs.
 */
export class EcsService extends pulumi.ComponentResource {
  readonly serviceName: pulumi.Output<string>;
  readonly serviceArn: pulumi.Output<string>;
  /** ARN of the task definition that runs; fails the deployment where ECS rolled it back. */
  readonly taskDefinitionArn: pulumi.Output<string>;
  readonly logGroupName: pulumi.Output<string>;

  /**
   * @param requires what has to stand before the first task starts and until the last one is gone:
   *   the listeners of the target group, and the capacity provider's association with the cluster
   */
  constructor(
    name: string,
    args: EcsServiceArgs,
    requires: readonly pulumi.Resource[],
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(typeToken("EcsService"), name, args, opts);
    const { plan } = args;

    const logGroup = new aws.cloudwatch.LogGroup(
      `${name}-tasks`,
      { retentionInDays: plan.logRetentionDays },
      { parent: this, retainOnDelete: plan.deletionProtection },
    );
    const roles = declareRoles(name, args, logGroup, this);
    const taskDefinition = new aws.ecs.TaskDefinition(
      name,
      {
        family: plan.family,
        // ECS rolls back to the revision before, which it can do only while that one is active.
        skipDestroy: true,
        requiresCompatibilities: ["EC2"],
        networkMode: plan.networkMode,
        cpu: String(plan.taskCpu),
        memory: String(plan.taskMemoryMiB),
        runtimePlatform: {
          cpuArchitecture: plan.architecture === "arm64" ? "ARM64" : "X86_64",
          operatingSystemFamily: "LINUX",
        },
        executionRoleArn: roles.executionRoleArn,
        taskRoleArn: roles.taskRoleArn,
        containerDefinitions: containerDefinitions(args, logGroup.name),
      },
      { parent: this },
    );
    const service = new aws.ecs.Service(
      name,
      {
        ...deploymentSettings(plan),
        cluster: args.clusterArn,
        taskDefinition: taskDefinition.arn,
        capacityProviderStrategies: [
          { capacityProvider: args.capacityProviderName, base: 1, weight: 1 },
        ],
        alarms: { alarmNames: args.rollbackAlarmNames, enable: true, rollback: true },
        loadBalancers: [
          {
            targetGroupArn: args.targetGroupArn,
            containerName: plan.container.name,
            containerPort: plan.containerPort,
          },
        ],
        ...networkSettings(args),
      },
      {
        parent: this,
        // A task whose role has lost its policy cannot stop cleanly, and the service hangs in DRAINING.
        dependsOn: [...requires, ...roles.policies],
        // Application Auto Scaling owns the number of tasks after the first deployment.
        ignoreChanges: ["desiredCount"],
        customTimeouts: { create: "20m", update: "30m", delete: "30m" },
      },
    );

    this.serviceName = service.name;
    this.serviceArn = service.arn;
    this.taskDefinitionArn = deployedTaskDefinition(service, taskDefinition);
    this.logGroupName = logGroup.name;
    this.registerOutputs({
      serviceName: this.serviceName,
      serviceArn: this.serviceArn,
      taskDefinitionArn: this.taskDefinitionArn,
      logGroupName: this.logGroupName,
      // Policies on the whole stack see outputs, and the container definitions are unknown in a first preview.
      stopTimeoutSeconds: plan.container.stopTimeout,
    });
  }
}

interface TaskRoles {
  readonly executionRoleArn: pulumi.Output<string>;
  readonly taskRoleArn: pulumi.Output<string>;
  readonly policies: readonly aws.iam.RolePolicy[];
}

/** The role that ECS starts a task with, and the role of the application, which may do nothing by itself. */
function declareRoles(
  name: string,
  args: EcsServiceArgs,
  logGroup: aws.cloudwatch.LogGroup,
  parent: pulumi.Resource,
): TaskRoles {
  const executionRole = new aws.iam.Role(
    `${name}-execution`,
    {
      assumeRolePolicy: pulumi.jsonStringify(buildExecutionTrustPolicy()),
      permissionsBoundary: args.permissionsBoundary,
    },
    { parent },
  );
  const taskRole = new aws.iam.Role(
    `${name}-task`,
    {
      assumeRolePolicy: pulumi.jsonStringify(
        pulumi.output(args.location).apply(buildTaskTrustPolicy),
      ),
      permissionsBoundary: args.permissionsBoundary,
    },
    { parent },
  );
  const executionPolicy = new aws.iam.RolePolicy(
    `${name}-execution`,
    {
      role: executionRole.name,
      policy: pulumi.jsonStringify(
        pulumi
          .all([args.repositoryArn, logGroup.arn])
          .apply(([repositoryArn, logGroupArn]) =>
            buildExecutionPolicy({ repositoryArn, logGroupArn, secretArns: args.plan.secretArns }),
          ),
      ),
    },
    { parent },
  );
  const policies = [executionPolicy];
  if (args.plan.executeCommand) {
    policies.push(
      new aws.iam.RolePolicy(
        `${name}-execute-command`,
        {
          role: taskRole.name,
          policy: pulumi.jsonStringify(
            pulumi.output(args.sessionLogGroupArn).apply(buildExecuteCommandPolicy),
          ),
        },
        { parent },
      ),
    );
  }
  return { executionRoleArn: executionRole.arn, taskRoleArn: taskRole.arn, policies };
}

function containerDefinitions(
  { plan, imageReference, location }: EcsServiceArgs,
  logGroupName: pulumi.Output<string>,
): pulumi.Output<string> {
  return pulumi.jsonStringify(
    pulumi
      .all([imageReference, logGroupName, location.region])
      .apply(([image, group, region]) =>
        buildContainerDefinitions(plan.container, { image, logGroupName: group, region }),
      ),
  );
}

/** How ECS starts, spreads, replaces and labels tasks. */
function deploymentSettings(plan: ServicePlan) {
  return {
    desiredCount: plan.desiredTasks,
    deploymentMinimumHealthyPercent: plan.deploymentMinimumHealthyPercent,
    deploymentMaximumPercent: plan.deploymentMaximumPercent,
    deploymentCircuitBreaker: { enable: true, rollback: true },
    healthCheckGracePeriodSeconds: plan.healthCheckGraceSeconds,
    orderedPlacementStrategies: plan.placementStrategies.map(({ type, field }) => ({
      type,
      field,
    })),
    availabilityZoneRebalancing: canRebalanceZones(plan) ? "ENABLED" : "DISABLED",
    // Without it a changed capacity provider replaces the service instead of deploying it anew.
    forceNewDeployment: true,
    waitForSteadyState: true,
    enableExecuteCommand: plan.executeCommand,
    enableEcsManagedTags: true,
    propagateTags: "SERVICE",
    forceDelete: !plan.deletionProtection,
  };
}

/**
 * ECS moves tasks between zones by starting the new one first, and refuses to where that is ruled out.
 * Source: "Balancing an Amazon ECS service across Availability Zones" in the ECS Developer Guide.
 */
function canRebalanceZones({
  deploymentMaximumPercent,
  placementStrategies,
}: ServicePlan): boolean {
  const [first] = placementStrategies;
  return (
    deploymentMaximumPercent > 100 &&
    (first === undefined ||
      (first.type === "spread" && first.field === "attribute:ecs.availability-zone"))
  );
}

/** ECS takes a network configuration with awsvpc only. */
function networkSettings(args: EcsServiceArgs) {
  return args.taskSecurityGroupId === undefined
    ? {}
    : {
        networkConfiguration: {
          subnets: args.taskSubnetIds,
          securityGroups: [args.taskSecurityGroupId],
          assignPublicIp: false,
        },
      };
}

function deployedTaskDefinition(
  service: aws.ecs.Service,
  taskDefinition: aws.ecs.TaskDefinition,
): pulumi.Output<string> {
  return pulumi.all([service.taskDefinition, taskDefinition.arn]).apply(([deployed, declared]) =>
    // A preview knows what ran before, not what is going to run.
    pulumi.runtime.isDryRun() ? declared : requireDeployedRevision(deployed, declared),
  );
}
