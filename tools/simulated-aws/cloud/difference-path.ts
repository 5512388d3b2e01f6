import { formatPath } from "./property-path";

/** A step to a place that differs. */
export type DifferenceStep =
  | string
  | number
  | NamedElement
  /** The order of a list's named elements, which is `[*]`. */
  | { readonly order: true };

/** An element of a list that is found by its name wherever it stands. */
export interface NamedElement {
  /** Property of the element that holds its name. */
  readonly key: string;
  readonly name: string;
  /** Where it stands after the change; of one that is gone, before it. */
  readonly index: number;
}

/** The path for a person: `containerDefinitions[app].environment[LOG_LEVEL].value`. */
export function differencePath(steps: readonly DifferenceStep[]): string {
  return steps.reduce<string>((path, step) => {
    if (typeof step === "number") {
      return `${path}[${String(step)}]`;
    }
    if (typeof step === "object") {
      return "order" in step ? `${path}[*]` : `${path}[${elementName(step.name)}]`;
    }
    const key = formatPath([step]);
    return path === "" || key.startsWith("[") ? `${path}${key}` : `${path}.${key}`;
  }, "");
}

/** A name that could be read as an index, as every element or as the end of the bracket is quoted. */
function elementName(name: string): string {
  return /^(?:\d+|\*)$|["[\]\n]/.test(name) ? JSON.stringify(name) : name;
}

/** The keys alone: `containerDefinitions.environment.value`. */
export function propertyOf(steps: readonly DifferenceStep[]): string {
  return steps.filter((step) => typeof step === "string").join(".");
}
