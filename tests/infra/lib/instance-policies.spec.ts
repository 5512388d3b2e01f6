import assert from "node:assert/strict";
import {
  buildInstancePolicy,
  buildInstanceTrustPolicy,
} from "../../../infra/lib/instance-policies";

const CLUSTER = "arn:aws:ecs:eu-central-1:123456789012:cluster/web-cluster-1a2b3c4";

describe("buildInstanceTrustPolicy", () => {
  it("lets EC2 take the role", () => {
    assert.deepEqual(buildInstanceTrustPolicy(), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AssumeForInstances",
          Effect: "Allow",
          Principal: { Service: "ec2.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      ],
    });
  });
});

describe("buildInstancePolicy", () => {
  it("lets the agent join and serve one cluster, and nothing else", () => {
    assert.deepEqual(buildInstancePolicy(CLUSTER), {
      Version: "2012-10-17",
      Statement: [
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
          Resource: CLUSTER,
        },
        {
          Sid: "ServeCluster",
          Effect: "Allow",
          Action: ["ecs:Poll", "ecs:StartTelemetrySession", "ecs:UpdateContainerInstancesState"],
          Resource:
            "arn:aws:ecs:eu-central-1:123456789012:container-instance/web-cluster-1a2b3c4/*",
          Condition: { ArnEquals: { "ecs:cluster": CLUSTER } },
        },
        {
          Sid: "FindEndpoints",
          Effect: "Allow",
          Action: "ecs:DiscoverPollEndpoint",
          Resource: "*",
        },
      ],
    });
  });
});
