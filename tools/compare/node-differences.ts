import { isDeepStrictEqual } from "node:util";
import type { Bag, ResourceNode } from "../preview/graph";
import { SECRET } from "../preview/graph";
import { ARGUMENTS } from "../simulated-aws/cloud/arguments/table";
import { changesOf } from "../simulated-aws/cloud/diff";
import type { DifferenceStep } from "../simulated-aws/cloud/difference-path";
import { propertyOf } from "../simulated-aws/cloud/difference-path";
import type { InputDifference, Reading } from "../simulated-aws/cloud/input-differences";
import { inputDifferences } from "../simulated-aws/cloud/input-differences";
import type { PathStep } from "../simulated-aws/cloud/property-path";
import { parsePath, withoutIgnored } from "../simulated-aws/cloud/property-path";
import { isBag } from "../simulated-aws/protocol-values";
import { REPLACEMENTS, replacedProperties } from "../simulated-aws/replacements";
import { textInBase64 } from "./base64-text";

/** A resource before and after a change; what the former says of others is in the names of today. */
export interface NodePair {
  readonly before: ResourceNode;
  readonly after: ResourceNode;
  /** Paths of inputs that are secret on both sides and not the same. */
  readonly otherSecrets: readonly string[];
}

/** How the inputs of a resource differ. */
export interface NodeDifferences {
  readonly differences: readonly InputDifference[];
  /** Those of them that make a new resource. */
  readonly replacing: ReadonlySet<InputDifference>;
  /** True where old and new cannot exist side by side. */
  readonly deleteBeforeReplace: boolean;
  /** True where something differs in a type that the table of replacements does not know. */
  readonly mayReplace: boolean;
}

/** The new value of a text that may change with what it refers to; undefined for one that stays. */
export type Renewal = (text: string) => string | undefined;

/** What is asked of the two sides. */
export interface Sides {
  /** True for one stack at two times, where the settings of its provider reach its resources. */
  readonly isOneStack: boolean;
}

const NOTHING: NodeDifferences = {
  differences: [],
  replacing: new Set(),
  deleteBeforeReplace: false,
  mayReplace: false,
};

/**
 * Compares the inputs of a resource as its provider does and, where it has none, as the engine does:
 * a component changes with its own inputs, and one that its provider makes has none for the engine.
 */
export function nodeDifferences(pair: NodePair, sides: Sides, renewal?: Renewal): NodeDifferences {
  const { before, after } = pair;
  if (renewal === undefined && pair.otherSecrets.length === 0 && isUntouched(pair)) {
    const ofProvider = after.custom && sides.isOneStack ? ofTheProvider(pair) : [];
    if (ofProvider.length === 0) return NOTHING;
  }
  const ignored = after.options.ignoreChanges ?? [];
  const reading = { decode: textInBase64, ...renewalUnless(ignored, renewal) };
  if (!after.custom) {
    return after.remote
      ? NOTHING
      : {
          ...NOTHING,
          differences: [
            ...plainDifferences(before.inputs, after.inputs, ignored, reading),
            ...ofSecrets(pair),
          ],
        };
  }
  const { type } = after;
  const olds = withDefaults(type, before.inputs);
  const news = withDefaults(type, after.inputs);
  const isKnown =
    type.startsWith("pulumi:providers:") || (type in ARGUMENTS && type in REPLACEMENTS);
  const known = isKnown ? changesOf(type, { olds, news, ignored }, reading) : undefined;
  const found = known?.differences ?? plainDifferences(olds, news, ignored, reading);
  const secrets = ofSecrets(pair);
  const differences = [
    ...found.map((difference) => asWritten(difference, pair)),
    ...secrets,
    ...(sides.isOneStack ? ofTheProvider(pair) : []),
  ];
  const forced = new Set([
    ...(known?.replaces ?? []),
    ...(isKnown
      ? replacedProperties(
          type,
          secrets.map(({ property }) => property),
        )
      : []),
  ]);
  const replacing = differences.filter(
    ({ property, path, steps }) =>
      forced.has(property) || path === REGION || isAmong(steps, after.options.replaceOnChanges),
  );
  return {
    differences,
    replacing: new Set(replacing),
    deleteBeforeReplace: known?.deleteBeforeReplace ?? false,
    mayReplace: !isKnown && differences.length > 0,
  };
}

