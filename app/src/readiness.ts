export type ReadinessState = "starting" | "ready" | "draining";

/** Whether the load balancer should send requests here; only ever moves forward. */
export class Readiness {
  #state: ReadinessState = "starting";

  get state(): ReadinessState {
    return this.#state;
  }

  /** The service can answer. Has no effect once it drains: a start that is overtaken by a stop stays stopped. */
  becomeReady(): void {
    if (this.#state === "starting") this.#state = "ready";
  }

  /** The service still answers, but the load balancer should look elsewhere. */
  startDraining(): void {
    this.#state = "draining";
  }
}
