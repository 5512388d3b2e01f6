import assert from "node:assert/strict";
import { serviceDemand, type ServiceDemand, serviceScalers } from "../../policies/service-demand";
import { type Bag, type Json, UNKNOWN } from "../../tools/preview/graph";
import type { Subject } from "../support/judgement";
import { found } from "./probe";

const TASK: Bag = {
  arn: "task-arn",
  cpu: "512",
  memory: "1024",
  networkMode: "awsvpc",
  containerDefinitions: "[]",
};

function demandOf(
  service: Bag,
  task: Bag = {},
  more: readonly Subject[] = [],
): Promise<{ readonly value: ServiceDemand | undefined; readonly undecided: boolean }> {
  const subjects: readonly Subject[] = [
    {
      type: "aws:ecs/service:Service",
      name: "api",
      props: { name: "api", cluster: "main", taskDefinition: "task-arn", ...service },
    },
    { type: "aws:ecs/taskDefinition:TaskDefinition", name: "task", props: { ...TASK, ...task } },
    { type: "aws:autoscaling/group:Group", name: "group", props: { arn: "group-arn" } },
    {
      type: "aws:ecs/capacityProvider:CapacityProvider",
      name: "provider",
      props: { name: "own", autoScalingGroupProvider: { autoScalingGroupArn: "group-arn" } },
    },
    ...more,
  ];
  return found<ServiceDemand>(subjects, (stack, named, note) => {
    const demand = serviceDemand(stack, named("api"), named("group"), serviceScalers(stack));
    if (demand !== undefined) {
      note(demand);
    }
  });
}

const target = (minCapacity: Json, maxCapacity: Json): Subject => ({
  type: "aws:appautoscaling/target:Target",
  props: { resourceId: "service/main/api", minCapacity, maxCapacity },
});

const item = (capacityProvider: string, base: number, weight: number) => ({
  capacityProvider,
  base,
  weight,
});

describe("serviceDemand", () => {
  it("tells what a service takes by literals alone", async () => {
    assert.deepEqual(await demandOf({ deploymentMaximumPercent: "150" }, {}, [target(3, "20")]), {
      value: {
        task: { cpuUnits: 512, memoryMiB: 1024, networkMode: "awsvpc", ports: 0 },
        fixedHostPort: false,
        minTasks: 3,
        maxTasks: 20,
        deploymentMaximumPercent: 150,
      },
      undecided: false,
    });
  });

  for (const [what, service, more] of [
    ["a daemon", { schedulingStrategy: "DAEMON" }, []],
    ["a task definition of another stack", { taskDefinition: "other" }, []],
    ["bounds that are no numbers", {}, [target("few", "many")]],
  ] as const) {
    it(`tells nothing of ${what}`, async () => {
      assert.deepEqual(await demandOf(service, {}, more), { value: undefined, undecided: false });
    });
  }

  it("tells nothing of a service that an unknown target may scale", async () => {
    assert.deepEqual(await demandOf({ desiredCount: 1, name: UNKNOWN }, {}, [target(1, 2)]), {
      value: undefined,
      undecided: true,
    });
  });

  it("counts the highest maximum of the target and its scheduled actions", async () => {
    const action = (name: string, maxCapacity: Json): Subject => ({
      type: "aws:appautoscaling/scheduledAction:ScheduledAction",
      name,
      props: { resourceId: "service/main/api", scalableTargetAction: { maxCapacity } },
    });
    const { value } = await demandOf({}, {}, [
      target(3, 20),
      action("day", 25),
      action("night", 5),
      action("none", null),
    ]);

    assert.deepEqual([value?.minTasks, value?.maxTasks], [3, 25]);
  });

  for (const [service, tasks] of [
    [{}, 0],
    [{ desiredCount: 4 }, 4],
  ] as const) {
    it(`takes the desired count of a service without a target: ${JSON.stringify(service)}`, async () => {
      const { value } = await demandOf(service);

      assert.deepEqual([value?.minTasks, value?.maxTasks], [tasks, tasks]);
    });
  }

  for (const [what, strategies, bounds] of [
    ["one provider, whatever its name", [item("other", 0, 1)], [3, 20]],
    ["equal weights", [item("own", 0, 1), item("FARGATE", 0, 1)], [2, 10]],
    ["a base of its own", [item("own", 2, 0), item("FARGATE", 0, 1)], [2, 2]],
    ["a base of its own above all tasks", [item("own", 9, 0), item("FARGATE", 0, 1)], [3, 9]],
    ["a base of the other", [item("own", 0, 3), item("FARGATE", 4, 1)], [0, 12]],
    ["no weight at all", [item("own", 1, 0), item("FARGATE", 0, 0)], [1, 1]],
    [
      "no weight where one is left out",
      [{ capacityProvider: "own", base: 1 }, item("FARGATE", 0, 1)],
      [1, 1],
    ],
    ["no place in the strategy", [item("FARGATE", 0, 1), item("FARGATE_SPOT", 0, 1)], [0, 0]],
  ] as const) {
    it(`counts the share of the group with ${what}`, async () => {
      const { value } = await demandOf({ capacityProviderStrategies: strategies as never }, {}, [
        target(3, 20),
      ]);

      assert.deepEqual([value?.minTasks, value?.maxTasks], bounds);
    });
  }

  for (const [cpu, memory, expected] of [
    ["1 vCPU", "2 GB", [1024, 2048]],
    [".25vcpu", "0.5GB", [256, 512]],
    [256, 512, [256, 512]],
    ["a lot", "much", [0, 0]],
  ] as const) {
    it(`reads a size of ${String(cpu)} and ${String(memory)}`, async () => {
      const { value } = await demandOf({}, { cpu, memory });

      assert.deepEqual([value?.task.cpuUnits, value?.task.memoryMiB], expected);
    });
  }

  for (const [networkMode, hostPort, expected] of [
    ["bridge", 0, false],
    ["bridge", 8080, true],
    ["bridge", null, false],
    ["host", 0, true],
    ["awsvpc", 8080, false],
  ] as const) {
    it(`says whether host port ${String(hostPort)} is fixed with ${networkMode}`, async () => {
      const containerDefinitions = JSON.stringify([{ portMappings: [{ hostPort }, {}] }]);
      const { value } = await demandOf({}, { networkMode, containerDefinitions });

      assert.equal(value?.fixedHostPort, expected);
      assert.equal(value.task.ports, 2);
    });
  }

  it("counts the ports of the load balancers while the containers are unknown", async () => {
    const { value, undecided } = await demandOf(
      { loadBalancers: [{ targetGroupArn: "a" }] },
      { containerDefinitions: UNKNOWN },
    );

    assert.equal(value?.task.ports, 1);
    assert.equal(undecided, false);
  });
});
