import {
  type Bag,
  type Json,
  type ResourceGraph,
  type ResourceNode,
  SECRET,
  UNKNOWN,
} from "../preview/graph";
import { isBag, plainBag } from "../simulated-aws/protocol-values";
import { InputFileError, readJsonFile } from "./json-file";
import { isObject, JsonReader, kindOf } from "./json-reader";
import { checkIdentity, type ListedResource, listResources, readReferences } from "./resource-list";

/** What is deployed. */
export interface DeployedStack {
  readonly graph: ResourceGraph;
  /** What of the file is not in the graph, for a person. */
  readonly notes: readonly string[];
}

/**
 * Reads the state of a stack that `pulumi stack export` wrote. Secrets stay secret, decrypted ones too.
 * Source: UntypedDeployment and DeploymentV3 in sdk/go/common/apitype/core.go of pulumi/pulumi.
 * @throws InputFileError with everything by which the file is none
 */
export function readStateFile(file: string): DeployedStack {
  return readState(readJsonFile(file), file);
}

/** The same of what stands in the file. */
export function readState(value: unknown, file: string): DeployedStack {
  const reader = new JsonReader();
  const stack = stackOf(value, reader);
  if (stack === undefined || reader.faults.length > 0) {
    throw new InputFileError(file, reader.faults);
  }
  return stack;
}

const MAKE_ONE = "write one with 'pulumi stack export'";

function stackOf(value: unknown, reader: JsonReader): DeployedStack | undefined {
  if (!isObject(value)) {
    reader.fault("the whole file", `got ${kindOf(value)}, must be a stack's state; ${MAKE_ONE}`);
    return undefined;
  }
  if (!("deployment" in value)) {
    const graph = "resources" in value && "stack" in value;
    const message = graph
      ? "is a resource graph; pass it with --graph"
      : `got no key 'deployment', must be a stack's state; ${MAKE_ONE}`;
    reader.fault("the whole file", message);
    return undefined;
  }
  if (value["version"] !== 3 && value["version"] !== 4) {
    const got = typeof value["version"] === "number" ? value["version"] : kindOf(value["version"]);
    reader.fault("version", `got ${String(got)}, must be 3 or 4; export it with a current CLI`);
    return undefined;
  }
  const deployment = reader.bag(value, "deployment", "", true);
  const list = reader.list(deployment, "resources", "deployment.");
  if (list.length === 0 && reader.faults.length === 0) {
    reader.fault("deployment.resources", "got nothing, must be what is deployed; deploy it first");
  }
  return deployed(reader, listResources(reader, list, "deployment.resources"), deployment);
}

function deployed(
  reader: JsonReader,
  listed: readonly ListedResource[],
  deployment: Bag,
): DeployedStack {
  const kept = listed.filter(
    ({ bag, path }) => !reader.flag(bag, "delete", path) && !reader.flag(bag, "external", path),
  );
  const known = new Set(listed.map(({ urn }) => urn));
  const urns = new Set(kept.map(({ urn }) => urn));
  const [first] = kept;
  if (first === undefined && reader.faults.length === 0) {
    reader.fault("deployment.resources", "got only what waits for deletion, must be what is there");
  }
  const stack = first?.stack ?? "";
  checkIdentity(reader, kept, stack);
  const root = kept.find(({ type }) => type === "pulumi:pulumi:Stack");
  const left = listed.length - kept.length;
  const pending = reader.list(deployment, "pending_operations", "deployment.").length;
  return {
    graph: {
      project: first?.project ?? "",
      stack,
      resources: kept.map((resource) => nodeOf(reader, resource, known, urns)),
      outputs: root === undefined ? {} : decoded(reader.bag(root.bag, "outputs", root.path)),
    },
    notes: [
      ...(left > 0
        ? [`left out ${counted(left, "resource")} only read or waiting for deletion`]
        : []),
      ...(pending > 0
        ? [
            `the state has ${counted(pending, "unfinished operation")}; 'pulumi refresh' settles them`,
          ]
        : []),
    ],
  };
}

const counted = (count: number, what: string): string =>
  `${String(count)} ${what}${count === 1 ? "" : "s"}`;

function nodeOf(
  reader: JsonReader,
  listed: ListedResource,
  known: ReadonlySet<string>,
  urns: ReadonlySet<string>,
): ResourceNode {
  const { bag, path, urn, type, name } = listed;
  const references = readReferences(reader, listed, (each) => known.has(each));
  const keep = (list: readonly string[]): readonly string[] =>
    list.filter((each) => urns.has(each));
  const position = reader.optionalText(bag, "sourcePosition", path);
  return {
    ...{ urn, type, name },
    parent: references.parent === "" ? undefined : references.parent,
    dependencies: keep(references.dependencies),
    propertyDependencies: Object.fromEntries(
      Object.entries(references.propertyDependencies).map(([key, list]) => [key, keep(list)]),
    ),
    custom: reader.flag(bag, "custom", path),
    remote: false,
    inputs: decoded(reader.bag(bag, "inputs", path)),
    outputs: decoded(reader.bag(bag, "outputs", path)),
    options: {
      protect: reader.flag(bag, "protect", path),
      ignoreChanges: reader.texts(bag, "ignoreChanges", path),
    },
    source: position === undefined ? undefined : sourceOf(position),
  };
}

/** Plain JSON: secrets, encrypted or not, as SECRET; assets and archives, which no policy reads, as UNKNOWN. */
function decoded(bag: Bag): Bag {
  const withoutAssets = (value: Json): Json => {
    if (Array.isArray(value)) {
      return value.map(withoutAssets);
    }
    if (isBag(value)) {
      return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [key, withoutAssets(inner)]),
      );
    }
    return isObject(value) ? UNKNOWN : value;
  };
  return withoutAssets(plainBag(bag, () => SECRET)) as Bag;
}

/** `project:///infra/stack.ts#71,13` as the engine writes it. */
function sourceOf(position: string): ResourceNode["source"] {
  const [, file, line] = /^project:\/\/\/?(.+?)#(\d+)/.exec(position) ?? [];
  return file === undefined ? undefined : { file, line: Number(line) };
}
