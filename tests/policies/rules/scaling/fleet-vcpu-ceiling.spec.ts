import assert from "node:assert/strict";
import { fleetVcpuCeiling as policy } from "../../../../policies/rules/scaling/fleet-vcpu-ceiling";
import { type Bag, type Json, UNKNOWN } from "../../../../tools/preview/graph";
import { judgeStack, type Subject } from "../../../support/judgement";

const group = (maxSize: Json, overrides: Json, name = "web"): Subject => ({
  type: "aws:autoscaling/group:Group",
  name,
  props: { maxSize, mixedInstancesPolicy: { launchTemplate: { overrides } } },
});

const templated = (maxSize: Json, template: Bag): readonly Subject[] => [
  {
    type: "aws:autoscaling/group:Group",
    name: "web",
    props: { maxSize, launchTemplate: { id: UNKNOWN }, mixedInstancesPolicy: UNKNOWN },
    refers: { launchTemplate: ["template"] },
  },
  { type: "aws:ec2/launchTemplate:LaunchTemplate", name: "template", props: template },
];

const types = (...names: readonly string[]) => names.map((instanceType) => ({ instanceType }));

const requirements = (vCpus: number, memoryMiB: number) => ({
  instanceRequirements: { vcpuCount: { max: vCpus }, memoryMib: { max: memoryMiB } },
});

const fault = (got: string, most: string) =>
  `${got}, allowed is at most ${most} of all groups together (prod, policies/limits.ts "fleet-vcpu-ceiling"); lower maxInstances or maxTasks, or remove the largest type from instanceTypes`;

const unsized = (got: string) =>
  `${got}, allowed is instance types whose size is known (prod, policies/limits.ts "fleet-vcpu-ceiling"); choose a type of the catalogue, or add this one's figures to it`;

describe("fleet-vcpu-ceiling", () => {
  for (const [what, subjects] of [
    ["as many vCPUs as are allowed", [group(64, types("c7g.large", "c7g.xlarge"))]],
    ["as much memory as is allowed", [group(64, types("r7g.large"))]],
    [
      "several groups that stay below together",
      [group(32, types("c7g.xlarge")), group("32", types("c7g.xlarge"), "jobs")],
    ],
    [
      "weights: 64 units are 32 instances",
      [group(64, [{ instanceType: "c7g.2xlarge", weightedCapacity: "2" }])],
    ],
    ["the type of its launch template", templated(64, { instanceType: "c7g.xlarge" })],
    ["requirements with maxima", [group(64, [requirements(4, 8192)])]],
  ] as const) {
    it(`accepts a fleet with ${what}`, async () => {
      assert.deepEqual(await judgeStack(policy, subjects), {
        violations: [],
        subjects: [],
        levels: [],
        undecided: false,
      });
    });
  }

  for (const [what, subjects, subject, violation] of [
    [
      "one instance too many",
      [group(65, types("c7g.large", "c7g.xlarge"))],
      "web",
      fault("web at 65 x c7g.xlarge is 260 vCPUs", "256 vCPUs"),
    ],
    [
      "too much memory",
      [group(65, types("c7g.large", "r7g.large"))],
      "web",
      fault("web at 65 x r7g.large is 1040 GiB of memory", "1024 GiB of memory"),
    ],
    [
      "groups that are too large together",
      [group(32, types("c7g.xlarge")), group(33, types("c7g.xlarge"), "jobs")],
      "jobs",
      fault(
        "jobs at 33 x c7g.xlarge is 132 vCPUs and web at 32 x c7g.xlarge is 128 vCPUs",
        "256 vCPUs",
      ),
    ],
    [
      "weights that do not divide the size",
      [group(65, [{ instanceType: "c7g.2xlarge", weightedCapacity: "2" }])],
      "web",
      fault("web at 33 x c7g.2xlarge is 264 vCPUs", "256 vCPUs"),
    ],
    [
      "too large a type in its launch template",
      templated(65, { instanceType: "c7g.xlarge" }),
      "web",
      fault("web at 65 x c7g.xlarge is 260 vCPUs", "256 vCPUs"),
    ],
    [
      "requirements that allow too much",
      [group(64, [requirements(5, 8192)])],
      "web",
      fault("web at 64 x its requirements is 320 vCPUs", "256 vCPUs"),
    ],
    [
      "a type that nobody knows",
      [group(1, types("c7g.large", "z9.large"))],
      "web",
      unsized("z9.large is not in capacity/instance-types.json"),
    ],
    ["no type", [group(1, [])], "web", unsized("the group names no instance type")],
    [
      "overrides that are null",
      [group(1, null)],
      "web",
      unsized("the group names no instance type"),
    ],
    [
      "requirements without maxima",
      [group(1, [{ instanceRequirements: { vcpuCount: { min: 2 } } }])],
      "web",
      unsized("neither instanceType nor instanceRequirements with maxima is set"),
    ],
    [
      "a launch template without a type",
      templated(1, {}),
      "web",
      unsized("neither instanceType nor instanceRequirements with maxima is set"),
    ],
  ] as const) {
    it(`refuses a fleet with ${what}`, async () => {
      assert.deepEqual(await judgeStack(policy, subjects), {
        violations: [violation],
        subjects: [subject],
        levels: ["mandatory"],
        undecided: false,
      });
    });
  }

  it("has dev's limits in dev", async () => {
    assert.deepEqual(await judgeStack(policy, [group(8, types("t4g.large"))], "dev"), {
      violations: [],
      subjects: [],
      levels: [],
      undecided: false,
    });
    assert.deepEqual((await judgeStack(policy, [group(9, types("t4g.large"))], "dev")).levels, [
      "mandatory",
      "mandatory",
    ]);
  });

  it("is undecided on an unknown size, and refuses what is too large without it", async () => {
    const { subjects, undecided } = await judgeStack(policy, [
      group(UNKNOWN, types("c7g.xlarge"), "later"),
      group(65, types("c7g.xlarge")),
    ]);

    assert.deepEqual(subjects, ["web"]);
    assert.equal(undecided, true);
  });

  it("leaves a size that is no number to asg-size-within-limits", async () => {
    const { violations } = await judgeStack(policy, [group("many", types("c7g.xlarge"))]);

    assert.deepEqual(violations, []);
  });
});
