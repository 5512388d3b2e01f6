/**
 * Lists that demand something, so that a shorter one allows more; every other list names what is
 * allowed or exempt.
 */
const DEMANDS: readonly string[] = ["required-tags.keys", "protected-resources.types"];

/** Which way a limit allows more, where its name does not tell. */
const DIRECTIONS: Readonly<Record<string, "larger" | "smaller">> = {
  "tasks-fit-capacity.reservedMemoryMiB": "smaller",
  "tasks-fit-capacity.eniTrunking": "larger",
  "asg-headroom.surviveZoneLoss": "smaller",
  "instance-refresh-safe.lifetimeDays.required": "smaller",
  "monthly-cost-ceiling.steadyUsd": "larger",
  "monthly-cost-ceiling.worstUsd": "larger",
};

/**
 * True where another value of a limit allows more than before, or where that cannot be ruled out: the
 * value is no number and no switch, or neither the limit's name nor the table tells its direction.
 *
 * @param path of the limit, for example `asg-size-within-limits.maxCeiling`
 */
export function loosensLimit(path: string, before: unknown, after: unknown): boolean {
  const [was, is] = [sizeOf(before), sizeOf(after)];
  const direction = DIRECTIONS[path] ?? directionOf(path.slice(path.lastIndexOf(".") + 1));
  if (was === undefined || is === undefined || direction === undefined) return true;
  return direction === "larger" ? is > was : is < was;
}

/** True where an element that is added to a list (or else removed from it) makes it allow more. */
export function loosensList(path: string, isAdded: boolean): boolean {
  return DEMANDS.includes(path) !== isAdded;
}

function directionOf(name: string): "larger" | "smaller" | undefined {
  if (/^(?:max|allow)|Max$/.test(name)) return "larger";
  return /^(?:min|require)|Min$/.test(name) ? "smaller" : undefined;
}

/** A switch counts as 0 or 1. */
function sizeOf(value: unknown): number | undefined {
  return typeof value === "number" || typeof value === "boolean" ? Number(value) : undefined;
}
