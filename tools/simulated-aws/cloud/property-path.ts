import type { Bag, Json } from "../../preview/graph";

/** A step of a property path: a key, an index, or `*` for every one. */
export type PathStep = string | number;

/**
 * The steps of a property path as the engine writes it, for example `tags["a.b"].c[0]`.
 * Source: sdk/go/common/resource/property_path.go of pulumi/pulumi.
 *
 * @throws where a bracket or a quote is not closed
 */
export function parsePath(path: string): readonly PathStep[] {
  const known = parsed.get(path) ?? stepsOf(path);
  parsed.set(path, known);
  return known;
}

/** Paths come from tables and are read again with every resource. */
const parsed = new Map<string, readonly PathStep[]>();

function stepsOf(path: string): PathStep[] {
  const step = /\.?([^.[\]"]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|\[(\*)\]/y;
  const steps: PathStep[] = [];
  while (step.lastIndex < path.length) {
    const found = step.exec(path);
    if (found === null) {
      throw new Error(
        `property path "${path}" is not well formed; write keys with dots and indices or quoted keys in brackets, for example tags["a.b"].values[0]`,
      );
    }
    const [, key, index, quoted, every] = found;
    steps.push(
      index === undefined ? (key ?? quoted?.replace(/\\(.)/g, "$1") ?? every ?? "") : Number(index),
    );
  }
  return steps;
}

/** The property path of the steps, in the engine's own form. */
export function formatPath(steps: readonly PathStep[]): string {
  return steps.reduce<string>((path, step) => {
    if (typeof step === "number") {
      return `${path}[${String(step)}]`;
    }
    if (!/^[A-Za-z_$][\w$]*$/.test(step)) {
      return `${path}[${JSON.stringify(step)}]`;
    }
    return path === "" ? step : `${path}.${step}`;
  }, "");
}

/** The value at a path, or undefined where there is none; a path with `*` has none. */
export function valueAt(bag: Bag, path: string): Json | undefined {
  return parsePath(path).reduce<Json | undefined>((value, step) => child(value, step), bag);
}

/** Every value that the path names, with a place of its own; `[*]` stands for every item of a list. */
export function valuesAt(
  bag: Bag,
  path: string,
): { readonly path: string; readonly value: Json }[] {
  const found = parsePath(path).reduce<{ steps: PathStep[]; value: Json }[]>(
    (places, step) =>
      places.flatMap(({ steps, value }) =>
        (step === "*" ? everyStep(value, undefined) : [step]).flatMap((each) => {
          const inner = child(value, each);
          return inner === undefined || inner === null
            ? []
            : [{ steps: [...steps, each], value: inner }];
        }),
      ),
    [{ steps: [], value: bag }],
  );
  return found.map(({ steps, value }) => ({ path: formatPath(steps), value }));
}

/** The texts among the values that the path names. */
export function textsAt(bag: Bag, path: string): string[] {
  return valuesAt(bag, path).flatMap(({ value }) => (typeof value === "string" ? [value] : []));
}

/** A copy in which the value at the path is another; undefined removes it. Missing parents are made. */
export function withValueAt(bag: Bag, path: string, value: Json | undefined): Bag {
  return replaced(bag, parsePath(path), value) as Bag;
}

/**
 * A copy of `news` in which everything that a path of `ignored` names is as it was: what
 * ignoreChanges means to a provider.
 */
export function withoutIgnored(news: Bag, olds: Bag, ignored: readonly string[]): Bag {
  return ignored.reduce<Bag>((bag, path) => reset(bag, olds, parsePath(path)) as Bag, news);
}

function child(value: Json | undefined, step: PathStep): Json | undefined {
  if (value === undefined || value === null || typeof value !== "object") {
    return undefined;
  }
  if (Array.isArray(value)) {
    return typeof step === "number" ? value[step] : undefined;
  }
  return value[String(step)];
}

function replaced(
  current: Json | undefined,
  steps: readonly PathStep[],
  value: Json | undefined,
): Json | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) {
    return value;
  }
  const before = child(current, step);
  if (value === undefined && before === undefined) {
    return current;
  }
  const inner = replaced(before, rest, value);
  if (typeof step === "number") {
    const items = Array.isArray(current) ? [...current] : [];
    if (inner === undefined) {
      items.splice(step, 1);
    } else {
      items[step] = inner;
    }
    return items;
  }
  const bag: Bag =
    current !== null && typeof current === "object" && !Array.isArray(current)
      ? { ...current }
      : {};
  if (inner === undefined) {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a bag is a map of properties
    delete bag[step];
  } else {
    bag[step] = inner;
  }
  return bag;
}

function reset(
  now: Json | undefined,
  before: Json | undefined,
  steps: readonly PathStep[],
): Json | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) {
    return before;
  }
  if (step === "*") {
    return everyStep(now, before).reduce<Json | undefined>(
      (value, each) => reset(value, before, [each, ...rest]),
      now,
    );
  }
  const [inner, was] = [child(now, step), child(before, step)];
  if (inner === undefined && was === undefined) {
    return now;
  }
  return replaced(now, [step], reset(inner, was, rest));
}

function everyStep(now: Json | undefined, before: Json | undefined): PathStep[] {
  if (Array.isArray(now)) {
    return now.map((_, index) => index);
  }
  const keys = [now, before].flatMap((value) =>
    value !== null && typeof value === "object" && !Array.isArray(value) ? Object.keys(value) : [],
  );
  return [...new Set(keys)];
}
