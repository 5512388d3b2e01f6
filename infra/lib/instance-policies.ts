import { iamPolicy, type IamPolicy } from "./iam-policy";

/**
 * Trust policy of a role for instances. It has no condition on the source: EC2 sends none when it
 * takes the role of an instance profile.
 */
export function buildInstanceTrustPolicy(): IamPolicy {
  return iamPolicy({
    Sid: "AssumeForInstances",
    Effect: "Allow",
    Principal: { Service: "ec2.amazonaws.com" },
    Action: "sts:AssumeRole",
  });
}

/**
 * What the ECS agent of an instance needs, on one cluster. The managed policy
 * AmazonEC2ContainerServiceforEC2Role allows more: every cluster, and pulls from ECR and writes to
 * CloudWatch Logs, which the agent does with the execution role of the task.
 * Source: "Amazon ECS container instance IAM role" in the ECS Developer Guide, and the Service
 * Authorization Reference of Amazon ECS for the resource of each action.
 */
export function buildInstancePolicy(clusterArn: string): IamPolicy {
  const containerInstances = `${clusterArn.replace(":cluster/", ":container-instance/")}/*`;
  return iamPolicy(
    {
      Sid: "JoinCluster",
      Effect: "Allow",
      Action: [
        "ecs:DeregisterContainerInstance",
        "ecs:RegisterContainerInstance",
        "ecs:SubmitAttachmentStateChanges",
        "ecs:SubmitContainerStateChange",
        "ecs:SubmitTaskStateChange",
      ],
      Resource: clusterArn,
    },
    {
      Sid: "ServeCluster",
      Effect: "Allow",
      Action: ["ecs:Poll", "ecs:StartTelemetrySession", "ecs:UpdateContainerInstancesState"],
      Resource: containerInstances,
      Condition: { ArnEquals: { "ecs:cluster": clusterArn } },
    },
    {
      // The action knows no resource.
      Sid: "FindEndpoints",
      Effect: "Allow",
      Action: "ecs:DiscoverPollEndpoint",
      Resource: "*",
    },
  );
}
