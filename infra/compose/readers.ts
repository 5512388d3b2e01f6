import { z } from "zod";
import type { Bounds } from "./ecs-limits";
import { parseDurationSeconds } from "./quantities";
import { splitShellWords } from "./shell-words";
import type { KeyPath } from "./yaml-tree";

/** Tells of a fault in the value, or of one further down in it. */
export type Report = (message: string, path?: KeyPath) => void;

/** A report of faults further down in the value. */
export function reportBelow(report: Report, ...path: KeyPath): Report {
  return (message, below = []) => {
    report(message, [...path, ...below]);
  };
}

/** Reads one value; what it returns counts only where it reports nothing. */
export type Read<T> = (value: unknown, report: Report) => T;

/** A schema for a value that has several forms in Compose; a missing value is given to `read` as undefined. */
export function reader<T>(read: Read<T>) {
  return z
    .unknown()
    .optional()
    .transform((value, context): T => {
      let faults = 0;
      const result = read(value, (message, path = []) => {
        faults += 1;
        context.addIssue({ code: "custom", message, path: [...path], input: value });
      });
      return faults === 0 ? result : z.NEVER;
    });
}

/** A schema for a mapping whose keys have been checked already. */
export function mapping<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object(shape, {
    error: ({ input }) => `${show(input)} is no mapping; write keys below it`,
  });
}

/** The same for a mapping that may be left out: its required keys are missed one by one. */
export function optionalMapping<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.preprocess((value) => value ?? {}, mapping(shape));
}

/** A value in a message. */
export function show(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (value === "") return '""';
  return plainText(value) ?? (Array.isArray(value) ? "a list" : "a mapping");
}

/** What a scalar is as text; undefined for everything else, null included. */
export function plainText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Compose takes a boolean as text too, since a variable's value is text. */
export const readFlag: Read<boolean> = (value, report) => {
  if (value !== true && value !== false && value !== "true" && value !== "false") {
    report(`${show(value)} is no boolean; write true or false`);
  }
  return value === true || value === "true";
};

export function readInteger(value: unknown): number | undefined {
  if (typeof value === "number" && Number.isInteger(value)) return value;
  return typeof value === "string" && /^[-+]?\d+$/.test(value) ? Number(value) : undefined;
}

/** `write it as …` of an amount that is too small or too large; undefined inside the bounds. */
export function outOfRange(
  shown: string,
  amount: number,
  { minimum, maximum }: Bounds,
  unit = "",
): string | undefined {
  if (amount >= minimum && amount <= maximum) return undefined;
  const remedy = amount < minimum ? "raise it" : "lower it";
  return `${shown} is out of range, ECS allows ${minimum}${unit} to ${maximum}${unit}; ${remedy}`;
}

/** Reads a duration of whole seconds. */
export function seconds(bounds: Bounds): Read<number> {
  return (value, report) => {
    const amount = typeof value === "string" ? parseDurationSeconds(value) : undefined;
    if (amount === undefined) {
      const example = readInteger(value) === undefined ? "30s or 1m30s" : `${show(value)}s`;
      report(`${show(value)} is no duration; write one with its unit, such as ${example}`);
      return 0;
    }
    const range = outOfRange(show(value), amount, bounds, "s");
    if (range !== undefined) report(range);
    else if (!Number.isInteger(amount)) {
      report(
        `${show(value)} is not a whole number of seconds, which is what ECS counts in; round it`,
      );
    }
    return amount;
  };
}

export function integer(bounds: Bounds): Read<number> {
  return (value, report) => {
    const amount = readInteger(value);
    const message =
      amount === undefined
        ? `${show(value)} is no whole number; write one from ${bounds.minimum} to ${bounds.maximum}`
        : outOfRange(show(value), amount, bounds);
    if (message !== undefined) report(message);
    return amount ?? NaN;
  };
}

/** Reads a list of text, each item only once; undefined stands in the place of a faulty item. */
export function readTextList(value: unknown, report: Report): readonly (string | undefined)[] {
  if (!Array.isArray(value)) {
    report(`${show(value)} is no list; write one item a line, each after a hyphen`);
    return [];
  }
  return value.map((item: unknown, index) => {
    if (typeof item === "string" && value.indexOf(item) === index) return item;
    const fault = typeof item === "string" ? "is there twice; keep one" : "is no text; quote it";
    report(`${show(item)} ${fault}`, [index]);
    return undefined;
  });
}

/** Reads `command` or `entrypoint`; null is the image's own, as it is in Compose. */
export const readWords: Read<readonly string[] | undefined> = (value, report) => {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string" && !Array.isArray(value)) {
    report(`${show(value)} is no command; write a list of words, or text`);
    return undefined;
  }
  const words =
    typeof value === "string" ? splitWords(value, report) : readArguments(value, report);
  if (words?.length === 0) {
    report(
      "is empty, and ECS cannot clear what the image sets; name the program, or remove the key",
    );
  }
  return words;
};

function splitWords(text: string, report: Report): readonly string[] | undefined {
  const split = splitShellWords(text);
  if (split.kind === "words") return split.words;
  report(split.message);
  return undefined;
}

function readArguments(items: readonly unknown[], report: Report): readonly string[] {
  items.forEach((item, index) => {
    if (typeof item !== "string") report(`${show(item)} is no text; quote it`, [index]);
  });
  return items.filter((item) => typeof item === "string");
}

export function readAbsolutePath(value: unknown, report: Report): string {
  if (typeof value === "string" && value.startsWith("/")) return value;
  report(`${show(value)} is no absolute path; write it from /`);
  return "";
}
