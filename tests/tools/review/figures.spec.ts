import assert from "node:assert/strict";
import fc from "fast-check";
import type { QuotaFinding } from "../../../capacity/quotas";
import {
  amountText,
  costRows,
  costTotal,
  movedRows,
  quotaChanges,
  scalingRows,
  signedAmount,
  trafficNote,
} from "../../../tools/review/figures";
import { aCapacity, aDay } from "../preview/small-graph";
import { aCost, aSide } from "./comparisons";

function aQuota(quota: QuotaFinding["quota"]): QuotaFinding {
  return { quota, needed: 2, granted: 1, text: `too much of ${quota}` };
}

describe("scalingRows", () => {
  it("has no figure that moves for two equal sides", () => {
    assert.deepEqual(movedRows(scalingRows(aSide(), aSide())), []);
  });

  it("has each figure that moves in its own row", () => {
    const smallest = { instanceType: "t4g.small", tasks: 5, boundBy: "cpu" } as const;
    const after = aSide({
      ...aCapacity({
        fits: [smallest, { instanceType: "m8g.large", tasks: 9, boundBy: "hostPorts" }],
        smallest,
        minTasks: 3,
        minInstances: 4,
        minInstancesBoundBy: "configured",
      }),
      day: aDay({ missedMinutes: 1, fewestInstances: 7, instancesUsd: 5 }),
    });

    assert.deepEqual(movedRows(scalingRows(aSide(), after)), [
      {
        name: "Tasks on one t4g.small",
        before: "6 (bound by memory)",
        after: "5 (bound by CPU)",
      },
      {
        name: "Tasks on one t4g.medium",
        before: "12 (bound by network interfaces)",
        after: undefined,
      },
      { name: "Tasks on one m7g.large", before: "40 (bound by CPU)", after: undefined },
      { name: "Tasks on one m7g.xlarge", before: "100 (bound by host ports)", after: undefined },
      { name: "Tasks on one m8g.large", before: undefined, after: "9 (bound by host ports)" },
      { name: "Tasks", before: "2 to 40", after: "3 to 40" },
      { name: "Instances, at least", before: "2 (one instance a zone)", after: "4 (configured)" },
      { name: "Spare tasks at fewest tasks", before: "10", after: "17" },
      { name: "Spare tasks at most tasks", before: "2", after: "-5" },
      { name: "Tasks that wait without a zone, at most tasks", before: "16", after: "20" },
      { name: "Spare tasks in a deployment", before: "4", after: "-10" },
      {
        name: "Tasks that wait without a zone, in a deployment",
        before: "26",
        after: "35, 10 of them for ever",
      },
      { name: "Simulated day, missed", before: "0 minutes", after: "1 minute" },
      { name: "Simulated day, instances", before: "2 to 7", after: "7" },
      { name: "Simulated day, cost of instances", before: "4.57 USD", after: "5.00 USD" },
    ]);
  });

  it("says that the load of the simulated day is another one for other tasks", () => {
    const after = aSide({ day: aDay({ peakRequestsPerSecond: 800.2 }) });

    assert.deepEqual(movedRows(scalingRows(aSide(), after)), [
      {
        name: "Simulated day, peak (grows with the most tasks)",
        before: "533 requests/s",
        after: "800 requests/s",
      },
    ]);
  });

  it("has every figure of a new stack, with nothing before", () => {
    const rows = scalingRows(undefined, aSide());

    assert.deepEqual(movedRows(rows), rows);
    assert.deepEqual(rows[0], {
      name: "Tasks on one t4g.small",
      before: undefined,
      after: "6 (bound by memory)",
    });
  });
});

describe("quotaChanges", () => {
  it("tells quotas that are exceeded now from those that no longer are", () => {
    const before = aSide({ exceededQuotas: [aQuota("tasksPerService"), aQuota("onDemandVcpus")] });
    const after = aSide({ exceededQuotas: [aQuota("onDemandVcpus"), aQuota("provisioningTasks")] });

    assert.deepEqual(quotaChanges(before, after), {
      exceeded: ["too much of provisioningTasks"],
      kept: ["too much of tasksPerService"],
    });
    assert.deepEqual(quotaChanges(undefined, after).exceeded.length, 2);
  });
});

