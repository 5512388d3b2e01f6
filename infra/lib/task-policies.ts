import type { AwsLocation } from "./aws-location";
import { iamPolicy, type IamPolicy, type IamStatement } from "./iam-policy";

/**
 * Trust policy of a role for tasks: ECS takes it for tasks of this account and region only.
 * Source: "Amazon ECS task IAM role" in the ECS Developer Guide.
 */
export function buildTaskTrustPolicy({ partition, region, accountId }: AwsLocation): IamPolicy {
  return iamPolicy({
    Sid: "AssumeForTasksOfTheAccount",
    Effect: "Allow",
    Principal: { Service: "ecs-tasks.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: {
      StringEquals: { "aws:SourceAccount": accountId },
      ArnLike: { "aws:SourceArn": `arn:${partition}:ecs:${region}:${accountId}:*` },
    },
  });
}

/**
 * Trust policy of the execution role. It names no source, as AWS's own: the conditions are documented
 * for the role of a task only, and a role that ECS cannot take starts nothing.
 * Source: "Amazon ECS task execution IAM role" in the ECS Developer Guide.
 */
export function buildExecutionTrustPolicy(): IamPolicy {
  return iamPolicy({
    Sid: "AssumeForStartingTasks",
    Effect: "Allow",
    Principal: { Service: "ecs-tasks.amazonaws.com" },
    Action: "sts:AssumeRole",
  });
}

/** What the execution role reaches. */
export interface ExecutionGrants {
  readonly repositoryArn: string;
  readonly logGroupArn: string;
  /** Secrets Manager secrets and Systems Manager parameters that become environment variables. */
  readonly secretArns: readonly string[];
}

/**
 * What ECS does on a task's behalf before its containers run: pull the image, open the log stream,
 * read the secrets; each on the resource in question. Secrets under a customer-managed KMS key need
 * a statement in that key's policy besides.
 */
export function buildExecutionPolicy(grants: ExecutionGrants): IamPolicy {
  return iamPolicy(
    {
      // The one action of ECR that knows no resource.
      Sid: "LogInToRegistry",
      Effect: "Allow",
      Action: "ecr:GetAuthorizationToken",
      Resource: "*",
    },
    {
      Sid: "PullImage",
      Effect: "Allow",
      Action: [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:GetDownloadUrlForLayer",
      ],
      Resource: grants.repositoryArn,
    },
    {
      Sid: "WriteLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `${grants.logGroupArn}:*`,
    },
    ...read("ReadSecrets", "secretsmanager:GetSecretValue", grants.secretArns),
    ...read("ReadParameters", "ssm:GetParameters", grants.secretArns),
  );
}

/** A statement for the ARNs of the action's service, or none. */
function read(sid: string, action: string, arns: readonly string[]): IamStatement[] {
  const [service] = action.split(":");
  const resources = arns.filter((arn) => arn.split(":")[2] === service);
  return resources.length === 0
    ? []
    : [{ Sid: sid, Effect: "Allow", Action: action, Resource: resources }];
}

/**
 * What a container needs for `aws ecs execute-command`: the channel to Session Manager, and the log
 * group that records the sessions. Neither the channel nor DescribeLogGroups knows a resource.
 * Source: "Permissions required for ECS Exec" in the ECS Developer Guide.
 *
 * @param sessionLogGroupArn log group of the cluster's execute command configuration
 */
export function buildExecuteCommandPolicy(sessionLogGroupArn: string): IamPolicy {
  return iamPolicy(
    {
      Sid: "OpenSession",
      Effect: "Allow",
      Action: [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
      Resource: "*",
    },
    { Sid: "FindLogGroup", Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
    {
      Sid: "RecordSession",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: `${sessionLogGroupArn}:*`,
    },
  );
}
