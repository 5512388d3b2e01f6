import assert from "node:assert/strict";
import { Traffic } from "../../../capacity/simulate/traffic";
import { aModel } from "./a-model";

/** Minutes of rates in requests a second on so many tasks. */
function afterMinutes(
  rates: readonly number[],
  tasks: number,
  workload: Partial<ReturnType<typeof aModel>["workload"]> = {},
): Traffic {
  const traffic = new Traffic(aModel({ workload }));
  rates.forEach((rate, minute) => {
    traffic.step(60 * rate, tasks, 0, 60, 60 * (minute + 1));
  });
  return traffic;
}

describe("Traffic", () => {
  it("answers in the service time and the wait for others where tasks are ample", () => {
    const traffic = afterMinutes([100], 40);
    const { p50, p99 } = traffic.closeSample();
    assert.ok(Math.abs(p50 - (20 + 40 * Math.log(2))) < 1, `${p50}`);
    assert.ok(Math.abs(p99 - (20 + 40 * Math.log(100))) < 4, `${p99}`);
    assert.deepEqual([traffic.served, traffic.unmet, traffic.minutes.missed], [6000, 0, 0]);
  });

  it("tells each load of a sample by its own response time", () => {
    const p99 = (rates: readonly number[]) => afterMinutes(rates, 4).closeSample().p99;
    const [calm, busy, both] = [p99([50]), p99([95]), p99([50, 95])];
    assert.ok(calm < both && both < busy, `${calm} ${both} ${busy}`);
  });

  it("begins each sample anew and keeps all for the end", () => {
    const traffic = afterMinutes([95], 4);
    const busy = traffic.closeSample().p99;
    traffic.step(600, 4, 0, 60, 120);
    assert.ok(traffic.closeSample().p99 < busy / 2);
    assert.ok(traffic.quantile(0.99) > busy / 2);
    assert.deepEqual(traffic.closeSample(), { p50: 0, p99: 0 });
  });

  it("counts what waits behind a backlog as late and what is lost as missed", () => {
    const traffic = afterMinutes([100, 200], 4, { maxQueueSeconds: 2 });
    assert.deepEqual([traffic.served, traffic.unmet, traffic.leftInQueue], [12_000, 5800, 200]);
    assert.equal(traffic.lastMissed, true);
    // The queue is above the objective after half a second and full after two; both minutes miss theirs.
    assert.ok(traffic.missedRequests > 5800 + 5900, `${traffic.missedRequests}`);
    assert.equal(traffic.minutes.missed, 2);
  });

  it("misses a minute by lost requests alone", () => {
    const traffic = new Traffic(aModel());
    traffic.step(1200, 40, 0.02, 60, 60);
    assert.deepEqual([traffic.unmet, traffic.minutes.missed], [24, 1]);
    assert.ok(Math.abs(traffic.missedRequests - 24) < 0.1);
  });

  it("waits no longer than a request may", () => {
    const traffic = afterMinutes([500, 500, 500], 4, { maxQueueSeconds: 3 });
    const { p99 } = traffic.closeSample();
    assert.ok(p99 > 3100 && p99 < 3300, `${p99}`);
  });
});
