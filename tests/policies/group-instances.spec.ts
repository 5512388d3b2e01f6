import assert from "node:assert/strict";
import { allowedInstances, mayRunSpot } from "../../policies/group-instances";
import { type Bag, UNKNOWN } from "../../tools/preview/graph";
import { found } from "./probe";

const GROUP = "aws:autoscaling/group:Group";
const TEMPLATE = { type: "aws:ec2/launchTemplate:LaunchTemplate", name: "template" } as const;

const subjects = (group: Bag, property: string, template: Bag = {}) => [
  { type: GROUP, name: "group", props: group, refers: { [property]: ["template"] } },
  { ...TEMPLATE, props: template },
];

const allowed = async (...given: Parameters<typeof subjects>) =>
  (
    await found(subjects(...given), (stack, named, note) => {
      note(allowedInstances(stack, named("group")));
    })
  ).value;

const spot = async (...given: Parameters<typeof subjects>) =>
  (
    await found(subjects(...given), (stack, named, note) => {
      note(mayRunSpot(stack, named("group")));
    })
  ).value;

describe("allowedInstances", () => {
  for (const [what, overrides, expected] of [
    [
      "types",
      [{ instanceType: "m7g.large" }, { instanceType: "m6g.large", weightedCapacity: "2" }],
      [
        { instanceType: "m7g.large", most: undefined, weight: 1 },
        { instanceType: "m6g.large", most: undefined, weight: 2 },
      ],
    ],
    [
      "requirements",
      [{ instanceRequirements: { vcpuCount: { max: 4 }, memoryMib: { max: 8192 } } }],
      [{ instanceType: undefined, most: { vCpus: 4, memoryMiB: 8192 }, weight: 1 }],
    ],
    [
      "requirements without a maximum",
      [{ instanceRequirements: { vcpuCount: { max: 4 } } }],
      [{ instanceType: undefined, most: undefined, weight: 1 }],
    ],
  ] as const) {
    it(`takes ${what} from the overrides`, async () => {
      const mixedInstancesPolicy = { launchTemplate: { overrides: overrides as never } };

      assert.deepEqual(
        await allowed({ mixedInstancesPolicy }, "mixedInstancesPolicy", {
          instanceType: "t4g.nano",
        }),
        expected,
      );
    });
  }

  it("takes the launch template's type where no override names one", async () => {
    const mixedInstancesPolicy = { launchTemplate: { overrides: [{ weightedCapacity: "2" }] } };
    const template = { instanceType: "m7g.large" };
    const expected = [{ instanceType: "m7g.large", most: undefined, weight: 1 }];

    assert.deepEqual(
      await allowed({ mixedInstancesPolicy }, "mixedInstancesPolicy", template),
      expected,
    );
    assert.deepEqual(
      await allowed({ mixedInstancesPolicy: UNKNOWN }, "launchTemplate", template),
      expected,
    );
  });

  it("finds nothing where neither says anything that the stack knows", async () => {
    const { value } = await found<unknown>(
      [{ type: GROUP, name: "group", props: { launchTemplate: { id: "lt-0" } } }],
      (stack, named, note) => {
        note(allowedInstances(stack, named("group")));
      },
    );

    assert.deepEqual(value, []);
  });
});

describe("mayRunSpot", () => {
  for (const [distribution, expected] of [
    [{ onDemandPercentageAboveBaseCapacity: 100 }, false],
    [{ onDemandPercentageAboveBaseCapacity: 99 }, true],
    [{ onDemandPercentageAboveBaseCapacity: "0" }, true],
    [{ onDemandPercentageAboveBaseCapacity: 0, onDemandBaseCapacity: 4 }, false],
    [{ onDemandPercentageAboveBaseCapacity: 0, onDemandBaseCapacity: 3 }, true],
    [{ onDemandPercentageAboveBaseCapacity: "some" }, true],
    [{}, false],
  ] as const) {
    it(`is ${String(expected)} for 4 instances with ${JSON.stringify(distribution)}`, async () => {
      const mixedInstancesPolicy = { instancesDistribution: { ...distribution } };

      assert.equal(
        await spot({ maxSize: 4, mixedInstancesPolicy }, "mixedInstancesPolicy"),
        expected,
      );
    });
  }

  for (const [marketType, expected] of [
    ["spot", true],
    ["capacity-block", false],
  ] as const) {
    it(`is ${String(expected)} for a launch template of the market ${marketType}`, async () => {
      const template = { instanceMarketOptions: { marketType } };

      assert.equal(await spot({ maxSize: 4 }, "launchTemplate", template), expected);
    });
  }
});
