import type { Json, ResourceGraph, ResourceNode } from "../preview/graph";
import { SECRET, UNKNOWN } from "../preview/graph";
import { textInBase64 } from "./base64-text";
import type { Assigned } from "./deployed-answers";
import { referenceTo } from "./reference";

/** A place that a value comes from. */
interface Origin {
  readonly source: string;
  /** Path of the output, for example `arn` or `names[0]`. */
  readonly output: string;
}

/** Finds where the values of a deployed program come from. */
export class AssignedValues {
  /** By the value as text; for each the likeliest first. */
  private readonly origins = new Map<string, Origin[]>();
  /** The values that are sought inside of texts. */
  private readonly distinctive: readonly string[];
  private readonly dependencies: ReadonlyMap<string, readonly string[]>;
  private readonly reachable = new Map<string, ReadonlySet<string>>();

  /** @param known texts that need no reference wherever they stand in another one, such as the region */
  constructor(assigned: readonly Assigned[], graph: ResourceGraph, known: ReadonlySet<string>) {
    for (const { source, values } of assigned) this.collect(values, source, "");
    for (const found of this.origins.values()) found.sort(byLikelihood);
    this.distinctive = [...this.origins.keys()].filter(
      (text) => isDistinctive(text) && !known.has(text),
    );
    this.dependencies = new Map(
      graph.resources.map(({ urn, dependencies }) => [urn, dependencies]),
    );
  }

  private collect(value: Json, source: string, output: string): void {
    if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        const path = Array.isArray(value) ? `${output}[${key}]` : `${output}.${key}`;
        this.collect(inner, source, output === "" ? key : path);
      }
    } else if (value !== null && value !== "" && value !== SECRET) {
      const text = String(value);
      const found = this.origins.get(text);
      if (found === undefined) this.origins.set(text, [{ source, output }]);
      else found.push({ source, output });
    }
  }

  /**
   * The value with references in place of what AWS assigned, at any depth. UNKNOWN in place of a leaf
   * that has none. Secrets stay what they are.
   *
   * @param node the resource whose property the value is; without one, it is an output of the stack
   */
  named(value: Json, node?: ResourceNode, property = ""): Json {
    if (Array.isArray(value)) return value.map((item) => this.named(item, node, property));
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [key, this.named(inner, node, property)]),
      );
    }
    if (value === null || value === SECRET) return value;
    return this.namedLeaf(String(value), new Place(this, node, property));
  }

  private namedLeaf(text: string, place: Place): Json {
    const whole = this.originOf(text, place);
    if (whole !== undefined) return referenceTo(whole.source, whole.output);
    const decoded = textInBase64(text);
    const named = this.namedText(decoded ?? text, place);
    if (named === undefined) return UNKNOWN;
    return decoded === undefined ? named : Buffer.from(named).toString("base64");
  }

  /** The text with references in it, or undefined where it has none. */
  private namedText(text: string, place: Place): string | undefined {
    const references = new Map<string, string>();
    for (const value of this.distinctive.filter((candidate) => text.includes(candidate))) {
      const origin = this.originOf(value, place);
      if (origin !== undefined) references.set(value, referenceTo(origin.source, origin.output));
    }
    if (references.size === 0) return undefined;
    const longestFirst = [...references.keys()].sort((one, other) => other.length - one.length);
    return text.replace(
      new RegExp(longestFirst.map(escaped).join("|"), "g"),
      (value) => references.get(value) ?? value,
    );
  }

  private originOf(text: string, place: Place): Origin | undefined {
    const found = this.origins.get(text) ?? [];
    const near = found.filter(({ source }) => place.direct.has(source));
    if (!isDistinctive(text)) return near.length === 1 ? near[0] : undefined;
    return (
      found.find(({ source }) => !source.startsWith("urn:")) ??
      near.find(({ output }) => output !== "id") ??
      found.find(({ source }) => place.mayReach(source))
    );
  }

  /** URNs of all that a resource depends on, through others too. */
  reachedFrom(urn: string): ReadonlySet<string> {
    const known = this.reachable.get(urn);
    if (known !== undefined) return known;
    const reached = new Set<string>();
    this.reachable.set(urn, reached);
    for (const dependency of this.dependencies.get(urn) ?? []) {
      reached.add(dependency);
      for (const further of this.reachedFrom(dependency)) reached.add(further);
    }
    return reached;
  }
}

/** Where a value stands, and so where it may come from. */
class Place {
  /** URNs that the property itself depends on. */
  readonly direct: ReadonlySet<string>;

  constructor(
    private readonly values: AssignedValues,
    private readonly node: ResourceNode | undefined,
    property: string,
  ) {
    this.direct = new Set(node?.propertyDependencies[property] ?? []);
  }

  /** Components and the stack tell no dependencies of their outputs. */
  mayReach(source: string): boolean {
    return this.node?.custom !== true || this.values.reachedFrom(this.node.urn).has(source);
  }
}

/** Long enough and with a digit, so that it is no word of a text by chance. */
const isDistinctive = (text: string): boolean => text.length >= 8 && /\d/.test(text);

/** An output with a name of its own says more than the id, which may be a copy of another resource's. */
function byLikelihood(one: Origin, other: Origin): number {
  const rank = ({ output }: Origin): number => (output === "id" ? 1 : 0);
  return (
    rank(one) - rank(other) ||
    compare(one.source, other.source) ||
    compare(one.output, other.output)
  );
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
