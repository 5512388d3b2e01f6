import assert from "node:assert/strict";
import { ServiceScaling } from "../../../capacity/simulate/service-scaling";
import type { ServiceModel } from "../../../capacity/simulate/scaling-model";
import { aModel, aPolicy, NO_DELAYS } from "./a-model";

/** Feeds a service minute by minute; each minute's running tasks are those that were desired at its begin. */
class Minutes {
  readonly scaling: ServiceScaling;
  readonly reasons: string[] = [];
  now = 0;
  deploying = false;
  running: number;

  constructor(service: Partial<ServiceModel>) {
    this.scaling = new ServiceScaling(aModel({ ...NO_DELAYS, service }), 0);
    this.running = this.scaling.desired;
  }

  /** Desired tasks after so many minutes of these metrics. */
  pass(count: number, cpu: number, requests = NaN): number {
    for (let minute = 0; minute < count; minute += 1) {
      this.now += 60;
      this.scaling.measure(cpu, requests, 60);
      const view = { runningTasks: this.running, deploying: this.deploying };
      const change = this.scaling.step(this.now, view);
      if (change !== undefined) {
        this.reasons.push(change.reason);
      }
    }
    return this.scaling.desired;
  }
}

describe("ServiceScaling", () => {
  it("scales out after three minutes above the target", () => {
    const minutes = new Minutes({ desiredTasks: 4 });
    assert.deepEqual([minutes.pass(2, 140), minutes.pass(1, 140)], [4, 8]);
    assert.deepEqual(minutes.reasons, ["cpu 140 % above 70 %"]);
  });

  it("scales in after fifteen minutes below 0.9 of the target", () => {
    const minutes = new Minutes({ desiredTasks: 10 });
    assert.deepEqual([minutes.pass(14, 35), minutes.pass(1, 35)], [10, 5]);
    assert.deepEqual(minutes.reasons, ["cpu 35 % below 70 %"]);
  });

  it("does nothing between 0.9 of the target and the target", () => {
    const minutes = new Minutes({ desiredTasks: 10 });
    assert.equal(minutes.pass(60, 63), 10);
    assert.equal(minutes.pass(60, 70), 10);
  });

  it("does nothing without data", () => {
    const minutes = new Minutes({ desiredTasks: 10 });
    assert.equal(minutes.pass(60, NaN), 10);
  });

  it("starts from the tasks that run, so that a shortage of instances is no runaway", () => {
    const minutes = new Minutes({
      desiredTasks: 4,
      policies: [aPolicy({ scaleOutCooldownSeconds: 0 })],
    });
    minutes.running = 4;
    assert.equal(minutes.pass(30, 140), 8);
  });

  it("raises 4 to 6 and within the cooldown ignores another 6 and accepts 8", () => {
    const minutes = new Minutes({ desiredTasks: 4, policies: [aPolicy({ target: 50 })] });
    assert.equal(minutes.pass(3, 75), 6);
    minutes.running = 6;
    assert.equal(minutes.pass(2, 75), 6);
    assert.equal(minutes.pass(1, 100), 8);
  });

  it("counts from what runs again when the cooldown is over", () => {
    const minutes = new Minutes({ desiredTasks: 4, policies: [aPolicy({ target: 50 })] });
    minutes.pass(3, 75);
    minutes.running = 6;
    assert.equal(minutes.pass(4, 75), 6);
    assert.equal(minutes.pass(1, 75), 9);
  });

  it("scales in once in a cooldown, and out at once in the middle of one", () => {
    const policies = [aPolicy({ scaleInCooldownSeconds: 600 })];
    const minutes = new Minutes({ desiredTasks: 20, policies });
    assert.equal(minutes.pass(15, 35), 10);
    minutes.running = 10;
    assert.equal(minutes.pass(5, 35), 10);
    assert.equal(minutes.pass(3, 105), 15);
  });

  it("ends the cooldown of a scale-in by scaling out", () => {
    const policies = [aPolicy({ scaleInCooldownSeconds: 7200 })];
    const minutes = new Minutes({ desiredTasks: 20, policies });
    assert.equal(minutes.pass(15, 35), 10);
    minutes.running = 10;
    assert.equal(minutes.pass(3, 105), 15);
    minutes.running = 15;
    assert.equal(minutes.pass(15, 35), 8);
    minutes.running = 8;
    assert.equal(minutes.pass(60, 35), 8);
  });

  it("does not scale in while one policy is between its alarms, though its proposal is smaller", () => {
    const policies = [aPolicy(), aPolicy({ metric: "requestsPerTarget", target: 600 })];
    assert.equal(new Minutes({ desiredTasks: 60, policies }).pass(30, 20, 550), 60);
    assert.equal(new Minutes({ desiredTasks: 60, policies }).pass(15, 20, 530), 53);
  });

  it("scales out by one policy of two and in by both, to the larger proposal", () => {
    const policies = [aPolicy(), aPolicy({ metric: "requestsPerTarget", target: 600 })];
    const minutes = new Minutes({ desiredTasks: 10, policies });
    assert.equal(minutes.pass(20, 20, 590), 10);
    assert.equal(minutes.pass(3, 20, 900), 15);
    minutes.running = 15;
    assert.equal(minutes.pass(20, 14, 360), 9);
    assert.deepEqual(minutes.reasons, [
      "900 requests per target above 600",
      "360 requests per target below 600",
    ]);
  });

  it("asks no policy that may not scale in", () => {
    const policies = [
      aPolicy(),
      aPolicy({ metric: "requestsPerTarget", target: 600, scaleInDisabled: true }),
    ];
    assert.equal(new Minutes({ desiredTasks: 10, policies }).pass(15, 35, 590), 5);
    const disabled = [aPolicy({ scaleInDisabled: true })];
    assert.equal(new Minutes({ desiredTasks: 10, policies: disabled }).pass(60, 1), 10);
  });

  it("scales out but not in during a deployment", () => {
    const minutes = new Minutes({ desiredTasks: 10 });
    minutes.deploying = true;
    assert.equal(minutes.pass(30, 35), 10);
    assert.equal(minutes.pass(3, 105), 15);
  });

  it("adds the first task by one datapoint that shows demand", () => {
    const policies = [aPolicy({ metric: "requestsPerTarget", target: 600 })];
    const minutes = new Minutes({ minTasks: 0, desiredTasks: 0, policies });
    assert.equal(minutes.pass(5, NaN, 0), 0);
    assert.equal(minutes.pass(1, NaN, 30), 1);
  });

  it("stays within its bounds", () => {
    const minutes = new Minutes({ minTasks: 3, maxTasks: 12, desiredTasks: 10 });
    assert.equal(minutes.pass(3, 700), 12);
    minutes.running = 12;
    assert.equal(minutes.pass(60, 1), 3);
  });

  it("is pulled within new bounds at once", () => {
    const { scaling } = new Minutes({ desiredTasks: 10 });
    assert.deepEqual(scaling.setBounds(20, 40, "morning"), {
      from: 10,
      to: 20,
      reason: "minTasks by schedule morning",
    });
    assert.deepEqual(scaling.setBounds(1, 8, "night"), {
      from: 20,
      to: 8,
      reason: "maxTasks by schedule night",
    });
    assert.equal(scaling.setBounds(2, 9, "noon"), undefined);
  });
});
