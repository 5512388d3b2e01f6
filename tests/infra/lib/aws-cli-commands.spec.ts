import assert from "node:assert/strict";
import { buildAwsCliCommands } from "../../../infra/lib/aws-cli-commands";

const TARGETS = {
  region: "eu-central-1",
  clusterName: "web-1111111",
  serviceName: "web-2222222",
  containerName: "app",
  logGroupName: "web-tasks-3333333",
  autoScalingGroupName: "web-4444444",
  executeCommand: false,
};

describe("buildAwsCliCommands", () => {
  it("names region, cluster, service, group and log group in commands that can be pasted", () => {
    assert.deepEqual(buildAwsCliCommands(TARGETS), {
      describeService:
        "aws ecs describe-services --region eu-central-1 --cluster web-1111111 --services web-2222222" +
        " --query 'services[0].{status:status,desired:desiredCount,running:runningCount,pending:pendingCount," +
        "deployments:deployments[].[taskDefinition,rolloutState,rolloutStateReason],events:events[:5].message}'",
      listTasks:
        "aws ecs list-tasks --region eu-central-1 --cluster web-1111111 --service-name web-2222222 --output text",
      listInstances:
        "aws ec2 describe-instances --region eu-central-1" +
        " --filters Name=tag:aws:autoscaling:groupName,Values=web-4444444" +
        " Name=instance-state-name,Values=pending,running" +
        " --query 'Reservations[].Instances[].[InstanceId,InstanceType,Placement.AvailabilityZone," +
        "PrivateIpAddress,State.Name,LaunchTime]' --output table",
      followLogs: "aws logs tail web-tasks-3333333 --region eu-central-1 --since 10m --follow",
      openShell:
        'aws ssm start-session --region eu-central-1 --target "$(aws autoscaling' +
        " describe-auto-scaling-groups --region eu-central-1 --auto-scaling-group-names web-4444444" +
        " --query 'AutoScalingGroups[0].Instances[0].InstanceId' --output text)\"",
      describeServiceScaling:
        "aws application-autoscaling describe-scaling-activities --region eu-central-1" +
        " --service-namespace ecs --resource-id service/web-1111111/web-2222222" +
        " --query 'ScalingActivities[:10].[StartTime,StatusCode,Description,Cause]'",
      describeInstanceScaling:
        "aws autoscaling describe-scaling-activities --region eu-central-1" +
        " --auto-scaling-group-name web-4444444" +
        " --query 'Activities[:10].[StartTime,StatusCode,Description,Cause]'",
    });
  });

  it("opens a shell in a container where that is allowed", () => {
    assert.equal(
      buildAwsCliCommands({ ...TARGETS, executeCommand: true }).openShell,
      "aws ecs execute-command --region eu-central-1 --cluster web-1111111" +
        ' --task "$(aws ecs list-tasks --region eu-central-1 --cluster web-1111111' +
        " --service-name web-2222222 --query 'taskArns[0]' --output text)\"" +
        " --container app --interactive --command /bin/sh",
    );
  });
});
