import { nearest } from "../lib/nearest";
import { type Check, type Checked, fail, pass, show } from "./checks";

/** JSON text of a list whose elements each pass the check; the elements' faults carry their index. */
export function listOf<T>(
  rule: string,
  check: (element: unknown) => Checked<T>,
): Check<readonly T[]> {
  return (text) => {
    const parsed = parse(text);
    return Array.isArray(parsed)
      ? collect(parsed.map((element, index) => [`[${index}]`, check(element)] as const))
      : fail(show(text), `must be ${rule}`, "write a YAML list");
  };
}

/** JSON text of an object whose entries each pass the check; the entries' faults carry their key. */
export function recordOf<T>(
  rule: string,
  check: (key: string, value: unknown) => Checked<T>,
): Check<Readonly<Record<string, T>>> {
  return (text) => {
    const parsed = parse(text);
    return isRecord(parsed)
      ? collectEntries(Object.entries(parsed).map(([key, value]) => [key, check(key, value)]))
      : fail(show(text), `must be ${rule}`, "write a YAML mapping");
  };
}

/** A mapping with exactly the given keys; each value is a scalar that passes its check. */
export function structOf<T extends object>(fields: {
  readonly [K in keyof T]: Check<T[K]>;
}): (value: unknown) => Checked<T> {
  const keys = Object.keys(fields);
  const rule = `must be a mapping with ${keys.join(", ")}`;
  return (value) => {
    if (!isRecord(value)) {
      return fail(show(textOf(value)), rule, "write these keys");
    }
    const entries = collectEntries<unknown>([
      ...Object.entries<Check<unknown>>(fields).map(
        ([key, check]) =>
          [
            key,
            Object.hasOwn(value, key)
              ? scalar(check)(value[key])
              : fail("nothing", "must be set", "add it"),
          ] as const,
      ),
      ...Object.keys(value)
        .filter((key) => !Object.hasOwn(fields, key))
        .map((key) => [key, unknownKey(key, keys)] as const),
    ]);
    return entries.ok ? pass(entries.value as T) : entries;
  };
}

/** Reads a part of a JSON value as the engine would hand it over alone: as text. */
export function scalar<T>(check: Check<T>): (value: unknown) => Checked<T> {
  return (value) => check(textOf(value));
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function unknownKey(key: string, keys: readonly string[]): Checked<never> {
  const meant = nearest(key, keys);
  return fail(
    show(key),
    `must be one of ${keys.join(", ")}`,
    meant === undefined ? "remove it" : `did you mean ${meant}`,
  );
}

/** All values, or all faults, each under its place. */
function collect<T>(parts: readonly (readonly [place: string, Checked<T>])[]): Checked<T[]> {
  const faults = parts.flatMap(([place, checked]) =>
    checked.ok ? [] : checked.faults.map((fault) => ({ ...fault, path: place + fault.path })),
  );
  return faults.length > 0
    ? { ok: false, faults }
    : pass(parts.flatMap(([, checked]) => (checked.ok ? [checked.value] : [])));
}

function collectEntries<T>(
  parts: readonly (readonly [key: string, Checked<T>])[],
): Checked<Readonly<Record<string, T>>> {
  const entries = collect(
    parts.map(([key, checked]) => [
      `.${key}`,
      checked.ok ? pass([key, checked.value] as const) : checked,
    ]),
  );
  return entries.ok ? pass(Object.fromEntries(entries.value)) : entries;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
