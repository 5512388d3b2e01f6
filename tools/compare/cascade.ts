import type { Bag, Json, ResourceNode } from "../preview/graph";
import { UNKNOWN } from "../preview/graph";
import { renewedOutputs } from "../simulated-aws/renewed-outputs";
import { textInBase64 } from "./base64-text";
import type { NodeDifferences, NodePair, Renewal, Sides } from "./node-differences";
import { nodeDifferences } from "./node-differences";
import type { Reference } from "./reference";
import { referenceTo, referencesIn } from "./reference";

/** What happens to a resource that is there before and after a change. */
export interface PlannedChange {
  readonly pair: NodePair;
  readonly differences: NodeDifferences;
  readonly operation: "same" | "update" | "replace";
  readonly deletesFirst: boolean;
  /** URNs of the resources that it follows from; of what stays, none. */
  readonly follows: ReadonlySet<string>;
}

interface CascadeSides extends Sides {
  /** URNs of what comes; a value that refers to it is told by the deployment. */
  readonly created: ReadonlySet<string>;
}

/**
 * Decides what happens to each resource that stays, and carries on until nothing follows any more: a
 * resource that is replaced changes every value that refers to it, one that is updated those of its
 * outputs that an update renews, and what changes in this way may be replaced in turn.
 *
 * @param pairs by the URN after the change
 */
export class Cascade {
  private readonly plans = new Map<string, PlannedChange>();
  /** URN to those whose inputs refer to it; read once something changes. */
  private referrers: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  /** URN to those that are replaced with it. */
  private readonly replacedWith = new Map<string, Set<string>>();
  /** URN to those whose properties depended on it before the change. */
  private readonly dependents = new Map<string, Set<string>>();
  /** URN to what of it is another value afterwards. */
  private readonly renewed = new Map<string, readonly string[] | "all">();
  /** URN to what replaces it, beside its own inputs. */
  private readonly forced = new Map<string, Map<string, { readonly deletesFirst: boolean }>>();

  constructor(
    private readonly pairs: ReadonlyMap<string, NodePair>,
    private readonly sides: CascadeSides,
  ) {
    for (const [urn, { before, after }] of pairs) {
      for (const other of after.options.replaceWith ?? []) addTo(this.replacedWith, other, urn);
      for (const urns of Object.values(before.propertyDependencies)) {
        for (const other of urns) addTo(this.dependents, other, urn);
      }
    }
    // What follows from others is left to the next steps: most resources need no such look.
    const queue = [...pairs.keys()].filter((urn) => this.plan(urn, false));
    for (let urn = queue.shift(); urn !== undefined; urn = queue.shift()) {
      queue.push(...this.carryOn(urn));
    }
  }

  /** By the URN after the change. */
  get changes(): ReadonlyMap<string, PlannedChange> {
    return this.plans;
  }

  /** The new value of a text where what it refers to changes. */
  readonly renewal: Renewal = (text) => {
    const references = text.includes("${") ? referencesIn(text) : [];
    if (!references.some((reference) => this.isRenewed(reference))) {
      return undefined;
    }
    const [first] = references;
    const isWhole = first !== undefined && referenceTo(first.source, first.output) === text;
    return isWhole ? UNKNOWN : text;
  };

