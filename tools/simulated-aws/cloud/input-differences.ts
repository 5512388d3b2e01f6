import { isDeepStrictEqual } from "node:util";
import { documentIn } from "../../preview/document-in";
import type { Bag, Json } from "../../preview/graph";
import { isBag } from "../protocol-values";
import type { DifferenceStep } from "./difference-path";
import { differencePath, propertyOf } from "./difference-path";
import { pairElements } from "./list-elements";

/** A place of the inputs, the innermost one, where they differ. */
export interface InputDifference {
  /**
   * For a person: as Pulumi writes property paths, going on inside of documents, with `[name]` for an
   * element of a list that has a name and `[*]` for the order of such elements.
   */
  readonly path: string;
  /** The same place without elements, as the tables of replacements name properties: `healthCheck.path`. */
  readonly property: string;
  readonly steps: readonly DifferenceStep[];
  /** Undefined where there was none. */
  readonly before: Json | undefined;
  /** Undefined where there is none any more. */
  readonly after: Json | undefined;
}

/** How inputs are read. */
export interface Reading {
  /** Top-level properties whose order means nothing. */
  readonly sets: readonly string[];
  /** The text that an encoded one holds, or undefined for one that is not encoded. @default none is */
  readonly decode?: (text: string) => string | undefined;
  /**
   * The new value of a text that may be another one although it reads the same, as one that refers to
   * a resource which is replaced; undefined for a text that stays.
   *
   * @default every text stays
   */
  readonly renewed?: (text: string, steps: readonly DifferenceStep[]) => string | undefined;
}

/**
 * Innermost places in which inputs differ, in the order of their keys: sets without order, a null like
 * nothing, and texts of JSON by what they say.
 */
export function inputDifferences(before: Bag, after: Bag, reading: Reading): InputDifference[] {
  const found: InputDifference[] = [];
  if (reading.renewed === undefined && isSame(before, after)) {
    return found;
  }
  compareBags(before, after, [], { reading, found });
  return found;
}

interface Search {
  readonly reading: Reading;
  readonly found: InputDifference[];
}

function compareBags(
  before: Bag,
  after: Bag,
  steps: readonly DifferenceStep[],
  search: Search,
): void {
  const isRead = search.reading.renewed !== undefined;
  for (const key of keysOf(before, after)) {
    if (isRead || !isSame(before[key], after[key])) {
      compareValues(before[key], after[key], [...steps, key], search);
    }
  }
}

/** True where nothing can differ; quick, as most resources of a stack stay. */
function isSame(before: Json | undefined, after: Json | undefined): boolean {
  if (before === after) {
    return true;
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    return (
      before.length === after.length && before.every((item, index) => isSame(item, after[index]))
    );
  }
  if (!isBag(before) || !isBag(after)) {
    return false;
  }
  const keys = Object.keys(before);
  return (
    keys.length === Object.keys(after).length &&
    keys.every((key) => isSame(before[key], after[key]))
  );
}

function keysOf(before: Bag, after: Bag): readonly string[] {
  const keys = Object.keys(before);
  const more = Object.keys(after).filter((key) => !(key in before));
  return keys.concat(more).sort();
}

function compareValues(
  given: Json | undefined,
  wanted: Json | undefined,
  steps: readonly DifferenceStep[],
  search: Search,
): void {
  const before = given ?? undefined;
  const after = wanted ?? undefined;
  if (typeof before === "string" && typeof after === "string") {
    compareTexts(before, after, steps, search);
  } else if (isBag(before) && isBag(after)) {
    compareBags(before, after, steps, search);
  } else if (Array.isArray(before) && Array.isArray(after)) {
    compareLists(before, after, steps, search);
  } else if (!isDeepStrictEqual(before, after)) {
    add(before, after, steps, search);
  }
}

function compareLists(
  before: readonly Json[],
  after: readonly Json[],
  steps: readonly DifferenceStep[],
  search: Search,
): void {
  const [property] = steps;
  const isSet =
    steps.length === 1 && typeof property === "string" && search.reading.sets.includes(property);
  const { pairs, order } = pairElements(before, after, isSet);
  for (const { step, before: one, after: other } of pairs) {
    compareValues(one, other, [...steps, step], search);
  }
  if (order !== undefined) {
    add([...order.before], [...order.after], [...steps, { order: true }], search);
  }
}

function compareTexts(
  before: string,
  after: string,
  steps: readonly DifferenceStep[],
  search: Search,
): void {
  const { decode, renewed } = search.reading;
  if (before === after && renewed === undefined) {
    return;
  }
  const [one, other] = [decode?.(before), decode?.(after)];
  // A text that is encoded on one side only is another text whatever it holds.
  const [was, is] = one === undefined || other === undefined ? [before, after] : [one, other];
  const becomes = renewed?.(is, steps);
  if (was === is && becomes === undefined) {
    return;
  }
  const [said, says] = [documentIn(was), documentIn(is)];
  const already = search.found.length;
  if (said !== undefined && says !== undefined && Array.isArray(said) === Array.isArray(says)) {
    compareValues(said, says, steps, search);
    // A key of the document may be renewed too, which no place inside of it tells.
    if (becomes === undefined || search.found.length > already) {
      return;
    }
  }
  add(was, was === is ? becomes : is, steps, search);
}

function add(
  before: Json | undefined,
  after: Json | undefined,
  steps: readonly DifferenceStep[],
  { found }: Search,
): void {
  found.push({ path: differencePath(steps), property: propertyOf(steps), steps, before, after });
}
