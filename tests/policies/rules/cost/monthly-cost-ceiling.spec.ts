import assert from "node:assert/strict";
import { limitsOf } from "../../../../policies/limits";
import { monthlyCostCeiling as policy } from "../../../../policies/rules/cost/monthly-cost-ceiling";
import { type Bag, UNKNOWN } from "../../../../tools/preview/graph";
import { judgeStack, type Subject } from "../../../support/judgement";

/** Dashboards cost three dollars a month at every load, keys one. */
const dashboards = (count: number) => many("aws:cloudwatch/dashboard:Dashboard", count);
const keys = (count: number) => many("aws:kms/key:Key", count);

function many(type: string, count: number): Subject[] {
  return Array.from({ length: count }, (_, index) => ({
    type,
    name: `${type.split(":")[2] ?? ""}-${String(index)}`,
  }));
}

/** A group of one type, every instance On-Demand and with a volume of 30 GiB. */
const group = (props: Bag, instanceType = "m7g.large"): Subject => ({
  type: "aws:autoscaling/group:Group",
  name: "web",
  props: {
    minSize: 0,
    mixedInstancesPolicy: { launchTemplate: { overrides: [{ instanceType }] } },
    ...props,
  },
});

const accepted = { violations: [], subjects: [], levels: [], undecided: false };

describe("monthly-cost-ceiling", () => {
  it("accepts a stack of nothing", async () => {
    assert.deepEqual(await judgeStack(policy, []), accepted);
  });

  it("accepts the steady limit itself", async () => {
    const { steadyUsd } = limitsOf("prod")["monthly-cost-ceiling"];

    assert.equal(steadyUsd, 800);
    assert.deepEqual(await judgeStack(policy, keys(800)), accepted);
  });

  it("refuses a dollar more, with the lines that cost most", async () => {
    assert.deepEqual(await judgeStack(policy, [...dashboards(200), ...keys(201)]), {
      violations: [
        'the steady cost is $801.00 a month (most of it Dashboards $600.00, KMS keys $201.00), allowed is at most $800.00 (prod, policies/limits.ts "monthly-cost-ceiling"); lower minTasks, choose cheaper instanceTypes or take fewer natGateways',
      ],
      subjects: ["ecs-on-ec2-prod"],
      levels: ["mandatory"],
      undecided: false,
    });
  });

  it("refuses a worst cost above its limit, whatever Spot saves everyday", async () => {
    // 48 instances cost 2859.26 and their volumes 115.20: room for 25 keys of a dollar.
    const spot = group({
      maxSize: 48,
      mixedInstancesPolicy: {
        instancesDistribution: { onDemandPercentageAboveBaseCapacity: 0 },
        launchTemplate: { overrides: [{ instanceType: "m7g.large" }] },
      },
    });

    assert.deepEqual(await judgeStack(policy, [spot, ...keys(25)]), accepted);
    assert.deepEqual((await judgeStack(policy, [spot, ...keys(26)])).violations, [
      'the worst cost is $3000.46 a month (most of it EC2 instances $2859.26, Root volumes $115.20, KMS keys $26.00), allowed is at most $3000.00 (prod, policies/limits.ts "monthly-cost-ceiling"); lower maxTasks or maxInstances, or take the dearest of instanceTypes out',
    ]);
  });

  it("warns in dev, by dev's limits", async () => {
    const { violations, levels } = await judgeStack(policy, keys(301), "dev");

    assert.deepEqual(violations, [
      'the steady cost is $301.00 a month (most of it KMS keys $301.00), allowed is at most $120.00 (dev, policies/limits.ts "monthly-cost-ceiling"); lower minTasks, choose cheaper instanceTypes or take fewer natGateways',
      'the worst cost is $301.00 a month (most of it KMS keys $301.00), allowed is at most $300.00 (dev, policies/limits.ts "monthly-cost-ceiling"); lower maxTasks or maxInstances, or take the dearest of instanceTypes out',
    ]);
    assert.deepEqual(levels, ["advisory", "advisory"]);
    assert.deepEqual((await judgeStack(policy, keys(120), "dev")).violations, []);
  });

  it("has prod's limits in an environment that it does not know", async () => {
    assert.equal((await judgeStack(policy, keys(800), "staging")).violations.length, 0);
    assert.equal((await judgeStack(policy, keys(801), "staging")).violations.length, 1);
  });

  it("refuses an instance type that has no price, whatever the sum", async () => {
    const { violations } = await judgeStack(policy, [group({ maxSize: 1 }, "z9.huge")]);

    assert.deepEqual(violations, [
      'the estimate has no price for the instance type z9.huge, which capacity/instance-types.json lacks, allowed is a price for everything that scales (prod, policies/limits.ts "monthly-cost-ceiling"); name instance types that capacity/instance-types.json has, or add them there',
    ]);
  });

  for (const [what, props, missing] of [
    ["a size that is no number", { maxSize: "many" }, "size of group web"],
    [
      "a group without types",
      { maxSize: 1, mixedInstancesPolicy: null },
      "instance types of group web",
    ],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { violations } = await judgeStack(policy, [group(props)]);

      assert.equal(violations.length, 1);
      assert.match(
        violations[0] ?? "",
        new RegExp(`^the estimate has no price for the ${missing}, `),
      );
    });
  }

  it("is undecided on an unknown size", async () => {
    const { violations, undecided } = await judgeStack(policy, [group({ maxSize: UNKNOWN })]);

    assert.deepEqual([violations, undecided], [[], true]);
  });

  it("leaves other types alone", async () => {
    assert.deepEqual(await judgeStack(policy, [{ type: "aws:iam/role:Role" }]), accepted);
  });
});
