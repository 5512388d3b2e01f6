import type { SimulationEvent } from "../../capacity/simulate/simulation";
import { hint } from "../preview/hint";
import { durationText, parseSeconds } from "./quantities";

const EVENT_NAMES = ["deployment", "zone-loss", "spot"];

const EXAMPLES = "deployment@1h, zone-loss@2h+30m:zone=0 or spot@3h:share=0.5";

/** What limits the events of a run. */
export interface EventBounds {
  /** Length of the load. */
  readonly seconds: number;
  /** Fewest zones of the configurations. */
  readonly availabilityZones: number;
}

/**
 * Reads what befalls a stack from `deployment@3600,zone-loss@2h+30m:zone=1,spot@3h:share=0.5`, in order of time.
 *
 * @param faults takes a line for everything that is wrong
 */
export function parseEvents(
  text: string,
  bounds: EventBounds,
  faults: string[],
): SimulationEvent[] {
  return text
    .split(",")
    .flatMap((written) => {
      const found: string[] = [];
      const event = parseEvent(written.trim(), bounds, found);
      faults.push(...found.map((fault) => `--event: got '${written.trim()}', ${fault}`));
      return event ?? [];
    })
    .sort((one, other) => one.atSeconds - other.atSeconds);
}

const FORM =
  /^(?<name>[a-z-]+)@(?<at>[^+:]+)(?:\+(?<length>[^:]+))?(?::(?<key>[a-z]+)=(?<value>.+))?$/;

function parseEvent(
  text: string,
  { seconds, availabilityZones }: EventBounds,
  faults: string[],
): SimulationEvent | undefined {
  const parts = FORM.exec(text)?.groups;
  if (parts === undefined) {
    faults.push(`must be an event such as ${EXAMPLES}`);
    return undefined;
  }
  const { name = "", at = "", length, key, value = "" } = parts;
  const atSeconds = parseSeconds(at);
  if (atSeconds === undefined) {
    faults.push(`its time must be seconds, or a time such as 15m, 2h or 1d`);
  } else if (atSeconds >= seconds) {
    faults.push(`its time must be before the end of the load after ${durationText(seconds)}`);
  }
  const isZoneLoss = name === "zone-loss";
  const ownKey = isZoneLoss ? "zone" : name === "spot" ? "share" : undefined;
  if (!EVENT_NAMES.includes(name)) {
    const names = EVENT_NAMES.join(", ");
    faults.push(`must be one of ${names}${hint(name, EVENT_NAMES)}`);
    return undefined;
  }
  if (key !== undefined && key !== ownKey) {
    faults.push(ownKey === undefined ? `takes no '${key}'` : `takes '${ownKey}' and no '${key}'`);
  }
  const forSeconds = length === undefined ? undefined : parseSeconds(length);
  if (isZoneLoss && (forSeconds === undefined || forSeconds === 0)) {
    faults.push("must say how long, as in zone-loss@2h+30m");
  } else if (!isZoneLoss && length !== undefined) {
    faults.push("takes no length");
  }
  const figure = Number(key === undefined ? (isZoneLoss ? 0 : 1) : value);
  if (isZoneLoss && !(Number.isInteger(figure) && figure >= 0 && figure < availabilityZones)) {
    faults.push(`zone must be a whole number from 0 to ${availabilityZones - 1}`);
  } else if (name === "spot" && !(figure > 0 && figure <= 1)) {
    faults.push("share must be above 0 and at most 1");
  }
  if (faults.length > 0 || atSeconds === undefined) return undefined;
  if (isZoneLoss) {
    return { kind: "zoneLoss", atSeconds, forSeconds: forSeconds ?? 0, zone: figure };
  }
  return name === "spot"
    ? { kind: "spotInterruption", atSeconds, share: figure }
    : { kind: "deployment", atSeconds };
}
