import { containerChecks, fieldOf, ofEach, TASK_DEFINITION } from "../../containers";
import { type ResourceCheck, resourcePolicy } from "../../policy";
import { booleanOf, numberOf } from "../../values";

type Name = "ecs-task-limits";

export const ecsTaskLimits = resourcePolicy<Name>({
  name: "ecs-task-limits",
  description:
    "A task says how much CPU and memory it takes, within the environment's limits, and so does each of its containers of memory; one of them is essential.",
  severity: "high",
  levels: { dev: "mandatory", prod: "mandatory" },
  frameworks: ["Control Tower CT.ECS.PR.7"],
  remediationSteps:
    "Set taskCpu and taskMemoryMiB in Pulumi.<stack>.yaml, or the limits of the service in app/compose.yaml; of another task definition, set cpu and memory of the task and of each container. Where a task has to be larger, raise the limit in policies/limits.ts in a change of its own.",
  url: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
  checks: [
    size({
      property: "cpu",
      unit: /^(\d+(?:\.\d+)?|\.\d+) ?vcpu$/i,
      measure: "CPU units",
      limit: "maxCpu",
      setting: "taskCpu",
    }),
    size({
      property: "memory",
      unit: /^(\d+(?:\.\d+)?|\.\d+) ?gb$/i,
      measure: "MiB",
      limit: "maxMemoryMiB",
      setting: "taskMemoryMiB",
    }),
    ...containerChecks<Name>(
      ofEach(({ label, definition }, { violate }) => {
        const bounds = ["memory", "memoryReservation"].map((name) =>
          numberOf(fieldOf(definition, name)),
        );
        if (!bounds.some((bound) => bound !== undefined && bound > 0)) {
          violate({
            got: `${label} has no memory`,
            allowed: "memory or memoryReservation in MiB",
            fix: "set its memory limit in app/compose.yaml",
          });
        }
      }),
      (containers, { violate }) => {
        // A container is essential unless it says that it is not.
        if (
          !containers.some(
            ({ definition }) => booleanOf(fieldOf(definition, "essential") ?? true) === true,
          )
        ) {
          violate({
            got: "no container is essential",
            allowed: "at least one",
            fix: "leave essential out of the container that serves",
          });
        }
      },
    ),
  ],
});

interface Size {
  readonly property: "cpu" | "memory";
  /** ECS's other spelling, in 1024 of the measure, for example `.5 vCPU` or `2 GB`. */
  readonly unit: RegExp;
  readonly measure: string;
  readonly limit: "maxCpu" | "maxMemoryMiB";
  readonly setting: string;
}

function size({ property, unit, measure, limit, setting }: Size): ResourceCheck<Name> {
  return {
    type: TASK_DEFINITION,
    check: ({ props }, { limits, violate }) => {
      const given = props[property] ?? undefined;
      const size = sizeOf(given, unit);
      if (size === undefined || size <= 0 || size > limits[limit]) {
        violate({
          got:
            given === undefined || given === ""
              ? `the task's ${property} is not set`
              : `the task's ${property} is ${size === undefined ? "not a size" : String(size)}`,
          allowed: `1 to ${String(limits[limit])} ${measure}`,
          fix: `set ${setting} in Pulumi.<stack>.yaml`,
        });
      }
    },
  };
}

function sizeOf(value: unknown, unit: RegExp): number | undefined {
  const inUnits = typeof value === "string" ? unit.exec(value.trim())?.[1] : undefined;
  return inUnits === undefined ? numberOf(value) : Number(inUnits) * 1024;
}
