import assert from "node:assert/strict";
import { aStackPlan, planFaults } from "../../support/stack-plans";

describe("planCapacity", () => {
  it("plans the group within the bounds that follow from the tasks", () => {
    assert.deepEqual(aStackPlan().capacity, {
      architecture: "arm64",
      instanceTypes: ["t4g.small", "t4g.medium"],
      ami: {
        source: "latest",
        parameter: "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id",
      },
      rootVolumeGiB: 30,
      minInstances: 1,
      maxInstances: 4,
      onDemandBase: 0,
      onDemandPercentageAboveBase: 0,
      usesSpot: true,
      targetCapacityPercent: 100,
      maxScalingStep: 1,
      instanceWarmupSeconds: 60,
      reservedMemoryMiB: 256,
      stopTimeoutSeconds: 60,
      deletionProtection: false,
    });
  });

  it("derives a step of two instances, or of one where the group grows by less", () => {
    const stepOf = (minInstances: number, maxInstances: number) =>
      aStackPlan({
        scaling: { minTasks: 1, maxTasks: 1 },
        capacity: {
          instanceTypes: ["t4g.small"],
          minInstances,
          maxInstances,
          maxScalingStep: undefined,
        },
      }).capacity.maxScalingStep;
    assert.deepEqual([stepOf(1, 1), stepOf(1, 2), stepOf(1, 3), stepOf(1, 9)], [1, 1, 2, 2]);
  });

  it("uses Spot only where some instance above the base may be one", () => {
    const usesSpot = (onDemandBase: number, onDemandPercentageAboveBase: number) =>
      aStackPlan({ capacity: { onDemandBase, onDemandPercentageAboveBase } }).capacity.usesSpot;
    assert.deepEqual(
      [usesSpot(0, 0), usesSpot(3, 99), usesSpot(4, 0), usesSpot(0, 100)],
      [true, true, false, false],
    );
  });
});

describe("sizeCapacity", () => {
  it("reports how the tasks fit every type, and counts on the least", () => {
    assert.deepEqual(aStackPlan().report, {
      fits: [
        { instanceType: "t4g.small", tasks: 2, boundBy: "memory" },
        { instanceType: "t4g.medium", tasks: 6, boundBy: "memory" },
      ],
      smallest: { instanceType: "t4g.small", tasks: 2, boundBy: "memory" },
      minTasks: 1,
      maxTasks: 4,
      deploymentTasks: 8,
      instancesAtMin: 1,
      instancesAtMax: 2,
      instancesAtDeployment: 4,
      minInstances: 1,
      maxInstances: 4,
      minInstancesBoundBy: "minTasks at the target capacity",
      maxInstancesBoundBy: "the deployment's surge",
    });
  });

  it("keeps an instance in each of two zones of which one may be lost", () => {
    const network = { surviveZoneLoss: true, natGateways: "OnePerAz" } as const;
    const { report } = aStackPlan({ network, scaling: { minTasks: 2 } });
    assert.deepEqual([report.minInstances, report.minInstancesBoundBy], [2, "one instance a zone"]);
  });

  it("counts network interfaces with awsvpc", () => {
    const { report } = aStackPlan({
      service: { networkMode: "awsvpc" },
      capacity: { instanceTypes: ["m7g.large"] },
    });
    assert.deepEqual(report.smallest, {
      instanceType: "m7g.large",
      tasks: 2,
      boundBy: "networkInterfaces",
    });
  });

  it("refuses a type that it has no figures of, with the nearest", () => {
    assert.deepEqual(planFaults({ capacity: { instanceTypes: ["t4g.smal", "t4g.medium"] } }), [
      "Pulumi.dev.yaml: ecs-on-ec2:instanceTypes[0]: got t4g.smal, but capacity/instance-types.json has no such type; did you mean t4g.small",
    ]);
  });

  it("offers a type of the architecture in place of one that is no slip of the pen", () => {
    assert.deepEqual(planFaults({ capacity: { instanceTypes: ["g5.xlarge"] } }), [
      "Pulumi.dev.yaml: ecs-on-ec2:instanceTypes[0]: got g5.xlarge, but capacity/instance-types.json has no such type; choose a type such as t4g.xlarge, or add its figures there",
    ]);
  });

  it("refuses a type of the other architecture, with the nearest of the right one", () => {
    assert.deepEqual(planFaults({ capacity: { instanceTypes: ["t4g.small", "m7i.large"] } }), [
      "Pulumi.dev.yaml: ecs-on-ec2:instanceTypes[1]: got m7i.large, but it is x86_64 and architecture is arm64; choose a type such as m7g.large, or change architecture",
    ]);
  });

  it("refuses a type that is too small for one task, at the exact bound", () => {
    const capacity = { instanceTypes: ["t4g.small"] };
    assert.deepEqual(planFaults({ capacity, container: { taskMemoryMiB: 1499 } }), []);
    assert.deepEqual(planFaults({ capacity, container: { taskMemoryMiB: 1500 } }), [
      "Pulumi.dev.yaml: ecs-on-ec2:instanceTypes[0]: got t4g.small, but a task takes 256 CPU units and 1500 MiB and the instance offers 2048 and 1499; choose a larger type, or lower taskCpu or taskMemoryMiB",
    ]);
    assert.deepEqual(planFaults({ capacity, container: { taskCpu: 2048 } }), []);
    assert.deepEqual(planFaults({ capacity, container: { taskCpu: 2049 } }), [
      "Pulumi.dev.yaml: ecs-on-ec2:instanceTypes[0]: got t4g.small, but a task takes 2049 CPU units and 512 MiB and the instance offers 2048 and 1499; choose a larger type, or lower taskCpu or taskMemoryMiB",
    ]);
  });
});

describe("planAmi", () => {
  const amiId = "ami-0123456789abcdef0";

  it("reads the parameter of the architecture, at deployment or at launch", () => {
    const x86 = {
      container: { architecture: "x86_64" },
      capacity: { amiSource: "launch", instanceTypes: ["t3.small"] },
    } as const;
    assert.deepEqual(aStackPlan(x86).capacity.ami, {
      source: "launch",
      parameter: "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
    });
  });

  it("takes a pinned image by its id", () => {
    const { capacity } = aStackPlan({ capacity: { amiSource: "pinned", amiId } });
    assert.deepEqual(capacity.ami, { source: "pinned", amiId });
  });

  it("refuses a source and an id that contradict each other", () => {
    assert.deepEqual(planFaults({ capacity: { amiSource: "pinned" } }), [
      "Pulumi.dev.yaml: ecs-on-ec2:amiId: got nothing, but amiSource is pinned; set amiId to the image's id, or amiSource to latest or launch",
    ]);
    assert.deepEqual(planFaults({ capacity: { amiId } }), [
      `Pulumi.dev.yaml: ecs-on-ec2:amiId: got ${amiId}, but amiSource is latest; set amiSource to pinned, or remove amiId`,
    ]);
  });
});