describe("costRows", () => {
  const line = (item: string, steady: number, worst = steady) => ({
    item,
    quantity: { minimum: 1, steady: 1, worst: 1 },
    unit: "things",
    usdPerMonth: { minimum: 0, steady, worst },
    isAllowance: false,
  });

  it("has the lines that move, the largest move of the everyday cost first, lines that go included", () => {
    const before = aSide({
      cost: aCost(0, { lines: [line("A", 1), line("B", 5), line("C", 2, 3)] }),
    });
    const after = aSide({
      cost: aCost(0, { lines: [line("A", 1), line("D", 9), line("C", 2, 4)] }),
    });

    assert.deepEqual(
      costRows(before, after).map(({ item, change }) => [item, change.steady, change.worst]),
      [
        ["D", 9, 9],
        ["B", -5, -5],
        ["C", 0, 1],
      ],
    );
  });

  it("has no cost before for a new stack", () => {
    assert.deepEqual(
      costRows(undefined, aSide()).map(({ item, before }) => [item, before]),
      [["EC2 instances", undefined]],
    );
    assert.deepEqual(costTotal(undefined, aSide()), {
      item: "Total",
      before: undefined,
      after: { minimum: 50, steady: 100, worst: 300 },
      change: { minimum: 50, steady: 100, worst: 300 },
    });
  });

  it("moves in all by the sum of its lines", () => {
    const amounts = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { maxLength: 8 });
    fc.assert(
      fc.property(amounts, amounts, (some, others) => {
        const [before, after] = [some, others].map((cents) => {
          const lines = cents.map((amount, index) => line(`line ${String(index)}`, amount / 100));
          const steady = cents.reduce((total, amount) => total + amount, 0) / 100;
          return aSide({ cost: aCost(steady, { lines }) });
        });
        const moved = costRows(before, after!).reduce((total, row) => total + row.change.steady, 0);

        assert.equal(
          moved.toFixed(2),
          costTotal(before, after!).change.steady.toFixed(2).replace("-0.00", "0.00"),
        );
      }),
    );
  });
});

describe("trafficNote", () => {
  const cost = aCost(100);
  const side = (maxTasks: number, steady = 100) =>
    aSide({
      ...aCapacity({ minTasks: 4, maxTasks }),
      cost: {
        ...cost,
        assumptions: { ...cost.assumptions, requestsPerTaskMinute: { steady, worst: 1000 } },
      },
    });

  it("tells that the estimate takes more tasks for more traffic", () => {
    assert.equal(
      trafficNote(side(20), side(30)),
      "Steady assumes traffic in proportion to the tasks, and these at 25 % of the way from the fewest to the most: " +
        "800 requests/minute before, 1100 after; what it moves by is not the price of the same traffic",
    );
    assert.match(
      trafficNote(side(20), side(20, 50)) ?? "",
      /800 requests\/minute before, 400 after/,
    );
  });

  it("is nothing where both sides assume the same, and of a new stack", () => {
    assert.deepEqual(
      [trafficNote(side(20), side(19)), trafficNote(undefined, side(30))],
      [undefined, undefined],
    );
  });
});

describe("amountText", () => {
  const range = (steady: number) => ({ minimum: 0, steady, worst: 0 });
  const row = (before: number | undefined, after: number) => ({
    item: "",
    before: before === undefined ? undefined : range(before),
    after: range(after),
    change: range(0),
  });

  it("shows an amount that stays or is new once", () => {
    assert.deepEqual(
      [row(1, 2), row(1, 1), row(undefined, 3)].map((it) => amountText(it, "steady", "->")),
      ["1.00 -> 2.00", "1.00", "3.00"],
    );
  });
});

describe("signedAmount", () => {
  it("has a sign unless it is zero", () => {
    assert.deepEqual([1.5, -1.5, 0, -0].map(signedAmount), ["+1.50", "-1.50", "0.00", "0.00"]);
  });
});
