import assert from "node:assert/strict";
import { ResponseTime, taskServers } from "../../../capacity/simulate/response-time";
import { seededRandom } from "../../../capacity/simulate/random";
import { aModel } from "./a-model";

describe("taskServers", () => {
  const { workload, service } = aModel();

  it("makes a slow server of a part of a vCPU", () => {
    assert.deepEqual(taskServers({ ...service.task, cpuUnits: 256 }, workload), {
      serversPerTask: 1,
      serverRate: 25,
      taskRate: 25,
    });
  });

  it("makes a server of each started vCPU", () => {
    assert.deepEqual(taskServers({ ...service.task, cpuUnits: 1536 }, workload), {
      serversPerTask: 2,
      serverRate: 75,
      taskRate: 150,
    });
  });
});

describe("ResponseTime", () => {
  it("is the exponential service time where nobody waits", () => {
    const response = new ResponseTime(Infinity);
    response.set(10, 50, 1);
    assert.equal(response.slowerShare(0), 1);
    assert.ok(Math.abs(response.slowerShare(0.1) - Math.exp(-1)) < 1e-9);
  });

  it("is exponential with the spare rate on a single server", () => {
    const response = new ResponseTime(Infinity);
    response.set(10, 1, 6);
    for (const seconds of [0.1, 0.5, 1]) {
      assert.ok(Math.abs(response.slowerShare(seconds) - Math.exp(-4 * seconds)) < 1e-9);
    }
  });

  it("has no gap where the queue drains as fast as a server serves", () => {
    const response = new ResponseTime(Infinity);
    response.set(10, 3, 20);
    const exact = response.slowerShare(0.2);
    response.set(10, 3, 20.0001);
    assert.ok(Math.abs(response.slowerShare(0.2) - exact) < 1e-4);
  });

  it("agrees with a queue that is played through", () => {
    const [serverRate, servers, rate] = [4, 5, 16];
    const random = seededRandom(7);
    const exponential = (mean: number) => -Math.log(1 - random()) * mean;
    const free: number[] = Array.from({ length: servers }, () => 0);
    let now = 0;
    let slow = 0;
    const requests = 200_000;
    for (let index = 0; index < requests; index += 1) {
      now += exponential(1 / rate);
      const first = free.indexOf(Math.min(...free));
      const end = Math.max(now, free[first] ?? 0) + exponential(1 / serverRate);
      free[first] = end;
      slow += end - now > 0.8 ? 1 : 0;
    }
    const response = new ResponseTime(Infinity);
    response.set(serverRate, servers, rate);
    assert.ok(Math.abs(response.slowerShare(0.8) - slow / requests) < 0.006);
  });

  it("waits no longer than a request may", () => {
    const endless = new ResponseTime(Infinity);
    const bounded = new ResponseTime(0.5);
    const none = new ResponseTime(0);
    for (const response of [endless, bounded, none]) {
      response.set(10, 2, 19);
    }
    assert.equal(bounded.slowerShare(0.4), endless.slowerShare(0.4));
    assert.ok(bounded.slowerShare(2) < endless.slowerShare(2) / 1000);
    assert.ok(Math.abs(none.slowerShare(0.2) - Math.exp(-2)) < 1e-12);
    // Service a thousand times faster than anybody waits.
    const fast = new ResponseTime(10);
    fast.set(5000, 2, 9999);
    assert.ok(fast.slowerShare(9) > 0 && fast.slowerShare(9) < 1);
    assert.ok(fast.slowerShare(11) < 1e-9);
    // Behind the longest wait there is only the service.
    const ratio = bounded.slowerShare(1.1) / bounded.slowerShare(1);
    assert.ok(Math.abs(ratio - Math.exp(-1)) < 1e-9);
  });

  it("does not jump when the load passes the capacity", () => {
    const response = new ResponseTime(Infinity);
    response.set(10, 20, 199.999);
    const before = response.slowerShare(1);
    response.set(10, 20, 200.001);
    assert.ok(Math.abs(response.slowerShare(1) - before) < 1e-3);
  });
});
