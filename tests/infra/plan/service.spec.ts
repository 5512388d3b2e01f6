import assert from "node:assert/strict";
import { aStackPlan, planFaults } from "../../support/stack-plans";

describe("planService", () => {
  it("plans the service of the Compose file's container", () => {
    const { container, ...service } = aStackPlan().service;
    assert.deepEqual(service, {
      family: "web-dev",
      architecture: "arm64",
      networkMode: "bridge",
      taskCpu: 256,
      taskMemoryMiB: 512,
      containerPort: 3000,
      secretArns: [],
      desiredTasks: 1,
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      healthCheckGraceSeconds: 60,
      executeCommand: false,
      placementStrategies: [
        { type: "spread", field: "attribute:ecs.availability-zone" },
        { type: "binpack", field: "memory" },
      ],
      logRetentionDays: 7,
      deletionProtection: false,
    });
    assert.equal(container.name, "app");
  });

  it("begins with the desired tasks where they are set", () => {
    assert.equal(aStackPlan({ scaling: { desiredTasks: 3 } }).service.desiredTasks, 3);
  });

  it("gives the execution role the secrets of the container", () => {
    const TOKEN = "arn:aws:ssm:eu-central-1:123456789012:parameter/web/token";
    const { service } = aStackPlan({ container: { secretEnvironment: { TOKEN } } });
    assert.deepEqual(service.secretArns, [TOKEN]);
    assert.deepEqual(service.container.secrets, [{ name: "TOKEN", valueFrom: TOKEN }]);
  });
});

describe("progress of a deployment", () => {
  function faults(minTasks: number, minimum: number, maximum: number, scheduledMin?: number) {
    return planFaults({
      scaling: {
        minTasks,
        scheduledScaling:
          scheduledMin === undefined
            ? []
            : [
                {
                  name: "night",
                  schedule: "cron(0 22 * * ? *)",
                  timezone: "UTC",
                  minTasks: scheduledMin,
                  maxTasks: 4,
                },
              ],
      },
      service: {
        deploymentMinimumHealthyPercent: minimum,
        deploymentMaximumPercent: maximum,
      },
    });
  }

  it("is refused where no task may start and none may stop", () => {
    assert.deepEqual(faults(4, 100, 100), [
      "Pulumi.dev.yaml: ecs-on-ec2:deploymentMaximumPercent: got 100, but of 4 tasks that allows 4 and deploymentMinimumHealthyPercent 100 keeps 4, so a deployment can neither start nor stop one; raise deploymentMaximumPercent to 125 or lower deploymentMinimumHealthyPercent to 75",
    ]);
  });

  it("may start one task where the maximum, rounded down, leaves room for it", () => {
    assert.deepEqual(faults(4, 100, 125), []);
    assert.deepEqual(faults(4, 100, 124), [
      "Pulumi.dev.yaml: ecs-on-ec2:deploymentMaximumPercent: got 124, but of 4 tasks that allows 4 and deploymentMinimumHealthyPercent 100 keeps 4, so a deployment can neither start nor stop one; raise deploymentMaximumPercent to 125 or lower deploymentMinimumHealthyPercent to 75",
    ]);
  });

  it("may stop one task where the minimum, rounded up, leaves room for it", () => {
    assert.deepEqual(faults(4, 75, 101), []);
    assert.equal(faults(4, 76, 101).length, 1);
  });

  it("is judged at the fewest tasks: of a single one, half is one", () => {
    assert.deepEqual(faults(2, 50, 150), []);
    assert.deepEqual(faults(1, 50, 150), [
      "Pulumi.dev.yaml: ecs-on-ec2:deploymentMaximumPercent: got 150, but of 1 task that allows 1 and deploymentMinimumHealthyPercent 50 keeps 1, so a deployment can neither start nor stop one; raise deploymentMaximumPercent to 200 or lower deploymentMinimumHealthyPercent to 0",
    ]);
    assert.equal(faults(2, 50, 150, 1).length, 1);
    assert.deepEqual(faults(2, 50, 150, 0), []);
  });
});
