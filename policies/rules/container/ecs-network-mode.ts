import { ECS_SERVICE_COMPONENT, TASK_DEFINITION } from "../../containers";
import { type Judge, resourcePolicy } from "../../policy";
import { booleanOf, objectOf, textOf } from "../../values";

type Name = "ecs-network-mode";

export const ecsNetworkMode = resourcePolicy<Name>({
  name: "ecs-network-mode",
  description: "A task has a network of its own and no public IP address.",
  severity: "high",
  levels: { dev: "advisory", prod: "mandatory" },
  frameworks: [
    "Security Hub ECS.2",
    "Security Hub ECS.17",
    "Control Tower CT.ECS.PR.4",
    "Control Tower CT.ECS.PR.9",
    "Checkov CKV_AWS_333",
  ],
  remediationSteps:
    "Set networkMode to bridge or awsvpc in Pulumi.<stack>.yaml, and leave assignPublicIp of the service out: the load balancer reaches the tasks by their private addresses.",
  url: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html",
  checks: [
    {
      type: TASK_DEFINITION,
      check: ({ props }, judge) => {
        judgeMode(props["networkMode"], judge);
      },
    },
    {
      type: ECS_SERVICE_COMPONENT,
      check: ({ props }, judge) => {
        judgeMode(objectOf(props["plan"])["networkMode"], judge);
      },
    },
    {
      type: "aws:ecs/service:Service",
      check: ({ props }, { violate }) => {
        const assigned = objectOf(props["networkConfiguration"])["assignPublicIp"] ?? false;
        if (booleanOf(assigned) !== false) {
          violate({
            got: `assignPublicIp is ${assigned === true ? "true" : "not false"}`,
            allowed: "false or absent",
            fix: "leave assignPublicIp out, and reach the tasks through the load balancer",
          });
        }
      },
    },
  ],
});

function judgeMode(networkMode: unknown, { limits, violate }: Judge<Name>): void {
  // ECS's default for Linux containers on EC2.
  const mode = textOf(networkMode ?? "bridge");
  if (mode === undefined || !limits.allowedModes.includes(mode)) {
    violate({
      got: `networkMode is ${mode ?? "not a text"}`,
      allowed: limits.allowedModes.join(" or "),
      fix: "set networkMode in Pulumi.<stack>.yaml",
    });
  }
}
