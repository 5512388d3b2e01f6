import { median, pairwiseRatios, spreadOf, type Spread } from "../preview/comparison";

/** Who is measured; the names are those of the JSON output. */
export type ServerId = "service" | "routes" | "bare" | "express";

/** Whether each request is logged, as in production, or none is. */
export type Logging = "each" | "none";

/** One round of load on one server. */
export interface LoadSample {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p50Milliseconds: number;
  readonly p99Milliseconds: number;
  /** Processor time that the server took meanwhile; undefined where the system does not tell. */
  readonly cpuSeconds: number | undefined;
}

/** All rounds of one server: the same index is the same round for every server. */
export interface LoadMeasurement {
  readonly server: ServerId;
  readonly label: string;
  readonly logging: Logging;
  readonly rounds: readonly LoadSample[];
}

/** All starts of one server. */
export interface StartMeasurement {
  readonly server: ServerId;
  readonly label: string;
  readonly readyMilliseconds: readonly number[];
  readonly restingRssBytes: readonly number[];
}

export interface LoadRow {
  readonly label: string;
  readonly logging: Logging;
  readonly requestsPerSecond: Spread;
  readonly p99Milliseconds: Spread;
  /** Median of processor time a request. */
  readonly cpuMicroseconds: number | undefined;
  /** This server's requests a second divided by the bare server's in the same round. */
  readonly timesBare: Spread;
}

export interface StartRow {
  readonly label: string;
  readonly readyMilliseconds: Spread;
  readonly restingRssBytes: Spread;
}

export interface Target {
  readonly target: string;
  readonly limit: number;
  readonly measured: Spread;
  readonly reached: boolean;
  /** True for what `--assert` insists on, false for what is shown beside it. */
  readonly binding: boolean;
}

export interface Comparison {
  readonly load: readonly LoadRow[];
  readonly starts: readonly StartRow[];
  readonly targets: readonly Target[];
}

const lowestTimesBare = 0.9;
const highestTimesBareP99 = 1.25;

/**
 * Rows and targets of one run of the benchmark. Every way of logging that was measured needs the
 * service and the bare server; throws a RangeError where one is missing.
 */
export function compare(
  load: readonly LoadMeasurement[],
  starts: readonly StartMeasurement[],
): Comparison {
  const loggings = [...new Set(load.map(({ logging }) => logging))];
  return {
    load: load.map((measurement) => loadRow(measurement, find(load, "bare", measurement.logging))),
    starts: starts.map(({ label, readyMilliseconds, restingRssBytes }) => ({
      label,
      readyMilliseconds: spreadOf(readyMilliseconds),
      restingRssBytes: spreadOf(restingRssBytes),
    })),
    targets: loggings.flatMap((logging) => targetsOf(load, logging)),
  };
}

function loadRow(measurement: LoadMeasurement, bare: LoadMeasurement): LoadRow {
  const { label, logging, rounds } = measurement;
  return {
    label,
    logging,
    requestsPerSecond: spreadOf(rates(measurement)),
    p99Milliseconds: spreadOf(p99s(measurement)),
    cpuMicroseconds: cpuMicroseconds(rounds),
    timesBare: spreadOf(pairwiseRatios(rates(measurement), rates(bare))),
  };
}

function cpuMicroseconds(rounds: readonly LoadSample[]): number | undefined {
  const known = rounds.flatMap(({ requests, cpuSeconds }) =>
    cpuSeconds === undefined ? [] : [(cpuSeconds / requests) * 1e6],
  );
  return known.length === 0 ? undefined : median(known);
}

function targetsOf(load: readonly LoadMeasurement[], logging: Logging): Target[] {
  const service = find(load, "service", logging);
  const bare = find(load, "bare", logging);
  const peer = (server: ServerId) =>
    load.filter((each) => each.server === server && each.logging === logging);
  const when = logging === "each" ? "with each request logged" : "with no request logged";
  // A service that logs nothing is nobody's service.
  const binding = logging === "each";
  const rate = spreadOf(pairwiseRatios(rates(service), rates(bare)));
  const p99 = spreadOf(pairwiseRatios(p99s(service), p99s(bare)));
  return [
    {
      target: `${when}, the service answers at least 0.90 times the requests of bare node:http`,
      limit: lowestTimesBare,
      measured: rate,
      reached: rate.median >= lowestTimesBare,
      binding,
    },
    {
      target: `${when}, its 99th percentile is at most 1.25 times that of bare node:http`,
      limit: highestTimesBareP99,
      measured: p99,
      reached: p99.median <= highestTimesBareP99,
      binding,
    },
    ...peer("routes").map((routes) => ({
      ...atLeast(lowestTimesBare, service, routes),
      target: `${when}, the service answers at least 0.90 times the requests of its routes on node:http`,
    })),
    ...peer("express").map((express) => ({
      ...atLeast(1, service, express),
      target: `${when}, the service answers as many requests as Express`,
    })),
  ];
}

/** A target that is shown and not insisted on. */
function atLeast(
  limit: number,
  service: LoadMeasurement,
  peer: LoadMeasurement,
): Omit<Target, "target"> {
  const measured = spreadOf(pairwiseRatios(rates(service), rates(peer)));
  return { limit, measured, reached: measured.median >= limit, binding: false };
}

function find(load: readonly LoadMeasurement[], server: ServerId, logging: Logging) {
  const found = load.find((each) => each.server === server && each.logging === logging);
  if (found === undefined) {
    throw new RangeError(`a comparison needs the measurement of ${server} (logging: ${logging})`);
  }
  return found;
}

function rates({ rounds }: LoadMeasurement): number[] {
  return rounds.map(({ requestsPerSecond }) => requestsPerSecond);
}

function p99s({ rounds }: LoadMeasurement): number[] {
  return rounds.map(({ p99Milliseconds }) => p99Milliseconds);
}
