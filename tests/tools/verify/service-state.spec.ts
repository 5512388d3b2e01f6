import assert from "node:assert/strict";
import { describeService, describeTargets } from "../../../tools/verify/service-state";
import { aDeployment, aService, REVISION, TARGET_GROUP, targetsIn } from "./answers";

const deployed = {
  region: "eu-central-1",
  cluster: "c",
  service: "s",
  taskDefinition: REVISION,
  url: "http://localhost",
};

const answering = (answer: unknown) => () => Promise.resolve(JSON.stringify(answer));

describe("describeService", () => {
  it("reads what ECS says, with each target group once", async () => {
    const service = aService({
      loadBalancers: [{ targetGroupArn: TARGET_GROUP }, { targetGroupArn: TARGET_GROUP }, {}],
      deployments: [aDeployment({ rolloutStateReason: undefined })],
      events: [{ createdAt: 1793610000.5, message: "steady" }],
    });

    assert.deepEqual(await describeService(answering(service), deployed), {
      deployments: [
        {
          status: "PRIMARY",
          taskDefinition: REVISION,
          rolloutState: "COMPLETED",
          rolloutStateReason: "",
        },
      ],
      running: 2,
      desired: 2,
      pending: 0,
      targetGroups: [TARGET_GROUP],
      events: [{ at: "2026-11-02T09:00:00.500Z", message: "steady" }],
    });
  });

  it("refuses an answer that is none", async () => {
    await assert.rejects(
      describeService(() => Promise.resolve("Unable to"), deployed),
      {
        name: "VerifyError",
        message:
          'no JSON: the answer about service s; run the last command above by itself to see it\ngot "Unable to"',
      },
    );
    await assert.rejects(describeService(answering({ services: [{}] }), deployed), {
      name: "VerifyError",
      message:
        /^incomplete: the answer about service s; run the last command above by itself to see it\n/,
    });
  });
});

describe("describeTargets", () => {
  it("reads state and reason of every target", async () => {
    const answer = targetsIn("healthy", "unhealthy");

    assert.deepEqual(await describeTargets(answering(answer), "eu-central-1", TARGET_GROUP), [
      { id: "i-0:32768", state: "healthy", reason: "" },
      { id: "i-1:32769", state: "unhealthy", reason: "Target.Timeout" },
    ]);
  });
});
