import type { ResourceGraph } from "../preview/graph";
import type { StackFiles } from "../preview/stack-files";
import { CauseFindings, differencesOf } from "./cause-findings";
import type { Experiment } from "./cause-findings";
import type { Comparison, ResourceChange } from "./comparison";

/** What is needed to find what makes two stacks differ. */
export interface Experiments {
  /** The two configurations, under one name. */
  readonly before: StackFiles;
  readonly after: StackFiles;
  /** The program with a configuration; undefined where it refuses the configuration. */
  readonly record: (files: StackFiles) => Promise<ResourceGraph | undefined>;
  /** What differs between two programs. */
  readonly compare: (before: ResourceGraph, after: ResourceGraph) => Comparison;
}

/**
 * Finds the configuration keys whose values make the differences between two stacks, by experiment: one
 * key at a time gets the other stack's value, or two where the program refuses one alone, from either
 * side. The key whose value makes a difference vanish, or appear, is its cause; where no single one
 * does, every key that changes it is.
 *
 * @returns the keys, sorted, by the URN of the changed resource; a resource without one differs for
 *   another reason than its configuration
 */
export async function findCauses(experiments: Experiments): Promise<ReadonlyMap<string, string[]>> {
  const { before, after, record, compare } = experiments;
  const [first, last] = [await record(before), await record(after)];
  if (first === undefined || last === undefined) return new Map();
  const found = new CauseFindings(differencesOf(compare(first, last)));
  const keys = differingKeys(before, after);
  const attempt = async (direction: Direction, tried: readonly string[]): Promise<boolean> => {
    const [files, other] = direction === "towards" ? [after, before] : [before, after];
    const graph = await record(withValuesOf(files, other, tried));
    if (graph === undefined) return false;
    found.note({ keys: tried, direction, differences: differencesOf(compare(first, graph)) });
    return true;
  };
  const attemptPair = async (direction: Direction, key: string): Promise<void> => {
    for (const other of keys) {
      if (other !== key && (await attempt(direction, [key, other]))) return;
    }
  };
  const refused = await without(keys, (key) => attempt("towards", [key]));
  const refusedTwice = await without(refused, (key) => attempt("away", [key]));
  for (const key of refused) await attemptPair("towards", key);
  for (const key of refusedTwice) await attemptPair("away", key);
  return found.byUrn(keys);
}

type Direction = Experiment["direction"];

/** Those that fail, tried one after the other: the recordings share the process. */
async function without(
  keys: readonly string[],
  attempt: (key: string) => Promise<boolean>,
): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const key of keys) {
    if (!(await attempt(key))) failed.push(key);
  }
  return failed;
}

/**
 * A comparison of two stacks with the causes of every change; what follows from another change has that
 * one's causes too. Neither stack takes the other's place, so nothing is destroyed.
 */
export function withCauses(
  comparison: Comparison,
  found: ReadonlyMap<string, readonly string[]>,
): Comparison {
  const byUrn = new Map(comparison.changes.map((change) => [change.urn, change]));
  const collect = (change: ResourceChange, seen: Set<string>): readonly string[] => {
    seen.add(change.urn);
    const sources = change.follows.flatMap((urn) => byUrn.get(urn) ?? []);
    const further = sources.filter(({ urn }) => !seen.has(urn));
    return [
      ...(found.get(change.urn) ?? []),
      ...further.flatMap((source) => collect(source, seen)),
    ];
  };
  const changes = comparison.changes.map((change) => ({
    ...change,
    destruction: undefined,
    causes: [...new Set(collect(change, new Set()))].sort(),
  }));
  return { ...comparison, changes };
}

/** Encrypted values are not known, so none of them can make a difference here. */
function differingKeys({ config: before }: StackFiles, { config: after }: StackFiles): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].filter((key) => before[key] !== after[key]).sort();
}

function withValuesOf(files: StackFiles, other: StackFiles, keys: readonly string[]): StackFiles {
  const own = Object.entries(files.config).filter(([key]) => !keys.includes(key));
  const others = Object.entries(other.config).filter(([key]) => keys.includes(key));
  return {
    ...files,
    config: Object.fromEntries([...own, ...others]),
    secretKeys: [
      ...files.secretKeys.filter((key) => !keys.includes(key)),
      ...other.secretKeys.filter((key) => keys.includes(key)),
    ],
  };
}
