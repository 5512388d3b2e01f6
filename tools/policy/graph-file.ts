import type { Bag, ResourceGraph, ResourceNode, ResourceOptions } from "../preview/graph";
import { InputFileError, readJsonFile } from "./json-file";
import { isObject, JsonReader, kindOf } from "./json-reader";
import { checkIdentity, type ListedResource, listResources, readReferences } from "./resource-list";

/**
 * Reads the graph that `npm run preview -- --json` wrote.
 * @throws InputFileError with everything by which the file is none
 */
export function readGraphFile(file: string): ResourceGraph {
  return readGraph(readJsonFile(file), file);
}

/** The same of what stands in the file. */
export function readGraph(value: unknown, file: string): ResourceGraph {
  const reader = new JsonReader();
  const graph = graphOf(value, reader);
  if (graph === undefined || reader.faults.length > 0) {
    throw new InputFileError(file, reader.faults);
  }
  return graph;
}

const MAKE_ONE = "write one with 'npm run --silent preview -- <stack> --json'";

function graphOf(value: unknown, reader: JsonReader): ResourceGraph | undefined {
  if (!isObject(value)) {
    reader.fault("the whole file", `got ${kindOf(value)}, must be a resource graph; ${MAKE_ONE}`);
    return undefined;
  }
  if ("deployment" in value) {
    reader.fault("the whole file", "is the state of a stack; pass it with --state");
    return undefined;
  }
  if (!("resources" in value)) {
    reader.fault("resources", `got nothing, must be the resources of a stack; ${MAKE_ONE}`);
    return undefined;
  }
  const project = reader.text(value, "project", "");
  const stack = reader.text(value, "stack", "");
  const list = reader.list(value, "resources", "");
  const listed = listResources(reader, list, "resources");
  if (list.length === 0 && reader.faults.length === 0) {
    reader.fault("resources", `got an empty list, must be the resources of a stack; ${MAKE_ONE}`);
  }
  checkIdentity(reader, listed, stack);
  const urns = new Set(listed.map(({ urn }) => urn));
  return {
    project,
    stack,
    resources: listed.map((resource) => nodeOf(reader, resource, (urn) => urns.has(urn))),
    outputs: reader.bag(value, "outputs", ""),
  };
}

function nodeOf(
  reader: JsonReader,
  listed: ListedResource,
  isThere: (urn: string) => boolean,
): ResourceNode {
  const { bag, path, urn, type, name } = listed;
  return {
    ...{ urn, type, name },
    ...readReferences(reader, listed, isThere),
    custom: reader.flag(bag, "custom", path),
    remote: reader.flag(bag, "remote", path),
    inputs: reader.bag(bag, "inputs", path, true),
    outputs: reader.bag(bag, "outputs", path, true),
    options: optionsOf(reader, bag, path),
    source: sourceOf(reader, bag, path),
  };
}

/** The options that policies see are checked; the rest is as the preview writes it. */
function optionsOf(reader: JsonReader, owner: Bag, path: string): ResourceOptions {
  const options = reader.bag(owner, "options", path, true);
  const at = `${path}options.`;
  return {
    ...(options as ResourceOptions),
    protect: reader.flag(options, "protect", at),
    ignoreChanges: reader.texts(options, "ignoreChanges", at),
  };
}

function sourceOf(reader: JsonReader, owner: Bag, path: string): ResourceNode["source"] {
  if (owner["source"] === undefined) {
    return undefined;
  }
  const source = reader.bag(owner, "source", path);
  const line = source["line"];
  if (typeof line !== "number") {
    reader.fault(`${path}source.line`, `got ${kindOf(line)}, must be a number`);
    return undefined;
  }
  return { file: reader.text(source, "file", `${path}source.`), line };
}
