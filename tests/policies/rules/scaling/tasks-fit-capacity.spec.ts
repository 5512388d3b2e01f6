import assert from "node:assert/strict";
import { tasksFitCapacity as policy } from "../../../../policies/rules/scaling/tasks-fit-capacity";
import { type Bag, type Json, UNKNOWN } from "../../../../tools/preview/graph";
import { foundUnder } from "../../probe";
import { judgeStack, type Subject } from "../../../support/judgement";

/** One service of 3 to 20 tasks on a group of 3 to 12 m7g.large, which holds 4 of its tasks. */
interface Stack {
  readonly name?: string;
  readonly task?: Bag;
  readonly service?: Bag;
  readonly bounds?: Bag;
}

function serviceOf({ name = "api", task, service, bounds }: Stack = {}): readonly Subject[] {
  return [
    {
      type: "aws:ecs/service:Service",
      name,
      props: {
        taskDefinition: UNKNOWN,
        capacityProviderStrategies: [{ capacityProvider: UNKNOWN, weight: 1 }],
        deploymentMaximumPercent: 200,
        loadBalancers: [{ targetGroupArn: UNKNOWN }],
        ...service,
      },
      refers: {
        taskDefinition: [`${name}-task`],
        capacityProviderStrategies: ["provider"],
      },
    },
    {
      type: "aws:ecs/taskDefinition:TaskDefinition",
      name: `${name}-task`,
      props: {
        cpu: "512",
        memory: "1024",
        networkMode: "bridge",
        containerDefinitions: UNKNOWN,
        ...task,
      },
    },
    {
      type: "aws:appautoscaling/target:Target",
      name: `${name}-target`,
      props: { resourceId: UNKNOWN, minCapacity: 3, maxCapacity: 20, ...bounds },
      refers: { resourceId: [name] },
    },
  ];
}

const PROVIDER = {
  type: "aws:ecs/capacityProvider:CapacityProvider",
  name: "provider",
  refers: { autoScalingGroupProvider: ["group"] },
} as const;

function capacityOf(
  group: Bag = {},
  types: readonly string[] = ["m7g.large"],
  managedScaling: Json = { status: "ENABLED", targetCapacity: 90 },
): readonly Subject[] {
  const overrides = types.map((instanceType) => ({ instanceType }));
  return [
    {
      ...PROVIDER,
      props: { autoScalingGroupProvider: { autoScalingGroupArn: UNKNOWN, managedScaling } },
    },
    {
      type: "aws:autoscaling/group:Group",
      name: "group",
      props: {
        minSize: 3,
        maxSize: 12,
        mixedInstancesPolicy: { launchTemplate: { overrides } },
        ...group,
      },
    },
  ];
}

const fault = (got: string, allowed: string, fix: string) =>
  `${got}, allowed is ${allowed} (prod, policies/limits.ts "tasks-fit-capacity"); ${fix}`;

const tooFew = (size: number, tasks: string, most: string) =>
  fault(
    `maxSize is ${String(size)}: ${tasks}`,
    `at least ${most}`,
    "raise maxInstances, or lower maxTasks or deploymentMaximumPercent",
  );

const PEAK = "api takes 10 x m7g.large for 40 tasks in a deployment of 20 (4 each, by cpu)";

