import { inRegion } from "./conditions";
import { actionsOf, type Application, type Grant } from "./permission-table";
import type { State } from "./state";

const ecs = actionsOf("ecs");
const ssm = actionsOf("ssm");

const SESSIONS = [
  ...ssm(
    "DescribeAssociation",
    "DescribeDocument",
    "GetDeployablePatchSnapshotForInstance",
    "GetDocument",
    "GetManifest",
    "GetParameter",
    "GetParameters",
    "ListAssociations",
    "ListInstanceAssociations",
    "PutComplianceItems",
    "PutConfigurePackageResult",
    "PutInventory",
    "UpdateAssociationStatus",
    "UpdateInstanceAssociationStatus",
    "UpdateInstanceInformation",
  ),
  ...actionsOf("ssmmessages")(
    "CreateControlChannel",
    "CreateDataChannel",
    "OpenControlChannel",
    "OpenDataChannel",
  ),
  ...actionsOf("ec2messages")(
    "AcknowledgeMessage",
    "DeleteMessage",
    "FailMessage",
    "GetEndpoint",
    "GetMessages",
    "SendReply",
  ),
];

/**
 * The most that any role of the application may do, whatever its own policies say. A permissions boundary gives
 * nothing by itself, so that it names actions, and the policies of the roles name the resources.
 *
 * @param applicationActions what the setting of that name adds for the application's tasks
 */
export function boundaryGrants(
  application: Application,
  applicationActions: readonly string[],
): Grant[] {
  const { region } = application;
  const bounded = (sid: string, why: string, actions: readonly string[]): Grant => ({
    sid,
    why: `${why}; the roles' own policies name the resources`,
    actions,
    resources: ["*"],
    condition: inRegion(application),
  });
  return [
    bounded("StartTasks", "what the execution role does: pull images, write logs, read secrets", [
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:GetAuthorizationToken",
      "ecr:GetDownloadUrlForLayer",
      "logs:CreateLogStream",
      "logs:DescribeLogGroups",
      "logs:DescribeLogStreams",
      "logs:PutLogEvents",
      "secretsmanager:GetSecretValue",
    ]),
    bounded("ServeClusters", "what the ECS agent of an instance does", [
      ...ecs(
        "DeregisterContainerInstance",
        "DiscoverPollEndpoint",
        "Poll",
        "RegisterContainerInstance",
        "StartTelemetrySession",
        "SubmitAttachmentStateChanges",
        "SubmitContainerStateChange",
        "SubmitTaskStateChange",
        "UpdateContainerInstancesState",
      ),
    ]),
    bounded(
      "OpenSessions",
      "what AmazonSSMManagedInstanceCore allows, and sessions in containers",
      SESSIONS,
    ),
    {
      sid: "DecryptSecrets",
      why: "secrets and parameters of the application may be under keys of its own, whose ids are not known here; the services that hold them have to be the ones that ask",
      actions: ["kms:Decrypt"],
      resources: ["*"],
      condition: {
        StringEquals: {
          "kms:ViaService": [
            `secretsmanager.${region}.amazonaws.com`,
            `ssm.${region}.amazonaws.com`,
          ],
        },
      },
    },
    ...(applicationActions.length === 0
      ? []
      : [bounded("RunApplication", "the setting applicationActions", applicationActions)]),
  ];
}

/** What no role of the application may do, even where the boundary would let it. */
export function boundaryRefusals({ bucketArn, keyArn }: State): Grant[] {
  return [
    {
      sid: "KeepOutOfState",
      why: "the states of all environments and the key of their secrets; whatever S3 and KMS can do is refused",
      actions: ["s3:*", "kms:*"],
      resources: [bucketArn, `${bucketArn}/*`, keyArn],
    },
  ];
}
