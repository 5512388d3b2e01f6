import { ecsTaskLimits as policy } from "../../../../policies/rules/container/ecs-task-limits";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { containerDefinitions, planned, UNREADABLE } from "../../../support/container-definitions";
import { casesOf, type Said } from "../../../support/policy-cases";

const LEVELS = { dev: "mandatory", prod: "mandatory" } as const;
const cpu = (found: string, most = 4096): Said => [
  `the task's cpu is ${found}`,
  `1 to ${String(most)} CPU units`,
  "set taskCpu in Pulumi.<stack>.yaml",
];
const memory = (found: string, most = 16_384): Said => [
  `the task's memory is ${found}`,
  `1 to ${String(most)} MiB`,
  "set taskMemoryMiB in Pulumi.<stack>.yaml",
];
const UNBOUNDED: Said = [
  'container "app" has no memory',
  "memory or memoryReservation in MiB",
  "set its memory limit in app/compose.yaml",
];
const INESSENTIAL: Said = [
  "no container is essential",
  "at least one",
  "leave essential out of the container that serves",
];

describe("ecs-task-limits", () => {
  describe("on a task definition", () => {
    const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
      policy,
      type: "aws:ecs/taskDefinition:TaskDefinition",
      props: { cpu: "256", memory: "512", ...containerDefinitions() },
      levels: LEVELS,
    });

    accepts("a task inside the limits");
    accepts("the largest task", { cpu: "4096", memory: "16384" });
    accepts("the smallest task", { cpu: "1", memory: 1 });
    accepts("the largest task in ECS's other units", { cpu: "4 vCPU", memory: "16GB" });
    accepts("a fraction of ECS's other units", { cpu: ".5 vcpu", memory: "0.5 GB" });
    accepts("dev's largest task in dev", { cpu: "2048", memory: "4096" }, "dev");

    refuses("a CPU unit too many", { cpu: "4097" }, cpu("4097"));
    refuses("a MiB too many", { memory: "16385" }, memory("16385"));
    refuses("a vCPU too many", { cpu: "5 vCPU" }, cpu("5120"));
    refuses("a GB too many", { memory: "17 GB" }, memory("17408"));
    refuses("a CPU unit too many in dev", { cpu: "2049" }, cpu("2049", 2048), "dev");
    refuses("a MiB too many in dev", { memory: "4097" }, memory("4097", 4096), "dev");
    refuses("nothing at all", { cpu: "0", memory: 0 }, [cpu("0"), memory("0")]);
    for (const none of [undefined, null, ""]) {
      refuses(`sizes ${JSON.stringify(none)}`, { cpu: none, memory: none }, [
        cpu("not set"),
        memory("not set"),
      ]);
    }
    refuses("what is no size", { cpu: "much", memory: [512] }, [
      cpu("not a size"),
      memory("not a size"),
    ]);
    refuses("definitions that are not JSON", { containerDefinitions: "[" }, UNREADABLE);

    undecided("an unknown cpu, and decides the memory", { cpu: UNKNOWN, memory: "16385" }, [
      memory("16385"),
    ]);
    undecided("an unknown memory, and decides the cpu", { cpu: "4097", memory: UNKNOWN }, [
      cpu("4097"),
    ]);
    undecided(
      "unknown definitions, and decides the cpu",
      {
        cpu: "4097",
        containerDefinitions: UNKNOWN,
      },
      [cpu("4097")],
    );
    ignoresOtherTypes();
  });

  for (const { where, type, wrapped } of [
    {
      where: "containers of a task definition",
      type: "aws:ecs/taskDefinition:TaskDefinition",
      wrapped: containerDefinitions,
    },
    {
      where: "the container of the service component",
      type: "ecs-on-ec2:index:EcsService",
      wrapped: planned,
    },
  ]) {
    describe(`on ${where}`, () => {
      const { accepts, refuses } = casesOf({
        policy,
        type,
        props: { cpu: "256", memory: "512", ...wrapped() },
        levels: LEVELS,
      });

      accepts("a hard limit only", wrapped({ memory: 1 }));
      accepts("a soft limit only", wrapped({ memory: undefined, memoryReservation: 1 }));
      accepts("an essential container", wrapped({ essential: true }));
      accepts("a container that is essential by default", wrapped({ essential: null }));

      refuses("no limit", wrapped({ memory: undefined }), UNBOUNDED);
      refuses("limits of nothing", wrapped({ memory: 0, memoryReservation: 0 }), UNBOUNDED);
      refuses("a limit that is no number", wrapped({ memory: "half" }), UNBOUNDED);
      refuses("no essential container", wrapped({ essential: false }), INESSENTIAL);
      refuses("no essential container in dev", wrapped({ essential: false }), INESSENTIAL, "dev");
    });
  }

  describe("on several containers", () => {
    const { accepts, refuses } = casesOf({
      policy,
      type: "aws:ecs/taskDefinition:TaskDefinition",
      props: { cpu: "256", memory: "512", ...containerDefinitions() },
      levels: LEVELS,
    });

    accepts("one that is essential", containerDefinitions({ essential: false }, {}));
    refuses(
      "none that is essential",
      containerDefinitions({ essential: false }, { essential: false }),
      INESSENTIAL,
    );
    refuses(
      "one without a limit",
      containerDefinitions({ name: "proxy" }, { memory: null }),
      UNBOUNDED,
    );
  });

  describe("on the service component", () => {
    const { undecided } = casesOf({
      policy,
      type: "ecs-on-ec2:index:EcsService",
      props: planned(),
      levels: LEVELS,
    });

    undecided(
      "an unknown memory, and decides whether it is essential",
      planned({ memory: UNKNOWN, essential: false }),
      [INESSENTIAL],
    );
  });
});
