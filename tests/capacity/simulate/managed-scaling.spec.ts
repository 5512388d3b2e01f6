import assert from "node:assert/strict";
import type { ProviderView } from "../../../capacity/simulate/capacity-reservation";
import { ManagedScaling } from "../../../capacity/simulate/managed-scaling";
import type { CapacityProviderModel } from "../../../capacity/simulate/scaling-model";
import { aModel } from "./a-model";

/** A group whose instances are there as soon as they are desired. */
class Group {
  desired = 3;
  busy = 3;
  waiting = 0;
  lastLaunchAt = -Infinity;
  now = 0;
  readonly log: string[] = [];
  private readonly managed: ManagedScaling;

  constructor(
    changes: Partial<CapacityProviderModel> = {},
    bounds = { minInstances: 0, maxInstances: 500 },
  ) {
    const { capacityProvider } = aModel();
    this.managed = new ManagedScaling({ ...capacityProvider, ...changes }, bounds, 0);
  }

  pass(seconds: number): number {
    for (const end = this.now + seconds; this.now < end;) {
      this.now += 10;
      while (this.managed.isDue(this.now)) {
        this.managed.sample(this.view());
      }
      const change = this.managed.step(this.now, {
        desired: this.desired,
        instances: this.desired,
        lastLaunchAt: this.lastLaunchAt,
      });
      if (change !== undefined) {
        this.log.push(`${this.now}: ${change.from} to ${change.to}, ${change.reason}`);
        this.lastLaunchAt = change.to > this.desired ? this.now : this.lastLaunchAt;
        this.desired = change.to;
      }
    }
    return this.desired;
  }

  private view(): ProviderView {
    return {
      instances: this.desired,
      busyInstances: Math.min(this.busy, this.desired),
      waitingTasks: this.waiting,
      smallestFit: 3,
      largestFit: 3,
    };
  }
}

describe("ManagedScaling", () => {
  it("scales out by the first datapoint above the target", () => {
    const group = new Group();
    group.waiting = 1;
    assert.equal(group.pass(140), 3);
    assert.equal(group.pass(10), 4);
    assert.deepEqual(group.log, ["150: 3 to 4, reservation 133 % above 100 %"]);
  });

  it("scales in by the fifteenth datapoint below the target and then each minute by half", () => {
    const group = new Group();
    group.desired = 334;
    group.busy = 34;
    group.pass(20 * 60);
    assert.deepEqual(group.log, [
      "990: 334 to 167, reservation 10 % below 100 %",
      "1050: 167 to 84, reservation 10 % below 100 %",
      "1110: 84 to 42, reservation 20 % below 100 %",
      "1170: 42 to 34, reservation 40 % below 100 %",
    ]);
  });

  it("begins the fifteen minutes again after a datapoint that is not below", () => {
    const group = new Group();
    group.busy = 2;
    group.pass(14 * 60);
    group.busy = 3;
    group.pass(60);
    group.busy = 2;
    assert.equal(group.pass(15 * 60), 3);
    assert.equal(group.pass(90), 2);
  });

  it("waits with a second scale-out until the instances of the first are warm", () => {
    const group = new Group({ instanceWarmupSeconds: 300 });
    group.waiting = 3;
    group.pass(150);
    assert.equal(group.desired, 4);
    assert.equal(group.pass(290), 4);
    assert.equal(group.pass(60), 5);
  });

  it("asks again for what is on its way where nothing warms up", () => {
    const group = new Group({ instanceWarmupSeconds: 0 });
    group.waiting = 3;
    group.pass(150);
    assert.equal(group.pass(240), 6);
  });

  it("stays within the group's bounds", () => {
    const group = new Group({}, { minInstances: 2, maxInstances: 5 });
    group.waiting = 300;
    assert.equal(group.pass(600), 5);
    group.waiting = 0;
    group.busy = 0;
    assert.equal(group.pass(3600), 2);
  });

  it("does not swing on an empty group with a target below 100", () => {
    const group = new Group({ targetCapacityPercent: 90 });
    group.desired = 0;
    group.pass(4 * 3600);
    assert.deepEqual(group.log, []);
  });

  it("keeps spare instances with a target below 100", () => {
    const group = new Group({ targetCapacityPercent: 75 });
    assert.equal(group.pass(600), 4);
    assert.equal(group.pass(3600), 4);
  });

  it("does nothing where nobody scales the group", () => {
    const group = new Group({ managedScaling: false });
    group.waiting = 100;
    assert.equal(group.pass(3600), 3);
  });
});
