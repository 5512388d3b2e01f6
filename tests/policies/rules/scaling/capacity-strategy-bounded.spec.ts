import assert from "node:assert/strict";
import { capacityStrategyBounded as policy } from "../../../../policies/rules/scaling/capacity-strategy-bounded";
import { type Bag, type Json, UNKNOWN } from "../../../../tools/preview/graph";
import { foundUnder } from "../../probe";
import { judgeStack, type Subject } from "../../../support/judgement";

const ITEM = { capacityProvider: UNKNOWN, base: 1, weight: 1 };

const service = (strategies: Json = [ITEM], props: Bag = {}): Subject => ({
  type: "aws:ecs/service:Service",
  name: "api",
  props: { cluster: UNKNOWN, capacityProviderStrategies: strategies, ...props },
  refers: { cluster: ["main"], capacityProviderStrategies: ["provider"] },
});

const withoutStrategy = (props: Bag = {}): Subject => ({
  type: "aws:ecs/service:Service",
  name: "api",
  props: { cluster: UNKNOWN, ...props },
  refers: { cluster: ["main"] },
});

const CLUSTER: Subject = { type: "aws:ecs/cluster:Cluster", name: "main" };

const PROVIDER: Subject = {
  type: "aws:ecs/capacityProvider:CapacityProvider",
  name: "provider",
  props: { name: UNKNOWN },
};

const association = (
  defaults: Json = [{ capacityProvider: UNKNOWN, weight: 1 }],
  refers: Subject["refers"] = { clusterName: ["main"], capacityProviders: ["provider"] },
): Subject => ({
  type: "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
  name: "association",
  props: {
    clusterName: UNKNOWN,
    capacityProviders: [UNKNOWN],
    defaultCapacityProviderStrategies: defaults,
  },
  refers,
});

const target = (minCapacity: Json): Subject => ({
  type: "aws:appautoscaling/target:Target",
  name: "target",
  props: { resourceId: UNKNOWN, minCapacity },
  refers: { resourceId: ["api"] },
});

const AROUND = [CLUSTER, PROVIDER, association(), target(1)];

const fault = (got: string, allowed: string, fix: string) =>
  `${got}, allowed is ${allowed} (prod, policies/limits.ts "capacity-strategy-bounded"); ${fix}`;

const noWeight = (property: string) =>
  fault(
    `no weight in ${property} is above 0`,
    "weights that add up to more than 0",
    "give at least one capacity provider a weight of 1 or more",
  );

const twoBases = fault(
  "2 capacity providers in capacityProviderStrategies have a base",
  "a base on one",
  "leave the base out on all but one",
);

const noStrategy = fault(
  "the service has no capacity provider strategy",
  "a strategy of its own or of its cluster",
  "set capacityProviderStrategies and leave launchType out",
);

const launchType = fault(
  "launchType is set",
  "a capacity provider strategy alone",
  "leave launchType out: ECS does not scale the group for tasks that have one",
);

const base = (got: number, most: number) =>
  fault(
    `base is ${String(got)}`,
    `at most ${String(most)}, the fewest tasks of the service`,
    "lower the base or raise minTasks",
  );

const unattached = fault(
  "the cluster does not list capacity provider provider",
  "capacity providers that the service's cluster lists",
  "add it to capacityProviders of the cluster's ClusterCapacityProviders",
);