describe("tasks-fit-capacity", () => {
  for (const [what, subjects] of [
    ["a group of just the right size", [...serviceOf(), ...capacityOf()]],
    [
      "numbers as texts",
      [
        ...serviceOf({ bounds: { minCapacity: "3", maxCapacity: "20" } }),
        ...capacityOf({ minSize: "1", maxSize: "12" }),
      ],
    ],
    [
      "a smaller group without spare capacity",
      [...serviceOf(), ...capacityOf({ maxSize: 10 }, ["m7g.large"], { status: "ENABLED" })],
    ],
    [
      "a minimum that holds the fewest tasks",
      [...serviceOf({ bounds: { minCapacity: 12 } }), ...capacityOf()],
    ],
    ["a larger type besides", [...serviceOf(), ...capacityOf({}, ["m7g.large", "m7g.xlarge"])]],
    [
      "a task as large as the instance",
      [...serviceOf({ task: { cpu: "2048" }, bounds: { maxCapacity: 5 } }), ...capacityOf()],
    ],
    [
      "a type of its own units",
      [...serviceOf({ task: { cpu: "0.5 vCPU", memory: "1 GB" } }), ...capacityOf()],
    ],
    [
      "one task an instance",
      [
        ...serviceOf({ service: { schedulingStrategy: "DAEMON" } }),
        ...capacityOf({ minSize: 0, maxSize: 1 }),
      ],
    ],
    [
      "a group of another stack",
      serviceOf().map((subject) =>
        subject.name === "api" ? { ...subject, refers: { taskDefinition: ["api-task"] } } : subject,
      ),
    ],
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

  for (const [what, subjects, subject, violation] of [
    [
      "one instance too few for a deployment",
      [...serviceOf(), ...capacityOf({ maxSize: 11 })],
      "group",
      tooFew(11, PEAK, "12, of which a targetCapacity of 90 percent uses 10"),
    ],
    [
      "one instance too few without spare capacity",
      [...serviceOf(), ...capacityOf({ maxSize: 9 }, ["m7g.large"], null)],
      "group",
      tooFew(9, PEAK, "10, of which a targetCapacity of 100 percent uses 10"),
    ],
    [
      "the smallest type that holds fewer",
      [...serviceOf(), ...capacityOf({}, ["m7g.xlarge", "m7g.medium"])],
      "group",
      tooFew(
        12,
        "api takes 20 x m7g.medium for 40 tasks in a deployment of 20 (2 each, by cpu)",
        "23, of which a targetCapacity of 90 percent uses 20",
      ),
    ],
    [
      "a deployment of 200 percent where nothing is said",
      [
        ...serviceOf({ service: { deploymentMaximumPercent: null } }),
        ...capacityOf({ maxSize: 11 }),
      ],
      "group",
      tooFew(11, PEAK, "12, of which a targetCapacity of 90 percent uses 10"),
    ],
    [
      "its most tasks, where a deployment adds none",
      [...serviceOf({ service: { deploymentMaximumPercent: 100 } }), ...capacityOf({ maxSize: 5 })],
      "group",
      tooFew(
        5,
        "api takes 5 x m7g.large for 20 tasks in a deployment of 20 (4 each, by cpu)",
        "6, of which a targetCapacity of 90 percent uses 5",
      ),
    ],
    [
      "a scheduled action that raises the most tasks",
      [
        ...serviceOf(),
        ...capacityOf(),
        {
          type: "aws:appautoscaling/scheduledAction:ScheduledAction",
          name: "day",
          props: { resourceId: UNKNOWN, scalableTargetAction: { maxCapacity: 21 } },
          refers: { resourceId: ["api-target"] },
        },
      ],
      "group",
      tooFew(
        12,
        "api takes 11 x m7g.large for 42 tasks in a deployment of 21 (4 each, by cpu)",
        "13, of which a targetCapacity of 90 percent uses 11",
      ),
    ],
    [
      "a neighbour on the same group",
      [
        ...serviceOf(),
        ...serviceOf({ name: "web", bounds: { minCapacity: 1, maxCapacity: 1 } }),
        ...capacityOf(),
      ],
      "group",
      tooFew(
        12,
        `${PEAK} and web takes 1 x m7g.large for 2 tasks in a deployment of 1 (4 each, by cpu)`,
        "13, of which a targetCapacity of 90 percent uses 11",
      ),
    ],
    [
      "more fewest tasks than the smallest group holds",
      [...serviceOf({ bounds: { minCapacity: 13 } }), ...capacityOf()],
      "group",
      fault(
        "minSize is 3: api takes 4 x m7g.large for 13 tasks at least (4 each, by cpu)",
        "at least 4",
        "raise minInstances, or lower minTasks",
      ),
    ],
    [
      "a group that starts empty",
      [...serviceOf(), ...capacityOf({ minSize: 0 })],
      "group",
      fault(
        "minSize is 0: api takes 1 x m7g.large for 3 tasks at least (4 each, by cpu)",
        "at least 1",
        "raise minInstances, or lower minTasks",
      ),
    ],
    [
      "a task that is too large for a type",
      [...serviceOf({ task: { cpu: "2049" } }), ...capacityOf()],
      "api",
      fault(
        "a task takes 2049 CPU units and 1024 MiB, and m7g.large offers 2048 and 7336",
        "a task that fits every instance type of its group",
        "remove the type from instanceTypes, or lower taskCpu or taskMemoryMiB",
      ),
    ],
    [
      "a task with more memory than a type has",
      [...serviceOf({ task: { memory: "7337" } }), ...capacityOf()],
      "api",
      fault(
        "a task takes 512 CPU units and 7337 MiB, and m7g.large offers 2048 and 7336",
        "a task that fits every instance type of its group",
        "remove the type from instanceTypes, or lower taskCpu or taskMemoryMiB",
      ),
    ],
    [
      "too few network interfaces",
      [...serviceOf({ task: { networkMode: "awsvpc" } }), ...capacityOf()],
      "group",
      tooFew(
        12,
        "api takes 20 x m7g.large for 40 tasks in a deployment of 20 (2 each, by networkInterfaces)",
        "23, of which a targetCapacity of 90 percent uses 20",
      ),
    ],
    [
      "a fixed port of the instance",
      [
        ...serviceOf({
          task: { containerDefinitions: '[{"portMappings":[{"hostPort":80}]}]' },
          bounds: { maxCapacity: 6 },
        }),
        ...capacityOf(),
      ],
      "group",
      tooFew(
        12,
        "api takes 12 x m7g.large for 12 tasks in a deployment of 6 (1 each, by hostPorts)",
        "14, of which a targetCapacity of 90 percent uses 12",
      ),
    ],
    [
      "the size of its containers together",
      [
        ...serviceOf({
          task: {
            cpu: null,
            memory: null,
            containerDefinitions:
              '[{"cpu":256,"memory":512},{"cpu":256,"memory":9,"memoryReservation":1}]',
          },
        }),
        ...capacityOf({ maxSize: 11 }),
      ],
      "group",
      tooFew(11, PEAK, "12, of which a targetCapacity of 90 percent uses 10"),
    ],
    [
      "a fixed number of tasks",
      [
        ...serviceOf({ service: { desiredCount: 13 } }).filter(({ name }) => name !== "api-target"),
        ...capacityOf(),
      ],
      "group",
      fault(
        "minSize is 3: api takes 4 x m7g.large for 13 tasks at least (4 each, by cpu)",
        "at least 4",
        "raise minInstances, or lower minTasks",
      ),
    ],
  ] as const) {
    it(`refuses a service with ${what}`, async () => {
      assert.deepEqual(await judgeStack(policy, subjects), {
        violations: [violation],
        subjects: [subject],
        levels: ["mandatory"],
        undecided: false,
      });
    });
  }

  it("advises in dev", async () => {
    const { levels } = await judgeStack(
      policy,
      [...serviceOf(), ...capacityOf({ maxSize: 4 })],
      "dev",
    );

    assert.deepEqual(levels, ["advisory"]);
  });

  it("leaves a type that nobody knows to fleet-vcpu-ceiling", async () => {
    const { violations, undecided } = await judgeStack(policy, [
      ...serviceOf(),
      ...capacityOf({}, ["z9.large"]),
    ]);

    assert.deepEqual(violations, []);
    assert.equal(undecided, false);
  });

  for (const [what, subjects] of [
    ["size of a task", [...serviceOf({ task: { cpu: UNKNOWN } }), ...capacityOf({ maxSize: 1 })]],
    ["size of containers", [...serviceOf({ task: { cpu: null } }), ...capacityOf({ maxSize: 1 })]],
    [
      "most tasks",
      [...serviceOf({ bounds: { maxCapacity: UNKNOWN } }), ...capacityOf({ maxSize: 1 })],
    ],
    ["size of the group", [...serviceOf(), ...capacityOf({ maxSize: UNKNOWN })]],
    [
      "share of two capacity providers",
      [
        ...serviceOf({
          service: {
            capacityProviderStrategies: [
              { capacityProvider: UNKNOWN, weight: 1 },
              { capacityProvider: "FARGATE", weight: 1 },
            ],
          },
        }),
        ...capacityOf({ maxSize: 1 }),
      ],
    ],
  ] as const) {
    it(`is undecided on an unknown ${what}`, async () => {
      const { violations, undecided } = await judgeStack(policy, subjects);

      assert.deepEqual(violations, []);
      assert.equal(undecided, true);
    });
  }

  it("decides the neighbour of a service that it cannot size", async () => {
    const { subjects, undecided } = await judgeStack(policy, [
      ...serviceOf({ name: "later", task: { cpu: UNKNOWN } }),
      ...serviceOf(),
      ...capacityOf({ maxSize: 11 }),
    ]);

    assert.deepEqual(subjects, ["group"]);
    assert.equal(undecided, true);
  });

  it("takes the memory that the agent reserves and the trunking from the limits", async () => {
    const judged = (reservedMemoryMiB: number, eniTrunking: boolean, task: Bag) =>
      foundUnder(policy, { reservedMemoryMiB, eniTrunking }, [
        ...serviceOf({ task }),
        ...capacityOf(),
      ]);

    assert.deepEqual(await judged(256, false, { memory: "1834" }), []);
    assert.equal((await judged(257, false, { memory: "1834" })).length, 1);
    assert.equal((await judged(256, false, { networkMode: "awsvpc" })).length, 1);
    assert.deepEqual(await judged(256, true, { networkMode: "awsvpc" }), []);
  });
});
