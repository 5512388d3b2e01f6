import assert from "node:assert/strict";
import { shippedPlan } from "../shipped-plan";
import type { Tally } from "./constant-load";
import type { Exit, Task } from "./fleet";
import { scaleTiming, type ScaledTiming } from "./scaled-timing";
import { Service, type Stop } from "./service";
import type { Answer, Target } from "./target";

/** Ends what hangs and judges nothing: far above what an idle machine needs. */
const deadlineMilliseconds = 300_000;
/** Tried in turn while a machine is too busy to judge by. */
const timesFaster = [10, 5, 2.5] as const;
const requestsOfEach = 10_000;
/** Of the service as it ships, ten times as many where it is ten times faster. */
const requestsPerSecond = 150;

/** Everything that was started, ended with the tests whatever their outcome. */
const services: Service[] = [];

function serviceOf(timing: ScaledTiming, drainMilliseconds = drainOf(timing)): Service {
  const environment = {
    ...timing.fleet.environment,
    APP_DRAIN_MILLISECONDS: String(drainMilliseconds),
    // What lets the service take the load as long as it lasts, also on a machine that is busy.
    APP_WORK_MAX_MILLISECONDS: String(longestRequest(timing, "stopAtOnce")),
    APP_WORK_MAX_CONCURRENCY: "64",
    APP_MAX_EVENT_LOOP_DELAY_MILLISECONDS: "0",
  };
  const service = new Service({ ...timing, fleet: { ...timing.fleet, environment } });
  services.push(service);
  return service;
}

function drainOf({ fleet }: ScaledTiming): number {
  return Number(fleet.environment["APP_DRAIN_MILLISECONDS"]);
}

interface Deployment {
  readonly service: Service;
  /** What is left after the scale-in. */
  readonly tasks: readonly Task[];
  readonly exits: readonly Exit[];
  readonly restarted: Tally;
  readonly scaledIn: Tally;
}

/** A rolling restart of three tasks and a scale-in to two, under load all the while. */
async function deployOnce(timing: ScaledTiming, stop: Stop): Promise<Deployment> {
  const service = serviceOf(timing);
  const before = await service.start(3, {
    requestsPerSecond: requestsPerSecond * timing.factor,
    paths: mixedPaths(longestRequest(timing, stop)),
  });
  const { tasks, exits } = await service.restart(before, stop);
  const restarted = service.load.tally();
  const [surplus, ...rest] = tasks;
  assert.ok(surplus);
  const exit = await service.fleet[stop](surplus);
  await service.load.answers(requestsOfEach - restarted.answered);
  const scaledIn = service.load.tally();
  return { service, tasks: rest, exits: [...exits, exit], restarted, scaledIn };
}

/** Repeated, slower, while requests failed before a load balancer that was late itself. */
async function deploy(timings: readonly ScaledTiming[], stop: Stop): Promise<Deployment> {
  const [timing, ...slower] = timings;
  assert.ok(timing);
  const deployment = await deployOnce(timing, stop);
  const { service, restarted, scaledIn } = deployment;
  const failed = restarted.failures.length + scaledIn.failures.length > 0;
  if (!failed || service.balancer.keptTime || slower.length === 0) return deployment;
  await service.end();
  return deploy(slower, stop);
}

/**
 * Who deregisters first keeps requests shorter than the delay, as its users must. Without it they
 * may take longer than the drain, so that some are in flight when the process closes.
 */
function longestRequest(timing: ScaledTiming, stop: Stop): number {
  return stop === "drainAndStop"
    ? timing.group.deregistrationDelayMilliseconds / 2
    : drainOf(timing);
}

/** One request in fifty takes as long as told, four take a moment, the others are answered at once. */
function mixedPaths(longestMilliseconds: number): readonly string[] {
  return Array.from({ length: 50 }, (_, index) => {
    if (index === 0) return `/work?ms=${Math.round(longestMilliseconds)}&cpu=0`;
    return index % 10 === 0 ? "/work?ms=20&cpu=0" : "/";
  });
}

