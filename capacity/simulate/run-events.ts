import type { AutoScalingGroup } from "./auto-scaling-group";
import type { ServiceScheduler } from "./service-scheduler";
import type { ScalingAction, SimulationEvent } from "./simulation";

/** Makes an event befall the group or the service, and says what it did. */
export function runEvent(
  event: SimulationEvent,
  now: number,
  group: AutoScalingGroup,
  scheduler: ServiceScheduler,
): Omit<ScalingAction, "atSeconds"> {
  const from = group.size;
  switch (event.kind) {
    case "zoneLoss": {
      const lost = group.loseZone(event.zone, now, event.forSeconds);
      const reason = `zone ${event.zone} lost with ${instances(lost)}`;
      return { level: "event", from, to: group.size, reason };
    }
    case "spotInterruption": {
      const lost = group.interruptSpot(event.share, now);
      const reason = `${instances(lost)} on Spot interrupted`;
      return { level: "event", from, to: group.size, reason };
    }
    case "deployment": {
      const tasks = scheduler.deploy(now);
      return { level: "event", from: tasks, to: tasks, reason: "deployment begins" };
    }
  }
}

function instances(count: number): string {
  return count === 1 ? "1 instance" : `${count} instances`;
}
