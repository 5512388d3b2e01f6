import type { Comparison } from "./comparison";

/** What differs, by URN and place, with the values as text. */
export type Differences = ReadonlyMap<string, { readonly urn: string; readonly values: string }>;

/** The single differences of a comparison. */
export function differencesOf({ changes }: Comparison): Differences {
  return new Map(
    changes.flatMap(({ urn, operation, properties, options }) => [
      // An update is told by its properties.
      ...(operation === "update" ? [] : [[`${urn} ${operation}`, { urn, values: "" }] as const]),
      ...[...properties, ...options].map(
        ({ path, before, after }) =>
          [`${urn} ${path}`, { urn, values: JSON.stringify([before, after]) }] as const,
      ),
    ]),
  );
}

/** A configuration that was tried. */
export interface Experiment {
  /** Keys that had a value of the other configuration. */
  readonly keys: readonly string[];
  /** `towards` where the configuration was else that after the change, `away` where that before it. */
  readonly direction: "towards" | "away";
  /** What then differed from the stack before the change. */
  readonly differences: Differences;
}

/** Which configuration keys were found to act on which differences. */
export class CauseFindings {
  /** Keys by the place that they alone explain. */
  private readonly full = new Map<string, Set<string>>();
  /** Keys by the place that they have a part in. */
  private readonly partial = new Map<string, Set<string>>();
  /** Places that a single key explains: two together tell nothing new of them. */
  private readonly settled = new Set<string>();
  /** Keys that were tried alone, by direction. */
  private readonly alone = { towards: new Set<string>(), away: new Set<string>() };

  /** @param sought what differs between the two configurations */
  constructor(private readonly sought: Differences) {}

  note({ keys, direction, differences }: Experiment): void {
    const isAlone = keys.length === 1;
    if (isAlone) keys.forEach((key) => this.alone[direction].add(key));
    for (const [place, { values }] of this.sought) {
      if (!isAlone && this.settled.has(place)) continue;
      const got = differences.get(place)?.values;
      // Away from the stack before the change a key makes what it takes away towards it.
      const [all, nothing] = direction === "towards" ? [undefined, values] : [values, undefined];
      if (got === nothing) continue;
      if (isAlone && got === all) this.settled.add(place);
      add(got === all ? this.full : this.partial, place, this.acting(keys, direction, place));
    }
  }

  /** True where every difference has a cause. */
  get isComplete(): boolean {
    return [...this.sought.keys()].every(
      (place) => this.full.has(place) || this.partial.has(place),
    );
  }

  /** @param all keys, which are the causes where none was found */
  byUrn(all: readonly string[]): ReadonlyMap<string, string[]> {
    const found = new Map<string, Set<string>>();
    for (const [place, { urn }] of this.sought) {
      add(found, urn, this.full.get(place) ?? this.partial.get(place) ?? all);
    }
    return new Map([...found].map(([urn, keys]) => [urn, [...keys].sort()]));
  }

  /** Without those that alone did nothing at the place, which were there for the others' sake. */
  private acting(
    keys: readonly string[],
    direction: Experiment["direction"],
    place: string,
  ): readonly string[] {
    const acting = keys.filter(
      (key) =>
        !this.alone[direction].has(key) ||
        this.full.get(place)?.has(key) === true ||
        this.partial.get(place)?.has(key) === true,
    );
    return acting.length > 0 ? acting : keys;
  }
}

function add(found: Map<string, Set<string>>, place: string, keys: Iterable<string>): void {
  found.set(place, new Set([...(found.get(place) ?? []), ...keys]));
}
