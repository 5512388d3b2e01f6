import assert from "node:assert/strict";
import { readGroups } from "../../../policies/cost/instance-groups";
import { isUnknownValueError } from "../../../policies/unknown";
import { type Bag, UNKNOWN } from "../../../tools/preview/graph";
import { aStack } from "./a-stack";

const GROUP = "aws:autoscaling/group:Group";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

const mixed = (distribution: Bag, ...instanceTypes: string[]): Bag => ({
  instancesDistribution: distribution,
  launchTemplate: {
    launchTemplateSpecification: { launchTemplateId: UNKNOWN },
    overrides: instanceTypes.map((instanceType) => ({ instanceType })),
  },
});

const read = (group: Bag, template: Bag = {}, property = "mixedInstancesPolicy") =>
  readGroups(
    aStack([
      { type: TEMPLATE, name: "template", props: template },
      {
        type: GROUP,
        name: "web",
        props: { minSize: 1, maxSize: 4, ...group },
        refers: { [property]: ["template"] },
      },
    ]),
  );

const expected = {
  name: "web",
  minSize: 1,
  maxSize: 4,
  instanceTypes: ["t4g.small", "t4g.medium"],
  onDemandBase: 0,
  onDemandPercentageAboveBase: 100,
  volumeGiB: 30,
  detailedMonitoring: false,
  publicIpv4Addresses: 0,
};
const types = ["t4g.small", "t4g.medium"];

describe("readGroups", () => {
  it("reads sizes, types, shares, volumes and monitoring", () => {
    const { groups, unreadable } = read(
      {
        minSize: "2",
        maxSize: 8,
        mixedInstancesPolicy: mixed(
          { onDemandBaseCapacity: 1, onDemandPercentageAboveBaseCapacity: 50 },
          ...types,
        ),
      },
      {
        imageId: UNKNOWN,
        blockDeviceMappings: [{ ebs: { volumeSize: 40 } }, { ebs: { volumeSize: "60" } }],
        monitoring: { enabled: true },
        networkInterfaces: [{ associatePublicIpAddress: "true", securityGroups: UNKNOWN }],
      },
    );

    assert.deepEqual(unreadable, []);
    assert.deepEqual(groups, [
      {
        ...expected,
        minSize: 2,
        maxSize: 8,
        onDemandBase: 1,
        onDemandPercentageAboveBase: 50,
        volumeGiB: 100,
        detailedMonitoring: true,
        publicIpv4Addresses: 1,
      },
    ]);
  });

  it("takes AWS's defaults for what is absent: On-Demand, the image's volume, basic monitoring", () => {
    assert.deepEqual(read({ mixedInstancesPolicy: mixed({}, ...types) }).groups, [expected]);
  });

  it("takes the default for what only the deployment tells", () => {
    const { groups, unreadable } = read(
      {
        mixedInstancesPolicy: mixed(
          { onDemandBaseCapacity: UNKNOWN, onDemandPercentageAboveBaseCapacity: UNKNOWN },
          ...types,
        ),
      },
      { blockDeviceMappings: UNKNOWN, monitoring: UNKNOWN, networkInterfaces: UNKNOWN },
    );

    assert.deepEqual([groups, unreadable], [[expected], []]);
  });

  it("takes the launch template's type where there is no mixed policy, or an unknown one", () => {
    for (const mixedInstancesPolicy of [UNKNOWN, null]) {
      const { groups } = read(
        { mixedInstancesPolicy },
        { instanceType: "m7g.large" },
        "launchTemplate",
      );

      assert.deepEqual(groups[0]?.instanceTypes, ["m7g.large"]);
    }
  });

  for (const [what, policy] of [
    ["no type at all", undefined],
    [
      "types by requirements",
      {
        launchTemplate: {
          overrides: [{ instanceType: "t4g.small" }, { instanceRequirements: {} }],
        },
      },
    ],
    ["an unknown type", mixed({}, "t4g.small", UNKNOWN)],
  ] as const) {
    it(`says that it cannot read ${what}`, () => {
      const { groups, unreadable } = read(
        policy === undefined ? {} : { mixedInstancesPolicy: policy as unknown as Bag },
      );

      assert.deepEqual(groups[0]?.instanceTypes, []);
      assert.deepEqual(unreadable, ["instance types of group web"]);
    });
  }

  for (const size of ["many", null, 1.5, -1]) {
    it(`says that it cannot read the size ${JSON.stringify(size)}`, () => {
      assert.deepEqual(read({ minSize: size }), { groups: [], unreadable: ["size of group web"] });
    });
  }

  it("keeps shares within what they can be", () => {
    const { groups } = read({
      mixedInstancesPolicy: mixed(
        { onDemandBaseCapacity: -1, onDemandPercentageAboveBaseCapacity: 101 },
        ...types,
      ),
    });

    assert.deepEqual(groups, [expected]);
  });

  it("lets an unknown size through, which leaves a policy undecided", () => {
    assert.throws(() => read({ maxSize: UNKNOWN }), isUnknownValueError);
  });
});
