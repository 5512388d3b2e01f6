import type { Bag, Json } from "../../preview/graph";
import { isBag } from "../protocol-values";
import type { NamedElement } from "./difference-path";

/** An element before and after a change; undefined on the side that it is not on. */
interface ElementPair {
  readonly step: number | NamedElement;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

interface PlacedPair extends ElementPair {
  readonly step: number;
}

/** Two lists, element by element. */
export interface ElementPairs {
  readonly pairs: readonly ElementPair[];
  /** Names of the elements that are in both lists, where their order differs and means something. */
  readonly order:
    { readonly before: readonly string[]; readonly after: readonly string[] } | undefined;
}

/**
 * Finds which element of a list is which of the other: by name where every element has one of its own,
 * without order in a set, and else by place, counted from the end behind what differs. An element that
 * is gone has its place before the change; one that is new, its place after it, or in a set, behind all.
 */
export function pairElements(
  before: readonly Json[],
  after: readonly Json[],
  isSet: boolean,
): ElementPairs {
  const key = NAME_KEYS.find((each) => hasNames(before, each) && hasNames(after, each));
  if (key !== undefined && before.length + after.length > 0) {
    return pairByName(before as readonly Bag[], after as readonly Bag[], key, isSet);
  }
  return { pairs: isSet ? pairSets(before, after) : pairByPlace(before, after), order: undefined };
}

/** Properties that name the elements of a list: of containers, variables, tags, statements, volumes, mounts and devices. */
const NAME_KEYS = [
  "name",
  "key",
  "Sid",
  "sid",
  "deviceName",
  "resourceType",
  "containerPath",
  "sourceVolume",
];

/** True where each element has a text under the key, none of them twice, and none that only the deployment tells. */
function hasNames(list: readonly Json[], key: string): boolean {
  const names = new Set<string>();
  for (const element of list) {
    const name = isBag(element) ? element[key] : undefined;
    if (typeof name !== "string" || name === "" || name.includes("${") || names.has(name)) {
      return false;
    }
    names.add(name);
  }
  return true;
}

function pairByName(
  before: readonly Bag[],
  after: readonly Bag[],
  key: string,
  isSet: boolean,
): ElementPairs {
  const [olds, news] = [byName(before, key), byName(after, key)];
  const pairs: ElementPair[] = [];
  for (const [name, { value, index }] of olds) {
    const now = news.get(name);
    pairs.push({
      step: { key, name, index: now?.index ?? index },
      before: value,
      after: now?.value,
    });
  }
  for (const [name, { value, index }] of news) {
    if (!olds.has(name)) {
      pairs.push({ step: { key, name, index }, before: undefined, after: value });
    }
  }
  const kept = {
    before: [...olds.keys()].filter((name) => news.has(name)),
    after: [...news.keys()].filter((name) => olds.has(name)),
  };
  const isInOrder = kept.before.every((name, index) => name === kept.after[index]);
  return { pairs, order: isSet || isInOrder ? undefined : kept };
}

const byName = (list: readonly Bag[], key: string): ElementsByName =>
  new Map(list.map((value, index) => [value[key] as string, { value, index }]));

type ElementsByName = ReadonlyMap<string, { readonly value: Bag; readonly index: number }>;

function pairSets(before: readonly Json[], after: readonly Json[]): PlacedPair[] {
  const left = new Map<string, Json[]>();
  for (const value of after) {
    const text = canonicalText(value);
    left.set(text, [...(left.get(text) ?? []), value]);
  }
  const kept: PlacedPair[] = [];
  const gone: { readonly index: number; readonly value: Json }[] = [];
  before.forEach((value, index) => {
    const same = left.get(canonicalText(value))?.pop();
    if (same === undefined) {
      gone.push({ index, value });
    } else {
      kept.push({ step: index, before: value, after: same });
    }
  });
  const come = [...left.values()].flat();
  const changed = gone.map(({ index, value }, place) => ({
    step: index,
    before: value,
    after: come[place],
  }));
  const added = come.slice(gone.length).map((value, place) => ({
    step: before.length + place,
    before: undefined,
    after: value,
  }));
  return [...kept, ...changed, ...added].sort((one, other) => one.step - other.step);
}

function pairByPlace(before: readonly Json[], after: readonly Json[]): ElementPair[] {
  const shorter = Math.min(before.length, after.length);
  let tail = 0;
  if (before.length !== after.length) {
    let head = 0;
    while (head < shorter && isAlike(before[head], after[head])) {
      head += 1;
    }
    while (tail < shorter - head && isAlike(before.at(-1 - tail), after.at(-1 - tail))) {
      tail += 1;
    }
  }
  const [was, is] = [before.length - tail, after.length - tail];
  const middle = Array.from({ length: Math.max(was, is) }, (_, index) => ({
    step: index,
    before: index < was ? before[index] : undefined,
    after: index < is ? after[index] : undefined,
  }));
  // Places of the end are those of the longer list, which no other pair has.
  const end = Array.from({ length: tail }, (_, index) => ({
    step: Math.max(was, is) + index,
    before: before[was + index],
    after: after[is + index],
  }));
  return [...middle, ...end];
}

const isAlike = (before: Json | undefined, after: Json | undefined): boolean =>
  canonicalText(before) === canonicalText(after);

/** JSON with sorted keys. */
function canonicalText(value: Json | undefined): string {
  return JSON.stringify(value, (_, inner: Json) =>
    isBag(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
