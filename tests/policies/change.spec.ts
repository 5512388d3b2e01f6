import assert from "node:assert/strict";
import { type ChangedResource, judgeChange } from "../../policies/change";
import { limitsOf } from "../../policies/limits";
import { UNKNOWN_VALUE } from "../../policies/unknown-value";

const GROUP = "aws:autoscaling/group:Group";
const TARGET = "aws:appautoscaling/target:Target";
const PROVIDER = "aws:ecs/capacityProvider:CapacityProvider";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

type Inputs = ChangedResource["inputs"];

function aResource(type: string, inputs: Inputs, name = "web"): ChangedResource {
  return { urn: `urn:pulumi:prod::shop::${type}::${name}`, type, name, inputs };
}

const aGroup = (inputs: Inputs, name?: string): ChangedResource =>
  aResource(GROUP, { minSize: 2, maxSize: 10, ...inputs }, name);

function judged(
  before: readonly ChangedResource[],
  after: readonly ChangedResource[],
  environment = "prod",
): readonly string[] {
  const limits = limitsOf(environment)["scaling-change-within-limits"];
  return judgeChange(before, after, limits, environment).map(
    ({ outcome, message }) => `${outcome}: ${message}`,
  );
}

/** What is said of one resource with some inputs before and others after. */
const changed = (
  type: string,
  before: Inputs,
  after: Inputs,
  environment?: string,
): readonly string[] => judged([aResource(type, before)], [aResource(type, after)], environment);

const violation = (facts: string, fix: string, environment = "prod"): string =>
  `violation: ${facts} (${environment}, policies/limits.ts "scaling-change-within-limits"); ${fix}`;

const step = (managedScaling: unknown): Inputs => ({
  autoScalingGroupProvider: { managedScaling },
});
const overrides = (...list: unknown[]): Inputs => ({
  ...{ minSize: 2, maxSize: 10 },
  mixedInstancesPolicy: { launchTemplate: { overrides: list } },
});
const ofType = (instanceType: string): object => ({ instanceType });
const ofVcpus = (max?: number): object => ({ instanceRequirements: { vcpuCount: { max } } });

