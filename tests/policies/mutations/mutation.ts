import type { PolicyName } from "../../../policies/policy-limits";
import type { Bag, Json, ResourceGraph, ResourceNode } from "../../../tools/preview/graph";
import { textOf } from "../../support/json";

/** One change of one shipped stack, and the policies that have to notice it. */
export interface Mutation {
  readonly stack: "dev" | "prod";
  /** Before the first deployment, or when AWS has told every value. */
  readonly state: "preview" | "deployed";
  /** `aws:autoscaling:Group web`, type and name in short. */
  readonly resource: string;
  readonly change: Change;
  /** Exactly these policies find something, sorted; none for a change that the limits just allow. */
  readonly noticedBy: readonly PolicyName[];
}

/** Properties by path, `a.b[0].c` or `a.b[+]` for one more item; undefined takes a property or an item away. */
type Settings = Readonly<Record<string, Json | undefined>>;

/** Property to resources that it refers to, by `type name`; an empty list cuts the property loose. */
type Wiring = Readonly<Record<string, readonly string[]>>;

type Change =
  | { readonly set: Settings; readonly wired?: Wiring }
  /** The property holds a JSON document, and these are paths in it. */
  | { readonly document: string; readonly set: Settings }
  /** Options in place of the program's. */
  | { readonly options: Partial<Pick<ResourceNode["options"], "protect" | "ignoreChanges">> }
  /** The resource is not declared, nor are the others of the list. */
  | { readonly removed: readonly string[] }
  /** A resource is declared besides. */
  | { readonly added: Addition };

interface Addition {
  readonly type: string;
  readonly name: string;
  readonly inputs: Bag;
  readonly wired?: Wiring;
}

type Row = (stack: Mutation["stack"], state: Mutation["state"]) => ResourceRows;

/** Makes the rows of a table that change one resource. */
export interface ResourceRows {
  set(this: void, set: Settings, noticedBy: Mutation["noticedBy"], wired?: Wiring): Mutation;
  edit(this: void, document: string, set: Settings, noticedBy: Mutation["noticedBy"]): Mutation;
  options(
    this: void,
    options: Extract<Change, { options: unknown }>["options"],
    noticedBy: Mutation["noticedBy"],
  ): Mutation;
  remove(this: void, noticedBy: Mutation["noticedBy"], others?: readonly string[]): Mutation;
  /** Declares another resource beside this one, with the same parent. */
  add(this: void, added: Addition, noticedBy: Mutation["noticedBy"]): Mutation;
}

const rowsOf =
  (resource: string): Row =>
  (stack, state) => {
    const row = (change: Change, noticedBy: Mutation["noticedBy"]): Mutation => ({
      ...{ stack, state, resource, change },
      noticedBy: [...noticedBy].sort(),
    });
    return {
      set: (set, noticedBy, wired) =>
        row(wired === undefined ? { set } : { set, wired }, noticedBy),
      edit: (document, set, noticedBy) => row({ document, set }, noticedBy),
      options: (options, noticedBy) => row({ options }, noticedBy),
      remove: (noticedBy, others = []) => row({ removed: others }, noticedBy),
      add: (added, noticedBy) => row({ added }, noticedBy),
    };
  };

/** Rows about a resource of prod before the first deployment. */
export const prod = (resource: string): ResourceRows => rowsOf(resource)("prod", "preview");
/** Rows about a resource of dev before the first deployment. */
export const dev = (resource: string): ResourceRows => rowsOf(resource)("dev", "preview");
/** Rows about a resource of prod with every value known. */
export const deployedProd = (resource: string): ResourceRows =>
  rowsOf(resource)("prod", "deployed");
/** Rows about a resource of dev with every value known. */
export const deployedDev = (resource: string): ResourceRows => rowsOf(resource)("dev", "deployed");

/** `aws:ecs/service:Service web` in short. */
const labelOf = ({ type, name }: Pick<ResourceNode, "type" | "name">): string =>
  `${type.replace(/^([\w-]+):(\w+)\/\w+:/, "$1:$2:")} ${name}`;

/** The graph of the stack with the change in it; the graph itself stays as it is. */
export function mutated(graph: ResourceGraph, { resource, change }: Mutation): ResourceGraph {
  const target = find(graph, resource);
  if ("removed" in change) {
    return [target, ...change.removed.map((label) => find(graph, label))].reduce(without, graph);
  }
  if ("added" in change) {
    const node = addedNode(graph, target, change.added);
    return { ...graph, resources: [...graph.resources, node] };
  }
  const node = changedNode(graph, target, change);
  return {
    ...graph,
    resources: graph.resources.map((each) => (each === target ? node : each)),
  };
}