  private isRenewed({ source, output }: Reference): boolean {
    const renewed = this.renewed.get(source);
    return renewed === "all" || renewed?.includes(output.split(/[.[]/)[0] ?? output) === true;
  }

  /** Plans a resource with what is known of the others; true where more follows from it than before. */
  private plan(urn: string, mayFollow: boolean): boolean {
    const pair = this.pairs.get(urn);
    if (pair === undefined) {
      return false;
    }
    const before = this.plans.get(urn);
    const follows = new Set<string>();
    const follow = (text: string): void => {
      for (const reference of referencesIn(text)) {
        const { source } = reference;
        if (this.isRenewed(reference) || this.sides.created.has(source)) follows.add(source);
      }
    };
    const renewal: Renewal = (text) => {
      const becomes = this.renewal(text);
      if (becomes !== undefined) follow(text);
      return becomes;
    };
    const differences = nodeDifferences(pair, this.sides, mayFollow ? renewal : undefined);
    for (const { after } of differences.differences) forEachText(after ?? null, follow);
    const planned = plannedChange(pair, differences, follows, this.forced.get(urn) ?? new Map());
    this.plans.set(urn, planned);
    const renewed = outputsRenewedBy(planned);
    const isMore =
      planned.operation !== (before?.operation ?? "same") ||
      planned.deletesFirst !== (before?.deletesFirst ?? false) ||
      (renewed !== "all" && renewed.length > (this.renewed.get(urn)?.length ?? 0));
    if (renewed.length > 0) {
      this.renewed.set(urn, renewed);
    }
    return isMore;
  }

  /** Plans anew what may follow from a resource; those that more follows from. */
  private carryOn(urn: string): string[] {
    const planned = this.plans.get(urn);
    const touched = new Set(this.renewed.has(urn) ? this.referrersOf(urn) : []);
    if (planned?.operation === "replace") {
      const { deletesFirst } = planned;
      for (const other of this.replacedWith.get(urn) ?? []) {
        this.force(other, urn, deletesFirst);
        touched.add(other);
      }
      for (const other of deletesFirst ? (this.dependents.get(urn) ?? []) : []) {
        if (this.cannotOutlive(other, urn)) {
          this.force(other, urn, true);
          touched.add(other);
        }
      }
    }
    return [...touched].filter((other) => this.plan(other, true));
  }

  private referrersOf(urn: string): ReadonlySet<string> | undefined {
    this.referrers ??= referrersIn(this.pairs);
    return this.referrers.get(urn);
  }

  private force(urn: string, cause: string, deletesFirst: boolean): void {
    const causes = this.forced.get(urn) ?? new Map<string, { readonly deletesFirst: boolean }>();
    causes.set(cause, { deletesFirst });
    this.forced.set(urn, causes);
  }

  /**
   * True where a resource goes before the one that it depends on, because the properties that come from
   * it cannot be changed in place. Source: calculateDependentReplacements of the engine.
   */
  private cannotOutlive(urn: string, deleted: string): boolean {
    const before = this.pairs.get(urn)?.before;
    if (before?.custom !== true) {
      return false;
    }
    const inputs: Bag = Object.fromEntries(
      Object.entries(before.inputs).map(([property, value]) => [
        property,
        before.propertyDependencies[property]?.includes(deleted) === true ? UNKNOWN : value,
      ]),
    );
    const unknown = { before, after: { ...before, inputs }, otherSecrets: [] };
    return nodeDifferences(unknown, this.sides).replacing.size > 0;
  }
}

function plannedChange(
  pair: NodePair,
  differences: NodeDifferences,
  follows: ReadonlySet<string>,
  forced: ReadonlyMap<string, { readonly deletesFirst: boolean }>,
): PlannedChange {
  const isReplaced = differences.replacing.size > 0 || forced.size > 0 || hasOtherProvider(pair);
  const operation = isReplaced ? "replace" : differences.differences.length > 0 ? "update" : "same";
  return {
    pair,
    differences,
    operation,
    deletesFirst:
      isReplaced &&
      (pair.after.options.deleteBeforeReplace === true ||
        differences.deleteBeforeReplace ||
        [...forced.values()].some(({ deletesFirst }) => deletesFirst)),
    follows: new Set([...follows, ...forced.keys()]),
  };
}

/** Another provider than before makes a new resource. Source: providerChanged of the engine. */
function hasOtherProvider({ before, after }: NodePair): boolean {
  return before.custom && after.custom && providerOf(before) !== providerOf(after);
}

/** URN of the provider that the program names, without the id that only the deployment tells. */
function providerOf({ options: { provider } }: ResourceNode): string | undefined {
  return provider?.slice(0, provider.lastIndexOf("::"));
}

function outputsRenewedBy({
  operation,
  pair,
  differences,
}: PlannedChange): readonly string[] | "all" {
  const { type, inputs } = pair.after;
  switch (operation) {
    case "same":
      return [];
    case "replace":
      return "all";
    case "update":
      return renewedOutputs(
        type,
        inputs,
        differences.differences.map(({ property }) => property.split(".")[0] ?? property),
      );
  }
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const values = map.get(key);
  if (values === undefined) {
    map.set(key, new Set([value]));
  } else {
    values.add(value);
  }
}

function referrersIn(
  pairs: ReadonlyMap<string, NodePair>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const referrers = new Map<string, Set<string>>();
  for (const [urn, { after }] of pairs) {
    forEachText(after.inputs, (text) => {
      for (const { source } of referencesIn(text)) addTo(referrers, source, urn);
    });
  }
  return referrers;
}

/** Calls back with every text that may hold a reference. */
function forEachText(value: Json, visit: (text: string) => void): void {
  if (typeof value === "string") {
    const text = textInBase64(value) ?? value;
    if (text.includes("${")) visit(text);
  } else if (value !== null && typeof value === "object") {
    for (const inner of Object.values(value)) forEachText(inner, visit);
  }
}
