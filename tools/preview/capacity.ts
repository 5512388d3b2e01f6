import type { CapacityReport, InstanceFit } from "../../capacity/capacity-report";
import { alignColumns, heading } from "./screen";
import type { Screen } from "./screen";

const indent = "    ";

/** The names of the resources as the ECS and EC2 consoles write them. */
const boundByText: Readonly<Record<InstanceFit["boundBy"], string>> = {
  cpu: "CPU",
  memory: "memory",
  networkInterfaces: "network interfaces",
  hostPorts: "host ports",
};

/** How many tasks an instance of each type holds, and how many instances the service needs when. */
export function renderCapacity(report: CapacityReport, screen: Screen): string {
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
  ].join("\n");
}

function table(rows: string[][], right: readonly number[], { colors }: Screen): string[] {
  return alignColumns(rows, right).map((cells, index) => {
    const line = `${indent}${cells.join("  ")}`.trimEnd();
    return index === 0 ? colors.bold(line) : line;
  });
}
