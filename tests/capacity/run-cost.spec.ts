import assert from "node:assert/strict";
import fc from "fast-check";
import { estimateCost } from "../../capacity/cost";
import { overridePrices } from "../../capacity/price-overrides";
import { costOfRun, type RunCost } from "../../capacity/run-cost";
import { aGroup, anInventory } from "./an-inventory";
import { aRun } from "./a-run";

const DAY = 86_400;
const MONTH = 730 * 3600;

/** Item to its cost in whole cents of a cent. */
const amounts = ({ lines }: RunCost) =>
  Object.fromEntries(lines.map(({ item, usd }) => [item, Math.round(usd * 10_000) / 10_000]));

function instances(
  instanceType: string,
  market: "onDemand" | "spot",
  seconds: number,
  launches = 1,
) {
  return { instanceType, market, seconds, instances: launches };
}

describe("costOfRun", () => {
  it("prices nothing at nothing", () => {
    assert.deepEqual(costOfRun(aRun({ seconds: 0 })), {
      pricedRegion: "us-east-1",
      instancesPricedOn: "2026-07-20",
      seconds: 0,
      lines: [],
      usd: 0,
      instancesUsd: 0,
      usdPerHour: 0,
      usdPerMillionRequests: undefined,
      missing: [],
    });
  });

  it("prices instance hours by type and market, Spot at its share", () => {
    const cost = costOfRun(
      aRun({
        seconds: DAY,
        instanceSeconds: [
          instances("m7g.large", "onDemand", 3 * DAY, 3),
          instances("m7g.large", "spot", DAY),
        ],
      }),
    );

    assert.deepEqual(amounts(cost), {
      "m7g.large On-Demand": 5.8752,
      "m7g.large Spot": 0.9792,
    });
    assert.equal(cost.usd, cost.instancesUsd);
    assert.equal(cost.usdPerHour.toFixed(4), (6.8544 / 24).toFixed(4));
  });

  it("bills at least a minute of each launch", () => {
    const of = (seconds: number, launches: number) =>
      costOfRun(aRun({ instanceSeconds: [instances("m7g.large", "onDemand", seconds, launches)] }))
        .lines[0]?.quantity;

    assert.equal(of(10, 2), 120 / 3600);
    assert.equal(of(120, 2), 120 / 3600);
    assert.equal(of(121, 2), 121 / 3600);
  });

  it("prices load balancer capacity and logs by the requests", () => {
    const cost = costOfRun(aRun({ seconds: DAY, requestsPerSecond: 100, p50Milliseconds: 20 }));

    // 100 new connections a second are 4 LCU for 24 hours; 8.64 million requests log 4.32 GB.
    assert.deepEqual(amounts(cost), { Logs: 2.16, "Load balancer capacity": 0.768 });
    assert.equal(cost.usdPerMillionRequests?.toFixed(4), ((2.16 + 0.768) / 8.64).toFixed(4));
    assert.deepEqual(
      cost.lines.map(({ isAllowance }) => isAllowance),
      [true, true],
    );
  });

  it("adds what the inventory pays for by the hour, for the time of the run", () => {
    const inventory = anInventory({
      applicationLoadBalancers: 1,
      natGateways: 3,
      kmsKeys: 2,
      publicIpv4Addresses: { natGateways: 3, loadBalancers: 0, staticIngress: 0, other: 0 },
    });
    const month = costOfRun(aRun({ seconds: MONTH }), { inventory });

    assert.deepEqual(amounts(month), {
      "Application load balancers": 16.43,
      "NAT gateways": 98.55,
      "Public IPv4, NAT gateways": 10.95,
      "KMS keys": 2,
    });
    const day = costOfRun(aRun({ seconds: DAY }), { inventory });
    assert.equal((day.usd * (MONTH / DAY)).toFixed(6), month.usd.toFixed(6));
  });

  it("adds volumes, metrics and addresses by instance hours, and data through NAT", () => {
    const inventory = anInventory({
      natGateways: 1,
      groups: [aGroup({ volumeGiB: 30, detailedMonitoring: true, publicIpv4Addresses: 1 })],
    });
    const run = aRun({
      seconds: MONTH,
      instanceSeconds: [instances("t4g.small", "onDemand", 2 * MONTH, 2)],
    });

    assert.deepEqual(amounts(costOfRun(run, { inventory })), {
      "t4g.small On-Demand": 24.528,
      "Root volumes": 4.8,
      "Detailed monitoring": 4.2,
      "Public IPv4, instances": 7.3,
      "NAT gateway data": 0.18,
      "NAT gateways": 32.85,
    });
  });

  it("sends data through interface endpoints where there are some", () => {
    const inventory = anInventory({ natGateways: 1, interfaceEndpointZones: 2 });
    const run = aRun({
      seconds: MONTH,
      instanceSeconds: [instances("t4g.small", "onDemand", MONTH)],
    });
    const items = amounts(costOfRun(run, { inventory }));

    assert.equal(items["Interface endpoint data"], 0.02);
    assert.equal(items["NAT gateway data"], undefined);
  });

  it("counts web ACL requests, network load balancer data and metrics of tasks", () => {
    const inventory = anInventory({
      webAcls: 1,
      networkLoadBalancers: 1,
      insightsClusters: { enabled: 0, enhanced: 1 },
    });
    const run = aRun({ seconds: MONTH, requestsPerSecond: 1, taskSeconds: 4 * MONTH });
    const cost = amounts(costOfRun(run, { inventory }));

    assert.equal(cost["WAF requests"], 1.5768);
    assert.equal(cost["Network load balancer capacity"], 0.1577);
    assert.equal(cost["Container Insights, enhanced"], 9.1);
    assert.equal(cost["Load balancer capacity"], undefined);
  });

  it("agrees with the monthly estimate of what does not scale", () => {
    const inventory = anInventory({
      applicationLoadBalancers: 2,
      natGateways: 1,
      alarmMetrics: 12,
      dashboards: 1,
      groups: [aGroup({ minSize: 2, maxSize: 2, volumeGiB: 30 })],
    });
    const run = aRun({
      seconds: MONTH,
      instanceSeconds: [instances("t4g.small", "onDemand", 2 * MONTH, 2)],
    });

    const { minimum } = estimateCost(inventory).usdPerMonth;
    assert.ok(Math.abs(costOfRun(run, { inventory }).usd - minimum) < 0.005);
  });

  it("takes the prices of another region", () => {
    const prices = overridePrices({
      region: "eu-central-1",
      pricedOn: "2026-11-01",
      instanceTypes: { "m7g.large": 0.1 },
      prices: { logGB: 0.63 },
    });
    const run = aRun({
      requestsPerSecond: 1,
      instanceSeconds: [instances("m7g.large", "onDemand", 3600)],
    });
    const cost = costOfRun(run, { prices });

    assert.deepEqual(amounts(cost), {
      "m7g.large On-Demand": 0.1,
      Logs: 0.0011,
      "Load balancer capacity": 0.0003,
    });
    assert.deepEqual([cost.pricedRegion, cost.instancesPricedOn], ["eu-central-1", "2026-11-01"]);
  });

  it("names types without a price", () => {
    const run = aRun({ instanceSeconds: [instances("x9.large", "onDemand", 3600)] });

    assert.deepEqual(costOfRun(run).missing, [
      "instance type x9.large, which capacity/instance-types.json lacks",
    ]);
  });

  it("is the integral of the instances", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 60, max: DAY }),
        fc.integer({ min: 1, max: 10 }),
        (count, seconds, parts) => {
          const whole = aRun({
            seconds,
            instanceSeconds: [instances("m7g.large", "onDemand", count * seconds, count)],
          });
          const split = aRun({
            seconds,
            instanceSeconds: Array.from({ length: parts }, () =>
              instances("m7g.large", "onDemand", (count * seconds) / parts, 0),
            ),
          });

          const expected = (count * seconds * 0.0816) / 3600;
          assert.ok(Math.abs(costOfRun(whole).usd - expected) < 1e-9 * expected);
          assert.ok(Math.abs(costOfRun(split).usd - expected) < 1e-9 * expected);
        },
      ),
    );
  });
});
