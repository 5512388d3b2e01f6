import assert from "node:assert/strict";
import { requireDeployedRevision } from "../../../infra/lib/deployed-revision";

const FIRST = "arn:aws:ecs:eu-central-1:123456789012:task-definition/web-dev:1";
const SECOND = "arn:aws:ecs:eu-central-1:123456789012:task-definition/web-dev:2";

describe("requireDeployedRevision", () => {
  it("gives the revision that runs where it is the declared one", () => {
    assert.equal(requireDeployedRevision(SECOND, SECOND), SECOND);
  });

  it("throws where ECS went back to another revision, with both and what to do", () => {
    assert.throws(() => requireDeployedRevision(FIRST, SECOND), {
      message:
        `ecs rolled the deployment back: the service runs ${FIRST}, declared is ${SECOND}; ` +
        "look at the events of the service and the log of the stopped tasks, then deploy a fixed version",
    });
  });

  it("throws where the service runs no task definition", () => {
    assert.throws(
      () => requireDeployedRevision(undefined, SECOND),
      /the service runs no task definition, declared is arn:aws:ecs:.*:2;/,
    );
  });
});
