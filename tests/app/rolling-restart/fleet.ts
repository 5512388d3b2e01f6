import { AppProcess } from "../app-process";
import type { LoadBalancer } from "./load-balancer";
import type { Target } from "./target";

/** A process of the service and its place behind the load balancer. */
export interface Task {
  readonly process: AppProcess;
  readonly target: Target;
}

export interface FleetSettings {
  readonly environment: Readonly<Record<string, string>>;
  /** Time between SIGTERM and SIGKILL. */
  readonly stopTimeoutMilliseconds: number;
}

/** Exit code, or the signal that ended the process. */
export type Exit = number | NodeJS.Signals | null;

/** Starts and stops tasks behind a load balancer as ECS does. */
export class Fleet {
  readonly #processes = new Set<AppProcess>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly balancer: LoadBalancer,
    private readonly settings: FleetSettings,
  ) {}

  /** Resolves when the load balancer has found the task healthy. */
  async start(): Promise<Task> {
    const process = new AppProcess("server.ts", { ...this.settings.environment, PORT: "0" });
    this.#processes.add(process);
    const target = this.balancer.register(await process.port());
    await target.becomes("healthy");
    return { process, target };
  }

  /**
   * The order of a deployment and a scale-in: deregister, wait for the delay, then SIGTERM, then
   * SIGKILL after the stop timeout.
   *
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/load-balancer-connection-draining.html
   */
  async drainAndStop(task: Task): Promise<Exit> {
    await task.target.deregister();
    return this.#terminate(task);
  }

  /**
   * SIGTERM and nothing before it: the load balancer learns of it by its health checks alone, and the
   * target is deregistered when they have failed.
   */
  async stopAtOnce(task: Task): Promise<Exit> {
    const exit = await this.#terminate(task);
    await task.target.becomes("unhealthy");
    await task.target.deregister();
    return exit;
  }

  /** A process that is gone from one moment to the next. Returns its requests in flight at that moment. */
  kill({ process, target }: Task): ReadonlySet<number> {
    process.signal("SIGKILL");
    return new Set(target.inFlight);
  }

  /** Ends everything at once. */
  async end(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    for (const process of this.#processes) process.signal("SIGKILL");
    await Promise.all([...this.#processes].map((process) => process.exit));
  }

  async #terminate({ process }: Task): Promise<Exit> {
    const timer = setTimeout(() => {
      process.signal("SIGKILL");
    }, this.settings.stopTimeoutMilliseconds);
    this.#timers.add(timer);
    process.signal("SIGTERM");
    const exit = await process.exit;
    clearTimeout(timer);
    return exit;
  }
}
