import { type IntervalHistogram, monitorEventLoopDelay } from "node:perf_hooks";
import { type Answer, Target, type TargetGroup } from "./target";

/**
 * A load balancer that follows the rules of an Application Load Balancer where they decide whether a
 * restart loses requests: who gets a request, what becomes of it, and how health is found out.
 * Its clients call send(); what they would see is the status.
 */
export class LoadBalancer {
  readonly #targets = new Set<Target>();
  readonly #delays: IntervalHistogram = monitorEventLoopDelay();
  #sent = 0;
  #turn = 0;

  constructor(private readonly group: TargetGroup) {
    this.#delays.enable();
  }

  /**
   * False where the machine was too busy for the rules: a health check came late by half an interval
   * or more, or found no answer in time. What failed then may be no fault of the service.
   */
  get keptTime(): boolean {
    const latestMilliseconds = this.#delays.max / 1e6;
    return (
      latestMilliseconds < this.group.healthCheck.intervalMilliseconds / 2 &&
      [...this.#targets].every(({ timedOutChecks }) => timedOutChecks === 0)
    );
  }

  /** A target gets requests once it has passed a health check. */
  register(port: number): Target {
    const target = new Target(port, this.group);
    this.#targets.add(target);
    return target;
  }

  /**
   * Sends a request to the healthy targets in turn; where none is, to the unhealthy ones. Never
   * rejects: the load balancer answers 502, 503 or 504 where no target does.
   */
  send(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const number = (this.#sent += 1);
    const candidates = this.#inState("healthy") ?? this.#inState("unhealthy") ?? [];
    const target = candidates[(this.#turn += 1) % candidates.length];
    if (target === undefined) {
      const fault = "no registered target";
      return Promise.resolve({ request: number, status: 503, target, fault });
    }
    return target.send(number, path, headers);
  }

  /** Ends everything at once. */
  close(): void {
    this.#delays.disable();
    for (const target of this.#targets) target.close();
  }

  #inState(state: Target["state"]): readonly Target[] | undefined {
    const targets = [...this.#targets].filter((target) => target.state === state);
    return targets.length === 0 ? undefined : targets;
  }
}