describe("capacity-strategy-bounded", () => {
  for (const [what, subjects] of [
    ["one provider with a base of the fewest tasks", [service(), ...AROUND]],
    [
      "a second provider without a base",
      [service([ITEM, { capacityProvider: UNKNOWN, base: 0, weight: 0 }]), ...AROUND],
    ],
    ["numbers as texts", [service([{ ...ITEM, base: "1", weight: "1" }]), ...AROUND]],
    [
      "a launch type that the provider computes",
      [service([ITEM], { launchType: UNKNOWN }), ...AROUND],
    ],
    [
      "an empty launch type, as deployed services have",
      [service([ITEM], { launchType: "" }), ...AROUND],
    ],
    ["the strategy of its cluster", [withoutStrategy(), ...AROUND.slice(0, 3)]],
    ["a cluster of another stack", [{ ...service(), refers: {} }]],
  ] as const) {
    it(`accepts a service with ${what}`, async () => {
      assert.deepEqual(await judgeStack(policy, subjects), {
        violations: [],
        subjects: [],
        levels: [],
        undecided: false,
      });
    });
  }

  for (const [what, subjects, violations] of [
    ["no strategy at all", [withoutStrategy()], [noStrategy]],
    ["an empty strategy", [withoutStrategy({ capacityProviderStrategies: [] })], [noStrategy]],
    [
      "a launch type in place of a strategy",
      [withoutStrategy({ launchType: "EC2" })],
      [noStrategy, launchType],
    ],
    ["a launch type besides", [service([ITEM], { launchType: "EC2" }), ...AROUND], [launchType]],
    [
      "weights of 0",
      [service([{ capacityProvider: UNKNOWN, base: 1, weight: 0 }]), ...AROUND],
      [noWeight("capacityProviderStrategies")],
    ],
    [
      "no weight",
      [service([{ capacityProvider: UNKNOWN, weight: null }]), ...AROUND],
      [noWeight("capacityProviderStrategies")],
    ],
    [
      "a weight that is no number",
      [service([{ ...ITEM, weight: "much" }]), ...AROUND],
      [noWeight("capacityProviderStrategies")],
    ],
    ["two bases", [service([ITEM, ITEM]), ...AROUND], [twoBases]],
    [
      "a base above the fewest tasks",
      [service([{ ...ITEM, base: 3 }]), ...AROUND.slice(0, 3), target(2)],
      [base(3, 2)],
    ],
    [
      "a provider that the cluster does not list",
      [
        service(),
        CLUSTER,
        PROVIDER,
        { ...PROVIDER, name: "other" },
        association([ITEM], { clusterName: ["main"], capacityProviders: ["other"] }),
      ],
      [unattached],
    ],
    ["a cluster without capacity providers", [service(), CLUSTER, PROVIDER], [unattached]],
  ] as const) {
    it(`refuses a service with ${what}`, async () => {
      const around = subjects.some(({ type }) => type === CLUSTER.type) ? [] : [CLUSTER, PROVIDER];

      assert.deepEqual(await judgeStack(policy, [...subjects, ...around]), {
        violations,
        subjects: violations.map(() => "api"),
        levels: violations.map(() => "mandatory"),
        undecided: false,
      });
    });
  }

  it("refuses a default strategy without a weight", async () => {
    const { violations, subjects } = await judgeStack(policy, [
      CLUSTER,
      PROVIDER,
      association([{ capacityProvider: UNKNOWN }]),
    ]);

    assert.deepEqual(violations, [noWeight("defaultCapacityProviderStrategies")]);
    assert.deepEqual(subjects, ["association"]);
  });

  it("advises in dev", async () => {
    const { levels } = await judgeStack(policy, [withoutStrategy(), CLUSTER], "dev");

    assert.deepEqual(levels, ["advisory"]);
  });

  it("is undecided on an unknown minimum, and decides the rest", async () => {
    const { violations, undecided } = await judgeStack(policy, [
      service([{ ...ITEM, weight: 0 }]),
      ...AROUND.slice(0, 3),
      target(UNKNOWN),
    ]);

    assert.deepEqual(violations, [noWeight("capacityProviderStrategies")]);
    assert.equal(undecided, true);
  });

  it("is undecided on an unknown strategy", async () => {
    const { violations, undecided } = await judgeStack(policy, [service(UNKNOWN), ...AROUND]);

    assert.deepEqual(violations, []);
    assert.equal(undecided, true);
  });

  it("wants no strategy where the limits want none", async () => {
    const subjects = [withoutStrategy(), CLUSTER];

    assert.deepEqual(await foundUnder(policy, { requireStrategy: false }, subjects), []);
    assert.equal((await foundUnder(policy, { requireStrategy: true }, subjects)).length, 1);
  });
});
