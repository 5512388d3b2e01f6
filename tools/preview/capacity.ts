import type { CapacityReport, InstanceFit } from "../../capacity/capacity-report";
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

/**
 * How many tasks an instance of each type holds, how many instances the service needs when, and how it all follows
 * the traffic of a day.
 */
export function renderCapacity(report: CapacityReport, day: SimulatedDay, screen: Screen): string {
  const { fits, smallest, minInstances, maxInstances } = report;
  const types = fits.map(({ instanceType, tasks, boundBy }) => [
    instanceType,
    String(tasks),
    boundByText[boundBy],
    instanceType === smallest.instanceType ? "the plan counts on this one" : "",
  ]);
  const phases = [
    ["fewest tasks", String(report.minTasks), String(report.instancesAtMin)],
    ["most tasks", String(report.maxTasks), String(report.instancesAtMax)],
    ["during a deployment", String(report.deploymentTasks), String(report.instancesAtDeployment)],
  ];
  const bounds = [
    ["at least", String(minInstances), report.minInstancesBoundBy],
    ["at most", String(maxInstances), report.maxInstancesBoundBy],
  ];
  return [
    heading("Capacity:", screen),
    ...table([["Instance type", "Tasks", "Bound by", ""], ...types], [1], screen),
    "",
    ...table([["Service", "Tasks", "Instances needed"], ...phases], [1, 2], screen),
    "",
    ...table([["Group", "Instances", "Because of"], ...bounds], [1], screen),
    "",
    `${indent}${verdictOf(day)}`,
  ].join("\n");
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
