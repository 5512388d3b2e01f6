import { listPrices } from "../../capacity/prices";
import type { Elasticity, ScalingAction } from "../../capacity/simulate/simulation";
import { peakRate } from "./scale-load";
import { countText, durationText, figureText, percentText } from "./quantities";
import type { Report, RunResult } from "./run-result";

/** A figure for a person: what it is, and the figure with its unit. */
export type Figure = readonly [label: string, text: string];

/** What was sent, in one line. */
export function loadText({ load, runs: [first] }: Report): string {
  const { summary } = first.simulation;
  const begin = `${new Date(load.startsAt * 1000).toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const rate = `up to ${figureText(peakRate(load))} requests/s`;
  return `${load.name}, ${durationText(summary.seconds)} from ${begin}, ${rate}`;
}

/** The figures of a run that everybody asks for first. */
export function figuresOf({ simulation, cost }: RunResult): Figure[] {
  const { summary, model } = simulation;
  const { workload } = model;
  const minutes = Math.ceil(summary.seconds / 60);
  const objective = `${percentText(1 - workload.objectiveShare, 1)} within ${millisecondsText(workload.objectiveMilliseconds)}`;
  const latencies = [summary.p50Milliseconds, summary.p95Milliseconds, summary.p99Milliseconds];
  return [
    ["Objective", objective],
    ["Minutes that missed it", missedText(summary.missedMinutes, minutes)],
    [
      "Longest miss",
      summary.longestMissMinutes === 0 ? "none" : durationText(60 * summary.longestMissMinutes),
    ],
    ["Requests", figureText(summary.requests)],
    ["Lost", `${figureText(summary.unmet)} (${percentText(summary.unmet, summary.requests)})`],
    ["Latency p50 / p95 / p99", latencies.map(millisecondsText).join(" / ")],
    ["Most tasks and instances", `${summary.peakTasks} / ${summary.peakInstances}`],
    ["Task hours", figureText(summary.taskSeconds / 3600)],
    ["Instance hours", instanceHoursText(simulation.summary)],
    ["Longest wait for an instance", durationText(summary.longestProvisioningSeconds)],
    ["Scaling actions", actionsText(summary.actions)],
    ["Cost", costText(cost)],
  ];
}

function missedText(missed: number, minutes: number): string {
  return `${missed} of ${minutes} (${percentText(missed, minutes)})`;
}

function instanceHoursText({
  instanceSeconds,
  emptyInstanceSeconds,
}: RunResult["simulation"]["summary"]): string {
  const seconds = instanceSeconds.reduce((sum, entry) => sum + entry.seconds, 0);
  return `${figureText(seconds / 3600)}, ${figureText(emptyInstanceSeconds / 3600)} of them empty`;
}

function actionsText({
  tasks,
  instances,
  flaps,
}: RunResult["simulation"]["summary"]["actions"]): string {
  return `${tasks} of tasks, ${instances} of instances, ${countText(flaps, "flap")}`;
}

function costText({
  usd,
  instancesUsd,
  usdPerMillionRequests,
  pricedRegion,
  missing,
}: RunResult["cost"]): string {
  const perMillion =
    usdPerMillionRequests === undefined
      ? ""
      : `, ${usdText(usdPerMillionRequests)} a million requests`;
  const incomplete = missing.length === 0 ? "" : `; no price: ${missing.join(", ")}`;
  const elsewhere = pricedRegion === listPrices.region ? "" : `, prices of ${pricedRegion}`;
  return `${usdText(usd)}, ${usdText(instancesUsd)} of it for instances${perMillion}${elsewhere}${incomplete}`;
}

/** `2.36 USD`. */
export function usdText(usd: number): string {
  return `${usd.toFixed(2)} USD`;
}

/** `35 ms`, `1.2 s`. */
export function millisecondsText(milliseconds: number): string {
  if (milliseconds >= 1000) return `${figureText(milliseconds / 1000)} s`;
  return `${figureText(milliseconds)} ms`;
}

/** Headings of the measures of elasticity, in percent. */
export const elasticityHeadings = [
  "Percent",
  "Under, amount",
  "Over, amount",
  "Under, time",
  "Over, time",
  "Instability",
] as const;

/** Rows below elasticityHeadings. */
export function elasticityRows({ simulation: { summary } }: RunResult): string[][] {
  const row = (name: string, elasticity: Elasticity) => [
    name,
    ...[
      elasticity.underProvisioningAccuracy,
      elasticity.overProvisioningAccuracy,
      elasticity.underProvisioningTimeshare,
      elasticity.overProvisioningTimeshare,
      elasticity.instability,
    ].map((percent) => percent.toFixed(1)),
  ];
  return [row("tasks", summary.tasks), row("instances", summary.instances)];
}

/** The most telling actions of a run in order of time: events first, then the largest steps. */
export function notableActions(
  actions: readonly ScalingAction[],
  most: number,
): readonly ScalingAction[] {
  const weight = ({ level, from, to }: ScalingAction) =>
    level === "event" ? Number.MAX_VALUE : Math.abs(to - from);
  const chosen = new Set(
    [...actions].sort((one, other) => weight(other) - weight(one)).slice(0, most),
  );
  return actions.filter((action) => chosen.has(action));
}