describe("judgeChange", () => {
  it("says nothing of a change without a difference", () => {
    const all = [
      aGroup(overrides(ofType("m7g.large"))),
      aResource(TARGET, { minCapacity: 2, maxCapacity: 20 }),
      aResource(PROVIDER, step({ maximumScalingStepSize: 5 })),
      aResource(TEMPLATE, ofType("m7g.large") as Inputs),
      aResource(TARGET, { minCapacity: 1, maxCapacity: 4 }, "other"),
    ];

    assert.deepEqual(judged(all, all), []);
  });

  for (const [type, maximum, minimum, raise, lower] of [
    [
      GROUP,
      "maxSize",
      "minSize",
      "raise maxInstances or maxTasks in several changes",
      "lower minInstances or minTasks in several changes",
    ],
    [
      TARGET,
      "maxCapacity",
      "minCapacity",
      "raise maxTasks in several changes",
      "lower minTasks in several changes",
    ],
  ] as const) {
    const before = { [maximum]: 10, [minimum]: 6 };
    const after = (inputs: Inputs): Inputs => ({ ...before, ...inputs });

    it(`bounds how far ${maximum} is raised`, () => {
      assert.deepEqual(changed(type, before, after({ [maximum]: 20 })), []);
      assert.deepEqual(changed(type, before, after({ [maximum]: 21 })), [
        violation(
          `${maximum} goes from 10 to 21 (+110 %), allowed is at most 20 in one change (+100 %)`,
          raise,
        ),
      ]);
      assert.deepEqual(changed(type, before, after({ [maximum]: 40 }), "dev"), []);
      assert.deepEqual(changed(type, before, after({ [maximum]: 41 }), "dev"), [
        violation(
          `${maximum} goes from 10 to 41 (+310 %), allowed is at most 40 in one change (+300 %)`,
          raise,
          "dev",
        ),
      ]);
    });

    it(`bounds how far ${minimum} is lowered`, () => {
      assert.deepEqual(changed(type, before, after({ [minimum]: 3 })), []);
      assert.deepEqual(changed(type, before, after({ [minimum]: 2 })), [
        violation(
          `${minimum} goes from 6 to 2 (-67 %), allowed is at least 3 in one change (-50 %)`,
          lower,
        ),
      ]);
      assert.deepEqual(changed(type, before, after({ [minimum]: 0 }), "dev"), []);
    });

    it(`lets ${maximum} fall and ${minimum} rise`, () => {
      assert.deepEqual(changed(type, before, { [maximum]: 8, [minimum]: 8 }), []);
      assert.deepEqual(changed(type, before, { [maximum]: 0, [minimum]: 100 }), []);
    });
  }

  it("takes shares of zero as shares of one", () => {
    const zero = { minSize: 0, maxSize: 0 };

    assert.deepEqual(changed(GROUP, zero, { minSize: 0, maxSize: 1 }), []);
    assert.deepEqual(changed(GROUP, zero, { minSize: 0, maxSize: 2 }), [
      violation(
        "maxSize goes from 0 to 2 (+200 %), allowed is at most 1 in one change (+100 %)",
        "raise maxInstances or maxTasks in several changes",
      ),
    ]);
  });

  it("never lets a rounded share allow more", () => {
    assert.deepEqual(changed(GROUP, { minSize: 3, maxSize: 9 }, { minSize: 2, maxSize: 9 }), []);
    assert.deepEqual(changed(GROUP, { minSize: 3, maxSize: 9 }, { minSize: 1, maxSize: 9 }), [
      violation(
        "minSize goes from 3 to 1 (-67 %), allowed is at least 2 in one change (-50 %)",
        "lower minInstances or minTasks in several changes",
      ),
    ]);
  });

  it("reads numbers that are texts", () => {
    assert.deepEqual(
      changed(GROUP, { minSize: "2", maxSize: "10" }, { minSize: "2", maxSize: "20" }),
      [],
    );
    assert.equal(
      changed(GROUP, { minSize: "2", maxSize: "10" }, { minSize: 2, maxSize: 21 }).length,
      1,
    );
  });

  for (const [what, value, why] of [
    ["an unknown value", UNKNOWN_VALUE, "is unknown"],
    ["an absent one", undefined, "is not set"],
    ["null", null, "is not set"],
    ["a text that is no number", "many", "is no whole number"],
    ["a list", [], "is no whole number"],
  ] as const) {
    it(`is undecided on ${what}, before the change and after it`, () => {
      const inputs = { minSize: 2, maxSize: value };

      assert.deepEqual(judged([aResource(GROUP, inputs)], [aGroup({})]), [
        `undecided: maxSize ${why} before the change`,
      ]);
      assert.deepEqual(judged([aGroup({})], [aResource(GROUP, inputs)]), [
        `undecided: maxSize ${why} after the change`,
      ]);
    });
  }

  it("bounds the largest step of a capacity provider; AWS takes 10000 for one that is left out", () => {
    const five = step({ maximumScalingStepSize: 5 });
    const fix = "raise maxScalingStep in several changes";
    const got = (to: number, percent: number): string =>
      violation(
        `maximumScalingStepSize goes from 5 to ${String(to)} (+${String(percent)} %), allowed is at most 10 in one change (+100 %)`,
        fix,
      );

    assert.deepEqual(changed(PROVIDER, five, step({ maximumScalingStepSize: 10 })), []);
    assert.deepEqual(changed(PROVIDER, five, step({ maximumScalingStepSize: 11 })), [got(11, 120)]);
    assert.deepEqual(changed(PROVIDER, five, step({})), [got(10_000, 199_900)]);
    assert.deepEqual(changed(PROVIDER, step({}), five), []);
  });

  it("is undecided where managed scaling is switched on or off, and silent where it stays off", () => {
    const on = step({ maximumScalingStepSize: 5 });
    const off = step({ status: "DISABLED", maximumScalingStepSize: 1 });
    const unknown = step(UNKNOWN_VALUE);

    assert.deepEqual(changed(PROVIDER, off, on), [
      "undecided: maximumScalingStepSize is not set before the change",
    ]);
    assert.deepEqual(changed(PROVIDER, on, {}), [
      "undecided: maximumScalingStepSize is not set after the change",
    ]);
    assert.deepEqual(changed(PROVIDER, on, unknown), [
      "undecided: maximumScalingStepSize is unknown after the change",
    ]);
    assert.deepEqual(changed(PROVIDER, off, step(undefined)), []);
  });

  it("bounds the vCPUs of the largest type of a group", () => {
    const before = overrides(ofType("m7g.large"), ofType("c7g.xlarge"));

    assert.deepEqual(changed(GROUP, before, overrides(ofType("m7g.2xlarge"))), []);
    assert.deepEqual(
      changed(GROUP, before, overrides(ofType("m7g.large"), ofType("m7g.4xlarge"))),
      [
        violation(
          "the largest instance goes from c7g.xlarge (4 vCPUs) to m7g.4xlarge (16 vCPUs) (+300 %), allowed is at most 8 vCPUs in one change (+100 %)",
          "choose a size between the two for one change",
        ),
      ],
    );
    assert.deepEqual(changed(GROUP, before, overrides(ofType("m7g.large"))), []);
  });

  it("bounds the type of a launch template, and requirements by their maximum", () => {
    assert.deepEqual(
      changed(TEMPLATE, { instanceType: "m7g.large" }, { instanceType: "m7g.2xlarge" }),
      [
        violation(
          "the largest instance goes from m7g.large (2 vCPUs) to m7g.2xlarge (8 vCPUs) (+300 %), allowed is at most 4 vCPUs in one change (+100 %)",
          "choose a size between the two for one change",
        ),
      ],
    );
    assert.deepEqual(changed(GROUP, overrides(ofVcpus(4)), overrides(ofVcpus(8))), []);
    assert.deepEqual(changed(GROUP, overrides(ofVcpus(4)), overrides(ofVcpus(9))), [
      violation(
        "the largest instance goes from requirements of up to 4 vCPUs to requirements of up to 9 vCPUs (+125 %), allowed is at most 8 vCPUs in one change (+100 %)",
        "choose a size between the two for one change",
      ),
    ]);
  });

  for (const [what, after, why] of [
    ["an unknown type", overrides(ofType(UNKNOWN_VALUE)), "is unknown after the change"],
    ["an unknown override", overrides(UNKNOWN_VALUE), "is unknown after the change"],
    [
      "unknown overrides",
      { ...overrides(), mixedInstancesPolicy: UNKNOWN_VALUE },
      "is unknown after the change",
    ],
    [
      "a type that the catalogue lacks",
      overrides(ofType("m7g.large"), ofType("x9z.huge")),
      "(x9z.huge, which capacity/instance-types.json lacks) is unknown after the change",
    ],
    ["requirements without a maximum", overrides(ofVcpus()), "is not set after the change"],
    ["types that moved elsewhere", overrides(), "is not set after the change"],
  ] as const) {
    it(`is undecided on ${what}`, () => {
      assert.deepEqual(changed(GROUP, overrides(ofType("m7g.large")), after), [
        `undecided: the largest instance ${why}`,
      ]);
    });
  }

  it("has nothing to compare what is new with, nor what went", () => {
    assert.deepEqual(judged([], [aGroup({ maxSize: 500 })]), []);
    assert.deepEqual(judged([aGroup({})], []), []);
    assert.deepEqual(judged([aGroup({})], [aGroup({}), aGroup({ maxSize: 500 }, "new")]), []);
  });

  it("takes the only one that went and the only one that came as one renamed", () => {
    const stays = aGroup({}, "stays");

    assert.deepEqual(
      judged([stays, aGroup({})], [stays, aGroup({ maxSize: 21 }, "renamed")]).length,
      1,
    );
    assert.deepEqual(judged([aGroup({})], [aResource(TARGET, { maxCapacity: 99 })]), []);
  });

  it("is undecided on what is new where it could replace several, or several could replace one", () => {
    const [a, b] = [aGroup({}, "a"), aGroup({}, "b")];

    assert.deepEqual(judged([a, b], [aGroup({ maxSize: 500 }, "c")]), [
      "undecided: 'c' is new while 'a', 'b' of its type went; which of them it replaces is not told",
    ]);
    assert.deepEqual(judged([a], [b, aGroup({}, "c")]), [
      "undecided: 'b' is new while 'a' of its type went; which of them it replaces is not told",
      "undecided: 'c' is new while 'a' of its type went; which of them it replaces is not told",
    ]);
  });

  it("ignores other types", () => {
    assert.deepEqual(changed("aws:s3/bucket:Bucket", { maxSize: 1 }, { maxSize: 500 }), []);
  });

  it("names the resource after the change", () => {
    const limits = limitsOf("prod")["scaling-change-within-limits"];
    const findings = judgeChange([aGroup({})], [aGroup({ maxSize: 21 }, "new")], limits, "prod");

    assert.deepEqual(
      findings.map(({ urn }) => urn),
      [`urn:pulumi:prod::shop::${GROUP}::new`],
    );
  });
});
