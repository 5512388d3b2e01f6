import type { Read, Report } from "./readers";
import { isMapping, plainText, show } from "./readers";
import type { KeyPath } from "./yaml-tree";

export interface PairForm {
  /** What a name without a value means: Compose takes a variable's from the shell, and a label's as empty text. */
  readonly withoutValue: "fault" | "empty";
  /** Why a name cannot be used; undefined for a good name. */
  nameFault(name: string): string | undefined;
}

const RESERVED_LABELS = ["com.docker.compose.", "com.amazonaws.ecs."];

/** Environment variables and build arguments. */
export const VARIABLES: PairForm = {
  withoutValue: "fault",
  nameFault: (name) =>
    /^[^\s=]+$/.test(name)
      ? undefined
      : `${show(name)} is no variable name; remove blanks and = from it`,
};

export const LABELS: PairForm = {
  withoutValue: "empty",
  nameFault: (name) => {
    if (name === "") return `${show(name)} is no label; give it a name`;
    const reserved = RESERVED_LABELS.find((prefix) => name.startsWith(prefix));
    return (
      reserved && `${name} is reserved, as is every label from ${reserved}; choose another name`
    );
  },
};

/** Reads names with values in either form: a mapping, or a list of `NAME=value`. */
export function pairs(form: PairForm): Read<Readonly<Record<string, string>>> {
  return (value, report) => {
    const entries = Array.isArray(value)
      ? listEntries(value, report)
      : mappingEntries(value, report);
    const read = new Map<string, string>();
    for (const { name, text, path } of entries) {
      const nameFault = form.nameFault(name);
      if (nameFault !== undefined) report(nameFault, path);
      else if (read.has(name)) report(`${name} is there twice; keep one`, path);
      else if (text === undefined && form.withoutValue === "fault")
        report(withoutValue(name), path);
      read.set(name, text ?? "");
    }
    return Object.fromEntries(read);
  };
}

interface Entry {
  readonly name: string;
  /** Undefined where only the name is there. */
  readonly text: string | undefined;
  readonly path: KeyPath;
}

function listEntries(items: readonly unknown[], report: Report): Entry[] {
  return items.flatMap((item, index): Entry[] => {
    const path = [index];
    if (typeof item !== "string") {
      report(`${show(item)} is no text; write NAME=value`, path);
      return [];
    }
    const equals = item.indexOf("=");
    if (equals === -1) return [{ name: item, text: undefined, path }];
    return [{ name: item.slice(0, equals), text: item.slice(equals + 1), path }];
  });
}

function mappingEntries(value: unknown, report: Report): Entry[] {
  if (!isMapping(value)) {
    report(`${show(value)} is neither a mapping nor a list; write NAME: value, one a line`);
    return [];
  }
  return Object.entries(value).flatMap(([name, item]): Entry[] => {
    const path = [name];
    const text = plainText(item);
    if (item === null || text !== undefined) return [{ name, text, path }];
    report(`${show(item)} is no text; write one value`, path);
    return [];
  });
}

function withoutValue(name: string): string {
  return `${name} has no value, so Compose takes it from the shell, which a deployment does not have; give the value here, or a secret by secretEnvironment in the stack file`;
}
