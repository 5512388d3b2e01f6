import { hint } from "../preview/hint";
import { displayType } from "../preview/tree";
import { ComparisonError } from "./comparison-error";
import type { Permission } from "./permission";
import type { RecordedStack } from "./side-format";

/**
 * A type that no resource has is a slip of the pen that would allow nothing.
 *
 * @throws ComparisonError that names the types in use
 */
export function refuseUnusedTypes(
  types: readonly string[],
  recorded: readonly RecordedStack[],
): void {
  const used = usedTypes(recorded);
  // Where nothing was recorded, that is what went wrong.
  const unused = used.size === 0 ? [] : types.filter((type) => !used.has(type));
  if (unused.length === 0) return;
  const known = [...used];
  const lines = unused.map(
    (type) => `--allow-destruction: no resource has the type '${type}'${meant(type, known)}`,
  );
  throw new ComparisonError([...lines, `    types in use: ${known.join(", ")}`].join("\n"));
}

/** A line for each permission of a commit that permits nothing, as no resource has its type; the commit cannot be refused any more. */
export function idlePermissions(
  permitted: readonly Permission[],
  recorded: readonly RecordedStack[],
): string[] {
  // A stack that could not be recorded may be the one that has the type.
  if (!recorded.every((stack) => "side" in stack)) return [];
  const used = usedTypes(recorded);
  return permitted
    .filter(({ type }) => !used.has(type))
    .map(
      ({ type, by }) =>
        `warning: Replaces: ${type} of commit ${by} allows nothing, as no resource has that type${meant(type, [...used])}`,
    );
}

function usedTypes(recorded: readonly RecordedStack[]): ReadonlySet<string> {
  const graphs = recorded.flatMap((stack) => ("side" in stack ? [stack.side.graph] : []));
  const custom = graphs.flatMap(({ resources }) => resources.filter((node) => node.custom));
  return new Set(custom.map(({ type }) => type).sort());
}

/** The type as reports show it, `aws:lb:TargetGroup`, is the likeliest slip. */
function meant(type: string, known: readonly string[]): string {
  const shown = known.find((each) => displayType(each) === type);
  return shown === undefined ? hint(type, known) : `; did you mean '${shown}'?`;
}