function changedNode(
  graph: ResourceGraph,
  target: ResourceNode,
  change: Exclude<Change, { removed: unknown } | { added: unknown }>,
): ResourceNode {
  if ("options" in change) {
    return { ...target, options: { ...target.options, ...change.options } };
  }
  if ("document" in change) {
    const text = textOf(target.inputs[change.document]);
    const document = withChanges({ root: JSON.parse(text) as Json }, rooted(change.set));
    const property = { [change.document]: JSON.stringify(document["root"]) };
    return {
      ...target,
      inputs: { ...target.inputs, ...property },
      outputs: { ...target.outputs, ...property },
    };
  }
  const { set, wired = {} } = change;
  return {
    ...target,
    inputs: withChanges(target.inputs, set),
    outputs: withChanges(target.outputs, set),
    propertyDependencies: { ...target.propertyDependencies, ...urnsOf(graph, wired) },
  };
}

const rooted = (set: Settings): Settings =>
  Object.fromEntries(
    Object.entries(set).map(([path, value]) => [
      path.startsWith("[") ? `root${path}` : `root.${path}`,
      value,
    ]),
  );

function urnsOf(graph: ResourceGraph, wired: Wiring): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(wired).map(([property, labels]) => [
      property,
      labels.map((label) => find(graph, label).urn),
    ]),
  );
}

function find(graph: ResourceGraph, label: string): ResourceNode {
  const found = graph.resources.filter((node) => labelOf(node) === label);
  const [only] = found;
  if (only === undefined || found.length > 1) {
    throw new Error(`${found.length} resources are called ${label} in ${graph.stack}`);
  }
  return only;
}

function without(graph: ResourceGraph, { urn: gone }: ResourceNode): ResourceGraph {
  return {
    ...graph,
    resources: graph.resources
      .filter(({ urn }) => urn !== gone)
      .map((node) => ({
        ...node,
        dependencies: node.dependencies.filter((urn) => urn !== gone),
        propertyDependencies: Object.fromEntries(
          Object.entries(node.propertyDependencies).map(([property, urns]) => [
            property,
            urns.filter((urn) => urn !== gone),
          ]),
        ),
      })),
  };
}

function addedNode(
  graph: ResourceGraph,
  beside: ResourceNode,
  { type, name, inputs, wired = {} }: Addition,
): ResourceNode {
  const propertyDependencies = urnsOf(graph, wired);
  return {
    ...beside,
    urn: `urn:pulumi:${graph.stack}::${graph.project}::${type}::${name}`,
    type,
    name,
    inputs,
    outputs: inputs,
    options: {},
    dependencies: Object.values(propertyDependencies).flat(),
    propertyDependencies,
  };
}

function withChanges(bag: Bag, changes: Settings): Bag {
  const copy = structuredClone(bag);
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split(/[.[\]]+/).filter((key) => key !== "");
    const last = keys.pop();
    let holder: Record<string, Json> = copy;
    if (last === undefined) {
      throw new Error("a change needs a path");
    }
    for (const [index, key] of keys.entries()) {
      // What the path needs on its way and is not there is made: a list before a number.
      const next = keys[index + 1] ?? last;
      holder = (holder[key] ??= /^(\d+|\+)$/.test(next) ? [] : {}) as Record<string, Json>;
    }
    if (last === "+" && Array.isArray(holder)) {
      holder.push(value);
    } else if (value !== undefined) {
      holder[last] = value;
    } else if (Array.isArray(holder)) {
      holder.splice(Number(last), 1);
    } else {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the path comes from the table
      delete holder[last];
    }
  }
  return copy;
}

/** One line that tells a mutation from all others. */
export function titleOf({ stack, state, resource, change, noticedBy }: Mutation): string {
  const what = Object.entries(change).map(([kind, value]) => `${kind} ${shown(value)}`);
  const where = `${resource} of ${stack}${state === "deployed" ? ", deployed" : ""}`;
  const who = noticedBy.length === 0 ? "allowed" : noticedBy.join(", ");
  return `${where}: ${what.join(" ")} -> ${who}`;
}

/** What is taken away is shown as null. */
const shown = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => inner ?? null);
