import type { InstanceFit } from "../../capacity/capacity-report";
import type { Headroom } from "../../capacity/headroom";
import type { Preview } from "./preview";
import { alignColumns, heading } from "./screen";
import type { Screen } from "./screen";
import type { SimulatedDay } from "./simulated-day";

const indent = "    ";

/** The names of the resources as the ECS and EC2 consoles write them. */
const boundByText: Readonly<Record<InstanceFit["boundBy"], string>> = {
  cpu: "CPU",
  memory: "memory",
  networkInterfaces: "network interfaces",
  hostPorts: "host ports",
};

/** A moment of the service as a person calls it, and the instances that it needs. */
const phases = {
  minTasks: ["fewest tasks", "instancesAtMin"],
  maxTasks: ["most tasks", "instancesAtMax"],
  deployment: ["during a deployment", "instancesAtDeployment"],
} as const;

/**
 * How many tasks an instance of each type holds, how many instances the service needs when, what is spare and what
 * the loss of a zone leaves, which quotas are too small, and how it all follows the traffic of a day.
 */
export function renderCapacity(
  {
    capacity,
    headroom,
    exceededQuotas,
    day,
  }: Pick<Preview, "capacity" | "headroom" | "exceededQuotas" | "day">,
  screen: Screen,
): string {
  const { fits, smallest, minInstances, maxInstances } = capacity;
  const types = fits.map(({ instanceType, tasks, boundBy }) => [
    instanceType,
    String(tasks),
    boundByText[boundBy],
    instanceType === smallest.instanceType ? "the plan counts on this one" : "",
  ]);
  const moments = headroom.map(({ when, tasks, instances, spareTasks, zoneLoss }) => {
    const [name, needed] = phases[when];
    return [
      name,
      String(tasks),
      String(capacity[needed]),
      `${tasks + spareTasks} tasks on ${instances}`,
      zoneLossText(zoneLoss),
    ];
  });
  const bounds = [
    ["at least", String(minInstances), capacity.minInstancesBoundBy],
    ["at most", String(maxInstances), capacity.maxInstancesBoundBy],
  ];
  return [
    heading("Capacity:", screen),
    ...table([["Instance type", "Tasks", "Bound by", ""], ...types], [1], screen),
    "",
    ...table(
      [["Service", "Tasks", "Instances needed", "Room for", "Without a zone"], ...moments],
      [1, 2],
      screen,
    ),
    "",
    ...table([["Group", "Instances", "Because of"], ...bounds], [1], screen),
    "",
    ...exceededQuotas.map(({ text }) => `${indent}Quota: ${text}`),
    `${indent}${verdictOf(day)}`,
  ].join("\n");
}

/** What becomes of the tasks when the fullest zone is lost, before the group has launched others. */
function zoneLossText({ waitingTasks, unplaceableTasks }: Headroom["zoneLoss"]): string {
  if (waitingTasks === 0) return "all have room";
  const never = unplaceableTasks === 0 ? "" : `, ${unplaceableTasks} of them for ever`;
  return `${waitingTasks} ${waitingTasks === 1 ? "waits" : "wait"} for new instances${never}`;
}

/** What a simulated day says, in a line. */
function verdictOf(day: SimulatedDay): string {
  const { peakRequestsPerSecond, missedMinutes, fewestInstances, mostInstances, instancesUsd } =
    day;
  const minutes = `${missedMinutes} ${missedMinutes === 1 ? "minute" : "minutes"} missed`;
  const instances =
    fewestInstances === mostInstances
      ? `${mostInstances} ${mostInstances === 1 ? "instance" : "instances"}`
      : `${fewestInstances} to ${mostInstances} instances`;
  const rate = Math.round(peakRequestsPerSecond);
  return `A simulated day at up to ${rate} requests/s: ${minutes}, ${instances} for about ${instancesUsd.toFixed(2)} USD`;
}

function table(rows: string[][], right: readonly number[], { colors }: Screen): string[] {
  return alignColumns(rows, right).map((cells, index) => {
    const line = `${indent}${cells.join("  ")}`.trimEnd();
    return index === 0 ? colors.bold(line) : line;
  });
}
