import type { StackFiles } from "../preview/stack-files";
import { CauseFindings, differencesOf } from "./cause-findings";
import type { Experiment } from "./cause-findings";
import type { Comparison, ResourceChange } from "./comparison";
import type { DeployedSide } from "./record-side";
import type { Trial } from "./trial";

/** What is needed to find what makes two stacks differ. */
export interface Experiments {
  /** The two configurations, under one name. */
  readonly before: StackFiles;
  readonly after: StackFiles;
  /** Tries a configuration; asked for one at a time. */
  readonly record: (files: StackFiles) => Promise<Trial>;
  /** What differs between two programs. */
  readonly compare: (before: DeployedSide, after: DeployedSide) => Comparison;
}

/**
 * Finds the configuration keys whose values make the differences between two stacks, by experiment: one
 * key at a time gets the other stack's value, from either side, and where the program refuses both, a
 * second key with it, those first that the program names when it refuses. The key whose value makes a
 * difference vanish, or appear, is its cause; where no single one does, every key that changes it is.
 *
 * @returns the keys, sorted, by the URN of the changed resource; a resource without one differs for
 *   another reason than its configuration
 */
export async function findCauses(experiments: Experiments): Promise<ReadonlyMap<string, string[]>> {
  const { before, after, record, compare } = experiments;
  const first = await record(before);
  const last = await record(after);
  if ("refusal" in first || "refusal" in last) return new Map();
  const found = new CauseFindings(differencesOf(compare(first, last)));
  const keys = differingKeys(before, after);
  /** Why the program refuses, or undefined where it does not. */
  const attempt = async (
    direction: Direction,
    tried: readonly string[],
  ): Promise<string | undefined> => {
    const [files, other] = direction === "towards" ? [after, before] : [before, after];
    const trial = await record(withValuesOf(files, other, tried));
    if ("refusal" in trial) return trial.refusal;
    found.note({ keys: tried, direction, differences: differencesOf(compare(first, trial)) });
    return undefined;
  };
  const attemptAlone = async (key: string): Promise<Refused | undefined> => {
    const towards = await attempt("towards", [key]);
    if (towards === undefined) return undefined;
    const away = await attempt("away", [key]);
    return { key, towards, away };
  };
  const refused: Refused[] = [];
  for (const key of keys) {
    const alone = await attemptAlone(key);
    if (alone !== undefined) refused.push(alone);
  }
  // What single keys explain has to be known by now, and what pairs before explain.
  for (const each of [...refused].sort(mostRefusedFirst)) {
    if (each.away === undefined && found.isComplete) continue;
    for (const [direction, other] of partnersOf(each, keys)) {
      if ((await attempt(direction, [each.key, other].sort())) === undefined) break;
    }
  }
  return found.byUrn(keys);
}

type Direction = Experiment["direction"];

/** A key that the program does not take alone, with what it says. */
interface Refused {
  readonly key: string;
  readonly towards: string;
  /** Undefined where the program takes the key from the other side. */
  readonly away: string | undefined;
}

/** Nothing is known yet of those that are refused from both sides. */
const mostRefusedFirst = (one: Refused, other: Refused): number =>
  Number(one.away === undefined) - Number(other.away === undefined);

/** What may make a refused key acceptable, the likeliest first: the keys that the program names. */
function partnersOf(refused: Refused, keys: readonly string[]): readonly [Direction, string][] {
  const others = keys.filter((key) => key !== refused.key);
  const all = (["towards", "away"] as const)
    .filter((direction) => refused[direction] !== undefined)
    .flatMap((direction) => others.map((key): [Direction, string] => [direction, key]));
  const isNamed = ([direction, key]: readonly [Direction, string]): boolean =>
    refused[direction]?.includes(key.slice(key.indexOf(":") + 1)) === true;
  return [...all.filter(isNamed), ...all.filter((each) => !isNamed(each))];
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
    allowedBy: undefined,
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
