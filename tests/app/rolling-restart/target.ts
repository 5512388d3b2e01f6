import { EventEmitter, once } from "node:events";
import { Agent, type ClientRequest, get, request } from "node:http";

/** The settings of a target group, in the words of the API, and of its load balancer. */
export interface TargetGroup {
  readonly healthCheck: {
    readonly path: string;
    readonly intervalMilliseconds: number;
    readonly timeoutMilliseconds: number;
    readonly healthyThreshold: number;
    readonly unhealthyThreshold: number;
  };
  readonly deregistrationDelayMilliseconds: number;
  /** Time without a byte after which a connection is closed: 504 for who waits on it. */
  readonly idleTimeoutMilliseconds: number;
}

export type TargetState = "initial" | "healthy" | "unhealthy" | "draining" | "unused";

/** What a client gets, and who gave it. */
export interface Answer {
  /** Number of the request, counted by the load balancer. */
  readonly request: number;
  readonly status: number;
  /** Where the request was sent; undefined where there was no target for it. */
  readonly target: Target | undefined;
  /** Why the load balancer answered in the target's place; undefined where the target did. */
  readonly fault: string | undefined;
}

const host = "127.0.0.1";

/**
 * One process behind the load balancer: its health, its pool of kept connections and its requests in
 * flight. A request is sent once, whatever comes of it.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
 */
export class Target {
  readonly #pool: Agent;
  readonly #checks: NodeJS.Timeout;
  readonly #changes = new EventEmitter();
  readonly #inFlight = new Set<number>();
  readonly #probes = new Set<ClientRequest>();
  #state: TargetState = "initial";
  #delay: NodeJS.Timeout | undefined;
  #passed = 0;
  #failed = 0;
  #timedOut = 0;

  constructor(
    readonly port: number,
    private readonly group: TargetGroup,
  ) {
    this.#pool = new Agent({ keepAlive: true, timeout: group.idleTimeoutMilliseconds });
    this.#checks = setInterval(() => {
      this.#check();
    }, group.healthCheck.intervalMilliseconds);
    this.#check();
  }

  get state(): TargetState {
    return this.#state;
  }

  /** Numbers of the requests that wait for an answer of this target. */
  get inFlight(): ReadonlySet<number> {
    return this.#inFlight;
  }

  /** Health checks without an answer in time. */
  get timedOutChecks(): number {
    return this.#timedOut;
  }

  /** Resolves in that state; rejects where the target has left for good before. */
  async becomes(state: TargetState): Promise<void> {
    while (this.#state !== state) {
      if (this.#state === "unused") throw new Error(`the target left before it became ${state}`);
      await once(this.#changes, "change");
    }
  }

  send(number: number, path: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
    return new Promise((resolve) => {
      this.#inFlight.add(number);
      const settle = (status: number, fault?: string) => {
        if (this.#inFlight.delete(number)) {
          resolve({ request: number, status, target: this, fault });
        }
      };
      const exchange = request({ host, port: this.port, path, headers, agent: this.#pool });
      exchange.on("response", (response) => {
        response.resume();
        response.on("end", () => {
          settle(response.statusCode ?? 0);
        });
        response.on("error", (error) => {
          settle(502, `within the answer: ${codeOf(error)}`);
        });
      });
      exchange.on("timeout", () => {
        settle(504, "no answer within the idle timeout");
        exchange.destroy();
      });
      exchange.on("error", (error) => {
        settle(502, codeOf(error));
      });
      exchange.end();
    });
  }

  /**
   * Takes no new request from now on; those in flight have the deregistration delay, after which
   * the connections are closed. Resolves when it is over.
   */
  async deregister(): Promise<void> {
    if (this.#state !== "draining" && this.#state !== "unused") {
      this.#stopChecks();
      this.#delay = setTimeout(() => {
        this.close();
      }, this.group.deregistrationDelayMilliseconds);
      this.#become("draining");
    }
    await this.becomes("unused");
  }

  /** Ends everything at once. */
  close(): void {
    this.#stopChecks();
    clearTimeout(this.#delay);
    this.#pool.destroy();
    this.#become("unused");
  }

  #check(): void {
    const { path, timeoutMilliseconds } = this.group.healthCheck;
    const probe = get({ host, port: this.port, path, agent: false }, (response) => {
      response.resume();
      settle(response.statusCode === 200);
    });
    const timer = setTimeout(() => {
      this.#timedOut += 1;
      probe.destroy();
    }, timeoutMilliseconds);
    const settle = (passed: boolean) => {
      clearTimeout(timer);
      if (this.#probes.delete(probe)) this.#count(passed);
    };
    this.#probes.add(probe);
    probe.on("error", () => {
      settle(false);
    });
    // An answer that is cut short has said what it had to say.
    probe.on("close", () => {
      settle(false);
    });
  }

  /** A new target needs one passed check, one that was unhealthy as many as configured. */
  #count(passed: boolean): void {
    const { healthyThreshold, unhealthyThreshold } = this.group.healthCheck;
    this.#passed = passed ? this.#passed + 1 : 0;
    this.#failed = passed ? 0 : this.#failed + 1;
    if (this.#passed >= (this.#state === "initial" ? 1 : healthyThreshold)) this.#become("healthy");
    if (this.#failed >= unhealthyThreshold) this.#become("unhealthy");
  }

  #become(state: TargetState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#changes.emit("change");
  }

  #stopChecks(): void {
    clearInterval(this.#checks);
    for (const probe of [...this.#probes]) {
      this.#probes.delete(probe);
      probe.destroy();
    }
  }
}

function codeOf(error: NodeJS.ErrnoException): string {
  return error.code ?? error.message;
}
