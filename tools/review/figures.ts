import type { CostLine } from "../../capacity/cost-lines";
import { always, type CostRange, scale, sum, wholeCents } from "../../capacity/cost-range";
import { steadyCount } from "../../capacity/instance-cost";
import type { StackSide } from "../compare/stack-side";

/** One figure before and after a change, in words; `before` is undefined for a stack that is new. */
export interface FigureRow {
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** The rows whose figure moves; for a new stack all of them. */
export function movedRows(rows: readonly FigureRow[]): readonly FigureRow[] {
  return rows.filter(({ before, after }) => before !== after);
}

/**
 * How many tasks fit and how many instances they need, what is spare, what becomes of a lost zone, and a simulated day.
 */
export function scalingRows(before: StackSide | undefined, after: StackSide): readonly FigureRow[] {
  const [then, now] = [before === undefined ? undefined : figuresOf(before), figuresOf(after)];
  const names = [...new Set([...(then?.keys() ?? []), ...now.keys()])];
  return names
    .sort((a, b) => rankOf(a) - rankOf(b))
    .map((name) => ({ name, before: then?.get(name), after: now.get(name) }));
}

const MOMENTS = {
  minTasks: "at fewest tasks",
  maxTasks: "at most tasks",
  deployment: "in a deployment",
} as const;

const BINDINGS = {
  cpu: "CPU",
  memory: "memory",
  networkInterfaces: "network interfaces",
  hostPorts: "host ports",
} as const;

/** Tasks on each type come first, those of a type that is no more included. */
function rankOf(name: string): number {
  return name.startsWith(TASKS_ON) ? 0 : 1;
}

const TASKS_ON = "Tasks on one ";

function figuresOf({ capacity, headroom, day }: StackSide): ReadonlyMap<string, string> {
  const { fits, smallest, instancesAtMin, instancesAtMax, instancesAtDeployment } = capacity;
  return new Map([
    ...fits.map(({ instanceType, tasks, boundBy }): [string, string] => [
      `${TASKS_ON}${instanceType}`,
      `${tasks} (bound by ${BINDINGS[boundBy]})`,
    ]),
    ["Planned on", smallest.instanceType],
    ["Tasks", spanOf(capacity.minTasks, capacity.maxTasks)],
    ["Tasks in a deployment", String(capacity.deploymentTasks)],
    ["Instances needed at fewest tasks", String(instancesAtMin)],
    ["Instances needed at most tasks", String(instancesAtMax)],
    ["Instances needed in a deployment", String(instancesAtDeployment)],
    ["Instances, at least", `${capacity.minInstances} (${capacity.minInstancesBoundBy})`],
    ["Instances, at most", `${capacity.maxInstances} (${capacity.maxInstancesBoundBy})`],
    ...headroom.flatMap(({ when, spareTasks, zoneLoss }): [string, string][] => [
      [`Spare tasks ${MOMENTS[when]}`, String(spareTasks)],
      [`Tasks that wait without a zone, ${MOMENTS[when]}`, waitingOf(zoneLoss)],
    ]),
    [
      "Simulated day, peak (grows with the most tasks)",
      `${Math.round(day.peakRequestsPerSecond)} requests/s`,
    ],
    [
      "Simulated day, missed",
      `${day.missedMinutes} ${day.missedMinutes === 1 ? "minute" : "minutes"}`,
    ],
    ["Simulated day, instances", spanOf(day.fewestInstances, day.mostInstances)],
    ["Simulated day, cost of instances", `${day.instancesUsd.toFixed(2)} USD`],
  ]);
}

function spanOf(least: number, most: number): string {
  return least === most ? String(most) : `${least} to ${most}`;
}

function waitingOf({
  waitingTasks,
  unplaceableTasks,
}: StackSide["headroom"][number]["zoneLoss"]): string {
  return unplaceableTasks === 0
    ? String(waitingTasks)
    : `${waitingTasks}, ${unplaceableTasks} of them for ever`;
}

/** Quotas of AWS that only one side goes beyond, in the words of that side. */
export function quotaChanges(
  before: StackSide | undefined,
  after: StackSide,
): { readonly exceeded: readonly string[]; readonly kept: readonly string[] } {
  const [then, now] = [before?.exceededQuotas ?? [], after.exceededQuotas];
  const without = (some: typeof now, others: typeof now) =>
    some
      .filter(({ quota }) => !others.some((other) => other.quota === quota))
      .map(({ text }) => text);
  return { exceeded: without(now, then), kept: without(then, now) };
}

/** A line of the cost before and after a change, in US dollars a month; zero where there is no such line. */
export interface CostRow {
  readonly item: string;
  /** Undefined for a stack that is new. */
  readonly before: CostRange | undefined;
  readonly after: CostRange;
  readonly change: CostRange;
}

/** The sum of all lines. */
export function costTotal(before: StackSide | undefined, after: StackSide): CostRow {
  return costRow("Total", before?.cost.usdPerMonth, after.cost.usdPerMonth);
}

/** The lines that move, those that move the everyday cost most first. */
export function costRows(before: StackSide | undefined, after: StackSide): readonly CostRow[] {
  const [then, now] = [usdByItem(before?.cost.lines ?? []), usdByItem(after.cost.lines)];
  return [...new Set([...then.keys(), ...now.keys()])]
    .map((item) =>
      costRow(item, before && (then.get(item) ?? always(0)), now.get(item) ?? always(0)),
    )
    .filter(({ change }) => LOADS.some((load) => change[load] !== 0))
    .sort((a, b) => weightOf(b) - weightOf(a) || (a.item < b.item ? -1 : 1));
}

/**
 * What keeps the steady costs of two sides from being those of the same traffic: the estimate puts the tasks at a share
 * of the way between their bounds, and traffic in proportion to them (capacity/usage.ts). Undefined where both sides
 * assume the same, and for a new stack.
 */
export function trafficNote(before: StackSide | undefined, after: StackSide): string | undefined {
  if (before === undefined) return undefined;
  const [then, now] = [before, after].map(({ capacity: { minTasks, maxTasks }, cost }) => {
    const { steadyLoadShare, requestsPerTaskMinute } = cost.assumptions;
    const tasks = steadyCount(minTasks, maxTasks, cost.assumptions);
    const share = `${String(Math.round(steadyLoadShare * 100))} %`;
    return { share, perMinute: tasks * requestsPerTaskMinute.steady };
  });
  if (then === undefined || now === undefined || then.perMinute === now.perMinute) return undefined;
  return (
    `Steady assumes traffic in proportion to the tasks, and these at ${now.share} of the way from the fewest to ` +
    `the most: ${String(then.perMinute)} requests/minute before, ${String(now.perMinute)} after; ` +
    "what it moves by is not the price of the same traffic"
  );
}

/** The loads of a CostRange, in their order. */
export const LOADS = ["minimum", "steady", "worst"] as const;

function costRow(item: string, before: CostRange | undefined, after: CostRange): CostRow {
  const change = wholeCents(sum([after, scale(before ?? always(0), -1)]));
  return { item, before, after, change };
}

function usdByItem(lines: readonly CostLine[]): ReadonlyMap<string, CostRange> {
  const byItem = new Map<string, CostRange>();
  for (const { item, usdPerMonth } of lines) {
    byItem.set(item, sum([byItem.get(item) ?? always(0), usdPerMonth]));
  }
  return byItem;
}

function weightOf({ change }: CostRow): number {
  return Math.abs(change.steady) * 1e6 + Math.abs(change.worst);
}

/** `112.10 -> 134.20`, with the arrow of the report; only once where the amount stays or is new. */
export function amountText(
  { before, after }: CostRow,
  load: (typeof LOADS)[number],
  arrow: string,
): string {
  const [was, is] = [before?.[load].toFixed(2), after[load].toFixed(2)];
  return was === undefined || was === is ? is : `${was} ${arrow} ${is}`;
}

/** `+22.10`, `-3.00`, `0.00`. */
export function signedAmount(change: number): string {
  return `${change > 0 ? "+" : ""}${(change === 0 ? 0 : change).toFixed(2)}`;
}
