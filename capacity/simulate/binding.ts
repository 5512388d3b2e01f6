import type { Binding } from "./simulation";

/** What decides what limits a service. */
export interface BindingView {
  readonly demandedTasks: number;
  readonly healthyTasks: number;
  /** Tasks that run, start or wait, and are to stay. */
  readonly presentTasks: number;
  readonly waitingTasks: number;
  readonly desiredTasks: number;
  readonly maxTasks: number;
  readonly instances: number;
  readonly maxInstances: number;
  /** Tasks wait that managed scaling launches nothing for, or a quota of ECS holds tasks back. */
  readonly unplaceable: boolean;
}

/**
 * The next thing that would have to give way for more tasks to be healthy, the nearest to the requests first:
 * tasks that cannot be placed, tasks that start, then the number that is wanted.
 */
export function bindingOf(view: BindingView): Binding {
  if (view.healthyTasks >= view.demandedTasks) {
    return "nothing";
  }
  if (view.unplaceable) {
    return "placement";
  }
  if (view.waitingTasks > 0) {
    return view.instances >= view.maxInstances ? "maxInstances" : "instances";
  }
  if (view.presentTasks >= view.demandedTasks) {
    return "taskStart";
  }
  if (view.desiredTasks >= view.maxTasks) {
    return "maxTasks";
  }
  return "detection";
}
