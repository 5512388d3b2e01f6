import type { ScalingAction } from "./simulation";

/** A change of direction within this time is a flap. */
const FLAP_SECONDS = 900;

/** What happened, in order, and how often scaling turned round soon after it had gone the other way. */
export class ActionLog {
  readonly actions: ScalingAction[] = [];
  flaps = 0;
  readonly counts = { tasks: 0, instances: 0, event: 0 };
  private readonly last = new Map<ScalingAction["level"], ScalingAction>();

  add(action: ScalingAction): void {
    const last = this.last.get(action.level);
    if (
      last !== undefined &&
      action.atSeconds - last.atSeconds <= FLAP_SECONDS &&
      Math.sign(action.to - action.from) === -Math.sign(last.to - last.from) &&
      action.level !== "event"
    ) {
      this.flaps += 1;
    }
    this.counts[action.level] += 1;
    this.last.set(action.level, action);
    this.actions.push(action);
  }
}
