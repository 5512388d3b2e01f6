import assert from "node:assert/strict";
import {
  buildExecuteCommandPolicy,
  buildExecutionPolicy,
  buildExecutionTrustPolicy,
  buildTaskTrustPolicy,
} from "../../../infra/lib/task-policies";

const REPOSITORY = "arn:aws:ecr:eu-central-1:123456789012:repository/web";
const LOG_GROUP = "arn:aws:logs:eu-central-1:123456789012:log-group:web-tasks";
const SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:token-AbCdEf";
const PARAMETER = "arn:aws:ssm:eu-central-1:123456789012:parameter/web/key";

describe("buildTaskTrustPolicy", () => {
  it("trusts ECS for tasks of the account and region only", () => {
    const location = {
      partition: "aws-us-gov",
      region: "us-gov-west-1",
      accountId: "123456789012",
    };

    assert.deepEqual(buildTaskTrustPolicy(location), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AssumeForTasksOfTheAccount",
          Effect: "Allow",
          Principal: { Service: "ecs-tasks.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:SourceAccount": "123456789012" },
            ArnLike: { "aws:SourceArn": "arn:aws-us-gov:ecs:us-gov-west-1:123456789012:*" },
          },
        },
      ],
    });
  });
});

describe("buildExecutionTrustPolicy", () => {
  it("trusts ECS, without a condition", () => {
    assert.deepEqual(buildExecutionTrustPolicy().Statement, [
      {
        Sid: "AssumeForStartingTasks",
        Effect: "Allow",
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    ]);
  });
});

describe("buildExecutionPolicy", () => {
  const build = (secretArns: string[]) =>
    buildExecutionPolicy({ repositoryArn: REPOSITORY, logGroupArn: LOG_GROUP, secretArns });

  it("pulls from the one repository and writes to the one log group", () => {
    assert.deepEqual(build([]), {
      Version: "2012-10-17",
      Statement: [
        {
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
          Resource: REPOSITORY,
        },
        {
          Sid: "WriteLogs",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: `${LOG_GROUP}:*`,
        },
      ],
    });
  });

  it("reads the given secrets and parameters, each by the action of its service", () => {
    assert.deepEqual(build([SECRET, PARAMETER]).Statement.slice(3), [
      {
        Sid: "ReadSecrets",
        Effect: "Allow",
        Action: "secretsmanager:GetSecretValue",
        Resource: [SECRET],
      },
      {
        Sid: "ReadParameters",
        Effect: "Allow",
        Action: "ssm:GetParameters",
        Resource: [PARAMETER],
      },
    ]);
  });
});

describe("buildExecuteCommandPolicy", () => {
  it("opens the channel of Session Manager and writes to the log group of the sessions", () => {
    assert.deepEqual(buildExecuteCommandPolicy(LOG_GROUP), {
      Version: "2012-10-17",
      Statement: [
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
          Resource: `${LOG_GROUP}:*`,
        },
      ],
    });
  });
});