/** How often each fault happened. */
function faultsOf(failures: readonly Answer[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { fault, status } of failures) {
    const name = fault ?? `status ${status}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

interface Killed {
  readonly target: Target;
  /** At that moment, on that target. */
  readonly inFlight: ReadonlySet<number>;
  readonly failures: readonly Answer[];
}

/** ECS sees the end of a process and deregisters its target. */
async function killNoticed({ service, tasks }: Deployment): Promise<Killed> {
  const [task] = tasks;
  assert.ok(task);
  const inFlight = service.fleet.kill(task);
  await Promise.all([task.target.deregister(), task.process.exit]);
  await service.load.stop();
  return { target: task.target, inFlight, failures: service.load.tally().failures };
}

/** Nobody deregisters the target: the load balancer finds out by its health checks. */
async function killUnnoticed({ service, tasks }: Deployment): Promise<Killed> {
  const [task] = tasks;
  assert.ok(task);
  const inFlight = service.fleet.kill(task);
  await task.target.becomes("unhealthy");
  await service.load.stop();
  return { target: task.target, inFlight, failures: service.load.tally().failures };
}

async function restartWithoutDrain(timing: ScaledTiming) {
  const service = serviceOf(timing, 0);
  const before = await service.start(2, { requestsPerSecond: 500, paths: ["/"] });
  const { exits } = await service.restart(before, "stopAtOnce");
  await service.load.stop();
  return { exits, failures: service.load.tally().failures };
}

describe("rolling restart", function () {
  this.timeout(deadlineMilliseconds);
  let drained: Deployment;
  let atOnce: Deployment;
  let noticed: Killed;
  let unnoticed: Killed;
  let undrained: { readonly exits: readonly Exit[]; readonly failures: readonly Answer[] };

  before(async () => {
    const shipped = await shippedPlan("dev");
    const timings = timesFaster.map((factor) => scaleTiming(shipped, factor));
    const [fastest] = timings;
    assert.ok(fastest);
    await Promise.all([
      deploy(timings, "drainAndStop").then(async (deployment) => {
        drained = deployment;
        noticed = await killNoticed(deployment);
      }),
      deploy(timings, "stopAtOnce").then(async (deployment) => {
        atOnce = deployment;
        unnoticed = await killUnnoticed(deployment);
      }),
      restartWithoutDrain(fastest).then((result) => (undrained = result)),
    ]);
  });
  after(async () => {
    await Promise.all(services.splice(0).map((service) => service.end()));
  });

  it("loses no request when targets are deregistered before they stop", () => {
    assert.deepEqual(faultsOf(drained.restarted.failures), {});
    assert.deepEqual(faultsOf(drained.scaledIn.failures), {});
    assert.deepEqual(drained.exits, [0, 0, 0, 0]);
  });

  it("loses no request when SIGTERM comes first and only readiness tells the load balancer", () => {
    assert.deepEqual(faultsOf(atOnce.restarted.failures), {});
    assert.deepEqual(faultsOf(atOnce.scaledIn.failures), {});
    assert.deepEqual(atOnce.exits, [0, 0, 0, 0]);
  });

  it("has shown that with at least 20,000 requests", () => {
    const tallies = [drained, atOnce].flatMap(({ restarted, scaledIn }) => [restarted, scaledIn]);
    const sum = tallies.reduce((total, { answered }) => total + answered, 0);

    assert.ok(sum >= 20_000, `${sum} requests`);
    assert.ok(
      tallies.every(({ answered }) => answered > 0),
      "a part was without load",
    );
  });

  it("loses only the requests in flight on a process that is killed", () => {
    assert.notDeepEqual(noticed.failures, []);
    assert.deepEqual(
      noticed.failures.filter(({ request }) => !noticed.inFlight.has(request)),
      [],
    );
  });

  it("loses nothing elsewhere until the load balancer has found out that a process was killed", () => {
    assert.notDeepEqual(unnoticed.failures, []);
    assert.deepEqual(
      unnoticed.failures.filter(({ target }) => target !== unnoticed.target),
      [],
    );
  });

  it("loses requests without the drain, which shows that a loss is seen", () => {
    assert.deepEqual(undrained.exits, [0, 0]);
    assert.notDeepEqual(undrained.failures, []);
  });
});
