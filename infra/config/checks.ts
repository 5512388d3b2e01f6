import { nearest } from "../lib/nearest";

/**
 * Judges one value as the engine hands it over: always text, lists and objects as JSON.
 * Gives the typed value, or every fault of it.
 */
export type Check<T> = (text: string) => Checked<T>;

export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly faults: readonly ValueFault[] };

/** What is wrong inside one value. */
interface ValueFault {
  /** Place in a list or an object, for example `[0].schedule`; empty for the value as a whole. */
  readonly path: string;
  readonly got: string;
  readonly rule: string;
  readonly remedy: string;
}

/** The value passes. */
export function pass<T>(value: T): Checked<T> {
  return { ok: true, value };
}

/** The value as a whole does not pass. */
export function fail(got: string, rule: string, remedy: string): Checked<never> {
  return { ok: false, faults: [{ path: "", got, rule, remedy }] };
}

/** Text of a value for a message: numbers and booleans bare, other text in quotes, long values cut. */
export function show(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  return /^(-?\d+(\.\d+)?|true|false|[[{].*)$/s.test(text) ? short : JSON.stringify(short);
}

/** A whole number within inclusive bounds. */
export function integer(min: number, max: number): Check<number> {
  return (text) => {
    const value = /^-?\d+$/.test(text) ? Number(text) : NaN;
    return value >= min && value <= max
      ? pass(value)
      : fail(
          show(text),
          `must be an integer from ${min} to ${max}`,
          "write a whole number in that range",
        );
  };
}

/** A whole number within inclusive bounds, or 0, which stands for undefined. */
export function integerOrZero(min: number, max: number): Check<number | undefined> {
  const inRange = integer(min, max);
  return (text) => {
    if (text === "0") {
      return pass(undefined);
    }
    const checked = inRange(text);
    return checked.ok
      ? checked
      : fail(
          show(text),
          `must be 0 or an integer from ${min} to ${max}`,
          "write a whole number in that range",
        );
  };
}

export const boolean: Check<boolean> = (text) =>
  text === "true" || text === "false"
    ? pass(text === "true")
    : fail(show(text), "must be true or false", "write one of them without quotes");

/** One of the given words, spelt exactly. */
export function oneOf<const T extends string>(...allowed: readonly T[]): Check<T> {
  return oneOfNamed(allowed, new Map());
}

/** One of the given words, spelt exactly; `otherNames`, in lower case, are refused with the word that they mean. */
export function oneOfNamed<const T extends string>(
  allowed: readonly T[],
  otherNames: ReadonlyMap<string, T>,
): Check<T> {
  return (text) => {
    const value = allowed.find((candidate) => candidate === text);
    if (value !== undefined) {
      return pass(value);
    }
    const meant = otherNames.get(text.toLowerCase()) ?? nearest(text, allowed);
    return fail(
      show(text),
      `must be one of ${allowed.join(", ")}`,
      meant === undefined ? "choose one of them" : `did you mean ${meant}`,
    );
  };
}

/** One of the given numbers. */
export function oneOfNumbers(allowed: readonly number[]): Check<number> {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && allowed.includes(value)) {
      return pass(value);
    }
    const rule = `must be one of ${allowed.join(", ")}`;
    if (!/^-?\d+$/.test(text)) {
      return fail(show(text), rule, "choose one of them");
    }
    const near = allowed.reduce((best, candidate) =>
      Math.abs(candidate - value) < Math.abs(best - value) ? candidate : best,
    );
    return fail(show(text), rule, `the nearest is ${near}`);
  };
}

/** Text that matches a pattern; `rule` says the pattern in words. */
export function text(pattern: RegExp, rule: string, remedy: string): Check<string> {
  return (value) => (pattern.test(value) ? pass(value) : fail(show(value), rule, remedy));
}

/** Empty text stands for undefined, all other text is checked. */
export function optional<T>(check: Check<T>): Check<T | undefined> {
  return (value) => (value === "" ? pass(undefined) : check(value));
}
