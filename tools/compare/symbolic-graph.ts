import type { Bag, Json, ResourceGraph, ResourceNode } from "../preview/graph";
import { UNKNOWN } from "../preview/graph";
import { AssignedValues } from "./assigned-values";
import type { Assigned } from "./deployed-answers";
import { referenceTo } from "./reference";
import type { SecretDigests } from "./secret-digests";

/** A program as it was recorded as deployed, with what was made up for that. */
export interface DeployedGraph {
  readonly graph: ResourceGraph;
  readonly assigned: readonly Assigned[];
  /** Digests of the secret inputs, of which the account may be a part. */
  readonly secretInputs: SecretDigests | undefined;
}

type Deployment = Pick<DeployedGraph, "graph" | "assigned">;

/**
 * The program as it stands once it is deployed, with nothing made up in it. What a preview knows stays
 * as it is. In place of what it does not know stands what was deployed, with each value that AWS
 * assigns replaced by a reference to where it comes from (reference.ts), inside texts and base64 too.
 * What cannot be told in this way is UNKNOWN: a text without a reference, and one that still differs
 * between two deployments into different accounts.
 *
 * @param preview the program as a preview knows it
 * @param deployments the same as it was deployed, twice, with all that was made up different
 */
export function symbolicGraph(
  preview: ResourceGraph,
  deployments: readonly [Deployment, Deployment],
): ResourceGraph {
  const [one, other] = deployments.map((deployment) => symbolic(preview, deployment));
  return sameIn(one as unknown as Json, other as unknown as Json) as unknown as ResourceGraph;
}

function symbolic(preview: ResourceGraph, { graph, assigned }: Deployment): ResourceGraph {
  const values = new AssignedValues(assigned, graph, knownTexts(preview));
  const known = new Map(preview.resources.map((node) => [node.urn, node]));
  return {
    ...graph,
    resources: graph.resources.map((node) => symbolicNode(known.get(node.urn), node, values)),
    outputs: symbolicBag(preview.outputs, graph.outputs, (value) => values.named(value)),
  };
}

function symbolicNode(
  preview: ResourceNode | undefined,
  node: ResourceNode,
  values: AssignedValues,
): ResourceNode {
  const inputs = symbolicBag(preview?.inputs, node.inputs, (value, property) =>
    values.named(value, node, property),
  );
  const outputs = symbolicBag(preview?.outputs, node.outputs, (value, property) =>
    node.custom && !(property in node.inputs)
      ? referenceTo(node.urn, property)
      : values.named(value, node, property),
  );
  return {
    ...node,
    inputs,
    outputs: { ...outputs, ...(node.custom ? inputs : {}) },
    options: preview?.options ?? node.options,
  };
}

/** Names what AWS assigned in a value of a property. */
type Name = (value: Json, property: string) => Json;

function symbolicBag(preview: Bag | undefined, deployed: Bag, name: Name): Bag {
  return Object.fromEntries(
    Object.entries(deployed).map(([property, value]) => [
      property,
      // Without a preview nothing is known to be known.
      merged(preview === undefined ? UNKNOWN : preview[property], value, (inner) =>
        name(inner, property),
      ),
    ]),
  );
}

/** What the preview knows, and in place of what it does not, the named value. */
function merged(preview: Json | undefined, deployed: Json, name: (value: Json) => Json): Json {
  if (preview === undefined || preview === UNKNOWN) return name(deployed);
  if (Array.isArray(preview) && Array.isArray(deployed) && preview.length === deployed.length) {
    return deployed.map((value, index) => merged(preview[index], value, name));
  }
  if (isMap(preview) && isMap(deployed)) {
    return Object.fromEntries(
      Object.entries(deployed).map(([key, value]) => [key, merged(preview[key], value, name)]),
    );
  }
  return preview;
}

/** What is the same in both; a leaf that differs is UNKNOWN. */
function sameIn(one: Json, other: Json): Json {
  if (Array.isArray(one) && Array.isArray(other) && one.length === other.length) {
    return one.map((value, index) => sameIn(value, other[index] as Json));
  }
  if (isMap(one) && isMap(other)) {
    return Object.fromEntries(
      Object.entries(one).map(([key, value]) => [key, sameIn(value, other[key] as Json)]),
    );
  }
  return one === other ? one : UNKNOWN;
}

/** Every text that the preview knows as a whole. */
function knownTexts({ resources }: ResourceGraph): ReadonlySet<string> {
  const found = new Set<string>();
  const collect = (value: Json): void => {
    if (typeof value === "string") found.add(value);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(collect);
  };
  for (const { inputs, outputs } of resources) {
    collect(inputs);
    collect(outputs);
  }
  return found;
}

const isMap = (value: Json | undefined): value is Bag =>
  typeof value === "object" && value !== null && !Array.isArray(value);
