import assert from "node:assert/strict";
import fc from "fast-check";
import { type CostEstimate, estimateCost } from "../../capacity/cost";
import { costAssumptions, notEstimated } from "../../capacity/cost-assumptions";
import type { CostInventory, InstanceGroup } from "../../capacity/cost-inventory";
import { aGroup, anInventory } from "./an-inventory";

/** Item to its amounts. */
const amounts = ({ lines }: CostEstimate) =>
  Object.fromEntries(
    lines.map(({ item, usdPerMonth: { minimum, steady, worst } }) => [
      item,
      [minimum, steady, worst],
    ]),
  );

describe("estimateCost", () => {
  it("prices a stack of nothing at nothing, without a line", () => {
    assert.deepEqual(estimateCost(anInventory()), {
      pricedRegion: "us-east-1",
      instancesPricedOn: "2026-07-20",
      region: "us-east-1",
      lines: [],
      usdPerMonth: { minimum: 0, steady: 0, worst: 0 },
      usdPerHour: { minimum: 0, steady: 0, worst: 0 },
      groups: [],
      assumptions: costAssumptions,
      missing: [],
      notEstimated,
    });
  });

  it("itemises instances with their volumes, metrics and addresses", () => {
    const estimate = estimateCost(
      anInventory({
        groups: [aGroup({ volumeGiB: 30, detailedMonitoring: true, publicIpv4Addresses: 1 })],
      }),
    );

    assert.deepEqual(amounts(estimate), {
      "EC2 instances": [24.53, 36.79, 73.58],
      "Root volumes": [4.8, 7.2, 14.4],
      "Detailed monitoring": [4.2, 6.3, 12.6],
      "Public IPv4, instances": [7.3, 10.95, 21.9],
    });
    assert.deepEqual(estimate.usdPerMonth, { minimum: 40.83, steady: 61.24, worst: 122.48 });
    assert.deepEqual(estimate.usdPerHour, { minimum: 0.0559, steady: 0.0839, worst: 0.1678 });
    assert.deepEqual(estimate.lines[1], {
      item: "Root volumes",
      quantity: { minimum: 60, steady: 90, worst: 180 },
      unit: "GiB",
      usdPerMonth: { minimum: 4.8, steady: 7.2, worst: 14.4 },
      isAllowance: false,
    });
  });

  for (const [what, overrides, item, usd] of [
    ["load balancers", { applicationLoadBalancers: 2 }, "Application load balancers", 32.85],
    ["network load balancers", { networkLoadBalancers: 1 }, "Network load balancers", 16.43],
    ["NAT gateways", { natGateways: 3 }, "NAT gateways", 98.55],
    ["interface endpoints", { interfaceEndpointZones: 6 }, "Interface endpoints", 43.8],
    ["keys", { kmsKeys: 2 }, "KMS keys", 2],
    ["alarms", { alarmMetrics: 14 }, "Alarms", 1.4],
    ["dashboards", { dashboards: 1 }, "Dashboards", 3],
    ["web ACLs", { webAcls: 1 }, "WAF web ACLs", 5],
    ["rules", { webAclRules: 4 }, "WAF rules", 4],
  ] as const) {
    it(`prices ${what} the same at every load`, () => {
      assert.deepEqual(amounts(estimateCost(anInventory(overrides))), { [item]: [usd, usd, usd] });
    });
  }

  it("tells public addresses by who holds them", () => {
    const publicIpv4Addresses = { natGateways: 1, loadBalancers: 2, staticIngress: 3, other: 4 };

    assert.deepEqual(amounts(estimateCost(anInventory({ publicIpv4Addresses }))), {
      "Public IPv4, NAT gateways": [3.65, 3.65, 3.65],
      "Public IPv4, load balancers": [7.3, 7.3, 7.3],
      "Public IPv4, static ingress": [10.95, 10.95, 10.95],
      "Public IPv4, other": [14.6, 14.6, 14.6],
    });
  });

  describe("allowances", () => {
    const busy = { tasks: { min: 1, max: 1 } };
    const allowances = (overrides: Partial<CostInventory>) =>
      Object.fromEntries(
        estimateCost(anInventory({ ...busy, ...overrides }))
          .lines.filter(({ isAllowance }) => isAllowance)
          .map(({ item, usdPerMonth }) => [item, usdPerMonth.worst]),
      );

    // 43.8 million requests: 438 GB, 21.9 GB of logs, 486.67 capacity units
    for (const [what, overrides, expected] of [
      ["logs alone without a way in or out", {}, { Logs: 10.95 }],
      [
        "capacity units of a load balancer",
        { applicationLoadBalancers: 2 },
        { Logs: 10.95, "Load balancer capacity": 3.89 },
      ],
      [
        "capacity units of a network load balancer",
        { networkLoadBalancers: 1 },
        { Logs: 10.95, "Network load balancer capacity": 2.63 },
      ],
      ["data through NAT", { natGateways: 1 }, { Logs: 10.95, "NAT gateway data": 0.99 }],
      [
        "data through endpoints in place of NAT",
        { natGateways: 1, interfaceEndpointZones: 1 },
        { Logs: 10.95, "Interface endpoint data": 0.22 },
      ],
      ["requests that a web ACL inspects", { webAcls: 1 }, { Logs: 10.95, "WAF requests": 26.28 }],
      ["flow logs", { flowLogs: 1 }, { Logs: 10.95, "Flow logs": 5 }],
      [
        "metrics of Container Insights",
        { insightsClusters: { enabled: 1, enhanced: 0 } },
        { Logs: 10.95, "Container Insights": 7.5 },
      ],
      [
        "metrics of enhanced Container Insights",
        { insightsClusters: { enabled: 0, enhanced: 1 } },
        { Logs: 10.95, "Container Insights, enhanced": 3.85 },
      ],
    ] as const) {
      it(`hold ${what}`, () => {
        assert.deepEqual(allowances(overrides), expected);
      });
    }
  });

  it("says what has no price, what is left out, and another region", () => {
    const estimate = estimateCost(
      anInventory({
        region: "eu-central-1",
        groups: [aGroup({ instanceTypes: ["z9.huge"] })],
        unreadable: ["size of group other"],
        otherTypes: ["aws:ec2/instance:Instance"],
      }),
    );

    assert.deepEqual(estimate.missing, [
      "instance type z9.huge, which capacity/instance-types.json lacks",
      "size of group other",
    ]);
    assert.deepEqual(estimate.notEstimated, [...notEstimated, "aws:ec2/instance:Instance"]);
    assert.deepEqual([estimate.region, estimate.pricedRegion], ["eu-central-1", "us-east-1"]);
  });

  describe("for any stack", () => {
    const count = fc.nat(20);
    const group: fc.Arbitrary<InstanceGroup> = fc.record({
      name: fc.constant("web"),
      minSize: count,
      maxSize: count,
      instanceTypes: fc.array(fc.constantFrom("t4g.small", "m7g.large", "c7g.xlarge", "z9.huge")),
      onDemandBase: count,
      onDemandPercentageAboveBase: fc.nat(100),
      volumeGiB: fc.nat(1000),
      detailedMonitoring: fc.boolean(),
      publicIpv4Addresses: fc.nat(2),
    });
    const inventory: fc.Arbitrary<CostInventory> = fc.record({
      region: fc.constant(undefined),
      groups: fc.array(group, { maxLength: 3 }),
      tasks: fc.record({ min: count, max: count }),
      requestsPerTaskMinute: fc.option(fc.nat(5000), { nil: undefined }),
      applicationLoadBalancers: count,
      networkLoadBalancers: count,
      natGateways: count,
      publicIpv4Addresses: fc.record({
        natGateways: count,
        loadBalancers: count,
        staticIngress: count,
        other: count,
      }),
      interfaceEndpointZones: count,
      kmsKeys: count,
      alarmMetrics: count,
      dashboards: count,
      webAcls: count,
      webAclRules: count,
      flowLogs: count,
      insightsClusters: fc.record({ enabled: count, enhanced: count }),
      unreadable: fc.constant([]),
      otherTypes: fc.constant([]),
    });
    const loads = ["minimum", "steady", "worst"] as const;

    it("the lines add up to the total, to the cent", () => {
      fc.assert(
        fc.property(inventory, (any) => {
          const { lines, usdPerMonth } = estimateCost(any);
          for (const load of loads) {
            const cents = lines.reduce(
              (sum, line) => sum + Math.round(line.usdPerMonth[load] * 100),
              0,
            );
            assert.equal(Math.round(usdPerMonth[load] * 100), cents);
          }
        }),
      );
    });

    it("no line costs less at a higher load", () => {
      fc.assert(
        fc.property(inventory, (any) => {
          for (const { item, usdPerMonth: usd } of estimateCost(any).lines) {
            assert.ok(0 <= usd.minimum && usd.minimum <= usd.steady, item);
            assert.ok(usd.steady <= usd.worst, item);
          }
        }),
      );
    });

    it("more of anything never costs less", () => {
      const eachGroup =
        (key: "minSize" | "maxSize" | "onDemandBase" | "volumeGiB") =>
        (any: CostInventory): CostInventory => ({
          ...any,
          groups: any.groups.map((one) => ({ ...one, [key]: one[key] + 1 })),
        });
      const count =
        (key: "applicationLoadBalancers" | "networkLoadBalancers" | "webAcls" | "flowLogs") =>
        (any: CostInventory): CostInventory => ({ ...any, [key]: any[key] + 1 });
      const more: readonly ((any: CostInventory) => CostInventory)[] = [
        (any) => ({ ...any, groups: [...any.groups, aGroup()] }),
        (any) => ({ ...any, tasks: { min: any.tasks.min + 1, max: any.tasks.max + 1 } }),
        ...(["minSize", "maxSize", "onDemandBase", "volumeGiB"] as const).map(eachGroup),
        count("applicationLoadBalancers"),
        count("networkLoadBalancers"),
        count("webAcls"),
        count("flowLogs"),
      ];
      fc.assert(
        fc.property(inventory, fc.constantFrom(...more), (any, grow) => {
          const [before, after] = [estimateCost(any), estimateCost(grow(any))];
          for (const load of loads) {
            assert.ok(before.usdPerMonth[load] <= after.usdPerMonth[load]);
          }
        }),
      );
    });
  });
});
