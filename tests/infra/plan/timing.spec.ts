import assert from "node:assert/strict";
import { aContainer, planFaults } from "../../support/stack-plans";

describe("checkGracePeriod", () => {
  const grace = (healthCheckGraceSeconds: number) => ({ service: { healthCheckGraceSeconds } });

  it("refuses a grace that ends before a task can be found healthy", () => {
    const quick = { healthCheck: { ...aContainer().healthCheck!, startPeriodSeconds: 5 } };
    assert.deepEqual(planFaults(grace(10), quick), []);
    assert.deepEqual(planFaults(grace(9), quick), [
      "Pulumi.dev.yaml: ecs-on-ec2:healthCheckGraceSeconds: got 9, but the load balancer needs 2 checks every 5 s, 10 s, to find a task healthy; raise it to 10 or more",
    ]);
  });

  it("refuses a grace shorter than the container's start period", () => {
    const slow = { healthCheck: { ...aContainer().healthCheck!, startPeriodSeconds: 90 } };
    assert.deepEqual(planFaults(grace(90), slow), []);
    assert.deepEqual(planFaults(grace(89), slow), [
      "Pulumi.dev.yaml: ecs-on-ec2:healthCheckGraceSeconds: got 89, but app/compose.yaml gives the container 90 s to start; raise it to 90 or more",
    ]);
  });

  it("blames the load balancer where the start period is as long", () => {
    const alike = { healthCheck: { ...aContainer().healthCheck!, startPeriodSeconds: 10 } };
    assert.deepEqual(planFaults(grace(10), alike), []);
    assert.deepEqual(planFaults(grace(9), alike), [
      "Pulumi.dev.yaml: ecs-on-ec2:healthCheckGraceSeconds: got 9, but the load balancer needs 2 checks every 5 s, 10 s, to find a task healthy; raise it to 10 or more",
    ]);
  });

  it("needs no start period", () => {
    assert.deepEqual(planFaults(grace(10), { healthCheck: undefined }), []);
  });
});

describe("checkDrain", () => {
  it("fits delay and stop into the notice of a Spot instance", () => {
    const drain = (deregistrationDelaySeconds: number) => ({
      loadBalancer: { deregistrationDelaySeconds },
    });
    assert.deepEqual(planFaults(drain(60)), []);
    assert.deepEqual(planFaults(drain(61)), [
      "Pulumi.dev.yaml: ecs-on-ec2:deregistrationDelaySeconds: got 61, but with the stop_grace_period of 60 s in app/compose.yaml a task takes 121 s to leave, and a Spot instance has 120 s after its notice; lower it to 60, or set onDemandPercentageAboveBase to 100",
    ]);
  });

  it("fits delay and stop between two scale-ins where no instance is Spot", () => {
    const drain = (deregistrationDelaySeconds: number) => ({
      loadBalancer: { deregistrationDelaySeconds },
      capacity: { onDemandPercentageAboveBase: 100 },
    });
    assert.deepEqual(planFaults(drain(840)), []);
    assert.deepEqual(planFaults(drain(841)), [
      "Pulumi.dev.yaml: ecs-on-ec2:deregistrationDelaySeconds: got 841, but with the stop_grace_period of 60 s in app/compose.yaml a task takes 901 s to leave, and instances are scaled in every 900 s; lower it to 840",
    ]);
  });
});
