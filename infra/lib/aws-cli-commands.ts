/** What the commands name. */
export interface CommandTargets {
  readonly region: string;
  readonly clusterName: string;
  readonly serviceName: string;
  readonly containerName: string;
  readonly logGroupName: string;
  readonly autoScalingGroupName: string;
  /** True opens shells in a container, false on an instance. */
  readonly executeCommand: boolean;
}

/** Commands of the AWS CLI version 2, each one line for a POSIX shell, ready to paste. */
export interface AwsCliCommands {
  readonly describeService: string;
  readonly listTasks: string;
  readonly listInstances: string;
  readonly followLogs: string;
  /** Needs the Session Manager plugin of the AWS CLI. */
  readonly openShell: string;
  readonly describeServiceScaling: string;
  readonly describeInstanceScaling: string;
}

/** The commands that show a deployed stack at work. */
export function buildAwsCliCommands(targets: CommandTargets): AwsCliCommands {
  const { region, clusterName, serviceName, logGroupName, autoScalingGroupName } = targets;
  const aws = (command: string, ...options: readonly string[]): string =>
    ["aws", command, "--region", region, ...options].join(" ");
  const service = ["--cluster", clusterName, "--service-name", serviceName];

  return {
    describeService: aws(
      "ecs describe-services",
      `--cluster ${clusterName} --services ${serviceName}`,
      "--query 'services[0].{status:status,desired:desiredCount,running:runningCount,pending:pendingCount,deployments:deployments[].[taskDefinition,rolloutState,rolloutStateReason],events:events[:5].message}'",
    ),
    listTasks: aws("ecs list-tasks", ...service, "--output text"),
    listInstances: aws(
      "ec2 describe-instances",
      `--filters Name=tag:aws:autoscaling:groupName,Values=${autoScalingGroupName} Name=instance-state-name,Values=pending,running`,
      "--query 'Reservations[].Instances[].[InstanceId,InstanceType,Placement.AvailabilityZone,PrivateIpAddress,State.Name,LaunchTime]'",
      "--output table",
    ),
    followLogs: aws(`logs tail ${logGroupName}`, "--since 10m --follow"),
    openShell: targets.executeCommand
      ? aws(
          "ecs execute-command",
          `--cluster ${clusterName}`,
          `--task "$(${aws("ecs list-tasks", ...service, "--query 'taskArns[0]' --output text")})"`,
          `--container ${targets.containerName} --interactive --command /bin/sh`,
        )
      : aws(
          "ssm start-session",
          `--target "$(${aws(
            "autoscaling describe-auto-scaling-groups",
            `--auto-scaling-group-names ${autoScalingGroupName}`,
            "--query 'AutoScalingGroups[0].Instances[0].InstanceId' --output text",
          )})"`,
        ),
    describeServiceScaling: aws(
      "application-autoscaling describe-scaling-activities",
      `--service-namespace ecs --resource-id service/${clusterName}/${serviceName}`,
      "--query 'ScalingActivities[:10].[StartTime,StatusCode,Description,Cause]'",
    ),
    describeInstanceScaling: aws(
      "autoscaling describe-scaling-activities",
      `--auto-scaling-group-name ${autoScalingGroupName}`,
      "--query 'Activities[:10].[StartTime,StatusCode,Description,Cause]'",
    ),
  };
}
