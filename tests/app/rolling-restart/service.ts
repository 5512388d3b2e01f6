import { ConstantLoad, type LoadSettings } from "./constant-load";
import { type Exit, Fleet, type Task } from "./fleet";
import { LoadBalancer } from "./load-balancer";
import type { ScaledTiming } from "./scaled-timing";

/** How a task is stopped. */
export type Stop = "drainAndStop" | "stopAtOnce";

/** Processes behind a load balancer, under load from start() on. */
export class Service {
  readonly balancer: LoadBalancer;
  readonly fleet: Fleet;
  #load: ConstantLoad | undefined;

  constructor(timing: ScaledTiming) {
    this.balancer = new LoadBalancer(timing.group);
    this.fleet = new Fleet(this.balancer, timing.fleet);
  }

  get load(): ConstantLoad {
    if (this.#load === undefined) throw new Error("start the service before its load is used");
    return this.#load;
  }

  /** Starts `size` tasks, and the load as soon as all of them are healthy. */
  async start(size: number, load: LoadSettings): Promise<readonly Task[]> {
    const tasks = await Promise.all(Array.from({ length: size }, () => this.fleet.start()));
    this.#load = new ConstantLoad((path, headers) => this.balancer.send(path, headers), load);
    return tasks;
  }

  /** Starts a new task, waits until it is healthy, stops an old one, until all are new. */
  async restart(
    tasks: readonly Task[],
    stop: Stop,
  ): Promise<{ readonly tasks: readonly Task[]; readonly exits: readonly Exit[] }> {
    const replacements: Task[] = [];
    const stops: Promise<Exit>[] = [];
    for (const task of tasks) {
      replacements.push(await this.fleet.start());
      stops.push(this.fleet[stop](task));
    }
    return { tasks: replacements, exits: await Promise.all(stops) };
  }

  /** Ends everything at once. */
  async end(): Promise<void> {
    this.#load?.end();
    this.balancer.close();
    await this.fleet.end();
  }
}
