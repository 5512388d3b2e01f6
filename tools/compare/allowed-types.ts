import { hint } from "../preview/hint";
import { ComparisonError } from "./comparison-error";
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
  const graphs = recorded.flatMap((stack) => ("side" in stack ? [stack.side.graph] : []));
  const used = new Set(
    graphs.flatMap(({ resources }) =>
      resources.filter(({ custom }) => custom).map(({ type }) => type),
    ),
  );
  // Where nothing was recorded, that is what went wrong.
  const unused = used.size === 0 ? [] : types.filter((type) => !used.has(type));
  if (unused.length === 0) return;
  const known = [...used].sort();
  const lines = unused.map(
    (type) => `--allow-destruction: no resource has the type '${type}'${hint(type, known)}`,
  );
  throw new ComparisonError([...lines, `    types in use: ${known.join(", ")}`].join("\n"));
}
