import type { RunCost } from "../../../capacity/run-cost";
import type { ScalingModel } from "../../../capacity/simulate/scaling-model";
import type { Binding, Series, Simulation } from "../../../capacity/simulate/simulation";
import { modelOf } from "../../../tools/simulate/stack-model";
import type { Report, RunResult } from "../../../tools/simulate/run-result";
import { aStackPlan } from "../../support/stack-plans";

/** A stack of 2 to 20 tasks of half a vCPU: 1000 requests a minute and task at 60 % CPU are 18 ms a request. */
export function aModel(overrides: Partial<ScalingModel> = {}): ScalingModel {
  const plan = aStackPlan(
    {
      scaling: { minTasks: 2, maxTasks: 20 },
      capacity: { instanceTypes: ["m7g.large"], maxScalingStep: 5 },
    },
    { cpuUnits: 512, memoryMiB: 1024 },
  );
  return { ...modelOf(plan), ...overrides };
}

/** Two hours in minutes: a rise to four times the load after an hour, which tasks follow after ten minutes. */
export function aSeries(overrides: Partial<Series> = {}): Series {
  const figures = (of: (minute: number) => number) =>
    Float64Array.from({ length: 120 }, (_, at) => of(at));
  const by = (before: number, late: number, after: number) =>
    figures((minute) => (minute < 60 ? before : minute < 70 ? late : after));
  return {
    sampleSeconds: 60,
    requestsPerSecond: by(60, 240, 240),
    unmetPerSecond: by(0, 100, 0),
    p50Milliseconds: by(18, 900, 20),
    p99Milliseconds: by(80, 10_000, 110),
    cpuPercent: by(54, 100, 51),
    desiredTasks: figures((minute) => (minute < 65 ? 4 : 17)),
    healthyTasks: by(4, 4, 17),
    provisioningTasks: by(0, 6, 0),
    demandedTasks: by(3, 9, 9),
    instances: by(2, 5, 5),
    registeredInstances: by(2, 2, 5),
    desiredInstances: by(2, 5, 5),
    demandedInstances: by(1, 3, 3),
    emptyInstances: by(0, 0, 0),
    binding: Array.from({ length: 120 }, (_, minute): Binding => {
      if (minute < 60 || minute >= 70) return "nothing";
      return minute < 65 ? "detection" : "instances";
    }),
    ...overrides,
  };
}

const elasticity = {
  underProvisioningAccuracy: 4.63,
  overProvisioningAccuracy: 50.5,
  underProvisioningTimeshare: 8.33,
  overProvisioningTimeshare: 91.67,
  instability: 1.68,
};

export function aSimulation(overrides: Partial<Simulation> = {}): Simulation {
  return {
    model: aModel(),
    load: {
      name: "rise",
      startsAt: Date.UTC(2026, 0, 5) / 1000,
      stepSeconds: 60,
      requests: aSeries().requestsPerSecond.map((rate) => 60 * rate),
    },
    options: { seed: 1, tickSeconds: 10, events: [{ kind: "deployment", atSeconds: 5400 }] },
    series: aSeries(),
    actions: [
      { atSeconds: 3900, level: "tasks", from: 4, to: 17, reason: "cpu 100 % above 60 %" },
      {
        atSeconds: 3960,
        level: "instances",
        from: 2,
        to: 5,
        reason: "reservation 250 % above 100 %",
      },
      { atSeconds: 5400, level: "event", from: 17, to: 17, reason: "deployment <1> & more" },
    ],
    summary: {
      seconds: 7200,
      requests: 1_080_000,
      served: 1_020_000,
      unmet: 60_000,
      leftInQueue: 0,
      p50Milliseconds: 19,
      p95Milliseconds: 4200,
      p99Milliseconds: 9800,
      missedMinutes: 10,
      missedRequests: 144_000,
      longestMissMinutes: 10,
      peakTasks: 17,
      peakInstances: 5,
      longestProvisioningSeconds: 245,
      taskSeconds: 67_800,
      instanceSeconds: [
        { instanceType: "m7g.large", market: "onDemand", seconds: 24_000, instances: 5 },
      ],
      emptyInstanceSeconds: 0,
      actions: { tasks: 1, instances: 1, flaps: 0 },
      tasks: elasticity,
      instances: { ...elasticity, underProvisioningAccuracy: 2 },
      bindingSeconds: {
        nothing: 6600,
        detection: 300,
        instances: 300,
        taskStart: 0,
        maxTasks: 0,
        maxInstances: 0,
        placement: 0,
      },
    },
    ...overrides,
  };
}

export function aCost(overrides: Partial<RunCost> = {}): RunCost {
  return {
    pricedRegion: "us-east-1",
    instancesPricedOn: "2026-07-20",
    seconds: 7200,
    lines: [
      {
        item: "m7g.large On-Demand",
        quantity: 20 / 3,
        unit: "instance hours",
        usd: 0.544,
        isAllowance: false,
      },
      { item: "Logs", quantity: 1.08, unit: "GB", usd: 0.54, isAllowance: true },
    ],
    usd: 1.084,
    instancesUsd: 0.544,
    usdPerHour: 0.542,
    usdPerMillionRequests: 1.0037,
    missing: [],
    ...overrides,
  };
}

export function aRun(overrides: Partial<RunResult> = {}): RunResult {
  return {
    name: "prod",
    title: "stack prod",
    notes: [],
    simulation: aSimulation(),
    cost: aCost(),
    ...overrides,
  };
}

export function aReport(...runs: [] | [RunResult, ...RunResult[]]): Report {
  const [first = aRun(), ...others] = runs;
  return {
    project: "shop",
    load: first.simulation.load,
    loadNotes: ["rows of 5 min brought to steps of 1 min"],
    runs: [first, ...others],
  };
}