function plainDifferences(
  olds: Bag,
  news: Bag,
  ignored: readonly string[],
  reading: Omit<Reading, "sets">,
): InputDifference[] {
  return inputDifferences(olds, withoutIgnored(news, olds, ignored), { ...reading, sets: [] });
}

/** Of secrets only that they differ can be told. */
function ofSecrets({ after, otherSecrets }: NodePair): InputDifference[] {
  return otherSecrets
    .filter((path) => !isIgnored(path, after))
    .map((path) => {
      const steps = parsePath(path);
      return { path, property: propertyOf(steps), steps, before: SECRET, after: SECRET };
    });
}

/** True for an input whose changes the program wants to be ignored. */
export function isIgnored(path: string, { options }: ResourceNode): boolean {
  return isAmong(parsePath(path), options.ignoreChanges);
}

/** True for an input whose change replaces the resource because the program says so. */
export function isReplacedOnChange(path: string, { options }: ResourceNode): boolean {
  return isAmong(parsePath(path), options.replaceOnChanges);
}

function isAmong(steps: readonly DifferenceStep[], places: readonly string[] = []): boolean {
  return places.map(parsePath).some((place) => isWithin(steps, place));
}

/** What is ignored does not change with what it refers to either. */
function renewalUnless(
  ignored: readonly string[],
  renewal: Renewal | undefined,
): Pick<Reading, "renewed"> {
  if (renewal === undefined) {
    return {};
  }
  const places = ignored.map(parsePath);
  return {
    renewed: (text, steps) =>
      places.some((place) => isWithin(steps, place)) ? undefined : renewal(text),
  };
}

/** Source: PropertyPath.Contains of sdk/go/common/resource in pulumi/pulumi. */
function isWithin(steps: readonly DifferenceStep[], place: readonly PathStep[]): boolean {
  return (
    place.length <= steps.length &&
    place.every((expected, index) => {
      const step = steps[index];
      const plain = typeof step === "object" ? ("index" in step ? step.index : "*") : step;
      return expected === "*" || expected === plain;
    })
  );
}

/** True for most resources of a stack, of which nothing has to be looked up. */
function isUntouched({ before, after }: NodePair): boolean {
  return inputDifferences(before.inputs, after.inputs, { sets: [] }).length === 0;
}

/** What the program leaves out has the provider's default. */
function withDefaults(type: string, inputs: Bag): Bag {
  const defaults = ARGUMENTS[type]?.defaults;
  return defaults === undefined ? inputs : { ...defaults, ...inputs };
}

/** A default is no value of the program's. */
function asWritten(difference: InputDifference, { before, after }: NodePair): InputDifference {
  const { path } = difference;
  return {
    ...difference,
    ...(difference.steps.length === 1 && !(path in before.inputs) ? { before: undefined } : {}),
    ...(difference.steps.length === 1 && !(path in after.inputs) ? { after: undefined } : {}),
  };
}

const REGION = "region";

/**
 * What the provider's own settings change in a resource that stays as it is written: its default tags,
 * and its region, which makes a new resource.
 */
function ofTheProvider({ before, after }: NodePair): InputDifference[] {
  const found: InputDifference[] = [];
  if (isDeepStrictEqual(before.inputs["tags"] ?? {}, after.inputs["tags"] ?? {})) {
    const [olds, news] = [before.outputs["tagsAll"], after.outputs["tagsAll"]];
    if (isBag(olds) && isBag(news)) {
      found.push(...inputDifferences({ tagsAll: olds }, { tagsAll: news }, { sets: [] }));
    }
  }
  const [was, is] = [before.outputs[REGION], after.outputs[REGION]];
  const isWritten = REGION in before.inputs || REGION in after.inputs;
  if (!isWritten && typeof was === "string" && typeof is === "string" && was !== is) {
    found.push({ path: REGION, property: REGION, steps: [REGION], before: was, after: is });
  }
  return found;
}
