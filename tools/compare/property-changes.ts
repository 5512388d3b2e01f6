import { isDeepStrictEqual } from "node:util";
import type { Bag, Json, ResourceOptions } from "../preview/graph";
import { SECRET } from "../preview/graph";
import type { InputDifference } from "../simulated-aws/cloud/input-differences";
import { inputDifferences } from "../simulated-aws/cloud/input-differences";
import { textInBase64 } from "./base64-text";
import type { PropertyChange } from "./comparison";
import type { NodeDifferences, Renewal } from "./node-differences";
import type { Setting } from "./stack-side";
import { lineChanges } from "./text-lines";

/** The differences of a resource as a reader gets them. */
export function propertyChanges({ differences, replacing }: NodeDifferences): PropertyChange[] {
  return differences.map((difference) => changeOf(difference, replacing.has(difference)));
}

/** Outputs of the stack that differ, or that come from what changes. */
export function outputChanges(before: Bag, after: Bag, renewed: Renewal): PropertyChange[] {
  return inputDifferences(before, after, { sets: [], decode: textInBase64, renewed }).map(
    (difference) => changeOf(difference, false),
  );
}

function changeOf({ path, before, after }: InputDifference, replaces: boolean): PropertyChange {
  return { path, before, after, replaces, lines: lineChanges(before, after) };
}

/** What the engine is told of a resource; aliases and the version of a package change nothing by themselves. */
type Option = Exclude<keyof ResourceOptions, "aliases" | "version">;

const OPTIONS: readonly Option[] = [
  "additionalSecretOutputs",
  "customTimeouts",
  "deleteBeforeReplace",
  "deletedWith",
  "ignoreChanges",
  "protect",
  "provider",
  "replaceOnChanges",
  "replaceWith",
  "retainOnDelete",
];

/** Options whose order means nothing. */
const LISTS: readonly Option[] = [
  "additionalSecretOutputs",
  "ignoreChanges",
  "replaceOnChanges",
  "replaceWith",
];

/** Options that differ, by their names. */
export function optionChanges(before: ResourceOptions, after: ResourceOptions): PropertyChange[] {
  return OPTIONS.filter((option) => before[option] !== after[option]).flatMap((option) => {
    const [was, is] = [before[option], after[option]].map((value) => optionValue(option, value));
    return isDeepStrictEqual(was, is)
      ? []
      : [{ path: option, before: was, after: is, replaces: false, lines: undefined }];
  });
}

function optionValue(option: Option, value: ResourceOptions[Option]): Json | undefined {
  if (LISTS.includes(option)) {
    return [...((value ?? []) as readonly string[])].sort();
  }
  return value as Json | undefined;
}

/** Configured values that differ, by their full keys; of encrypted ones only that they do. */
export function settingChanges(
  before: Readonly<Record<string, Setting>>,
  after: Readonly<Record<string, Setting>>,
): PropertyChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((key) => {
    const [was, is] = [before[key], after[key]];
    return was?.value === is?.value && was?.fingerprint === is?.fingerprint
      ? []
      : [
          {
            path: key,
            before: settingValue(was),
            after: settingValue(is),
            replaces: false,
            lines: undefined,
          },
        ];
  });
}

function settingValue(setting: Setting | undefined): Json | undefined {
  if (setting === undefined || setting.fingerprint !== undefined) {
    return setting && SECRET;
  }
  const { value } = setting;
  if (!/^[[{]/.test(value)) {
    return value;
  }
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}
