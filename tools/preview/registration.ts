import { pathToFileURL } from "node:url";
import type { Alias } from "@pulumi/pulumi/proto/alias_pb";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import type { SourcePosition } from "@pulumi/pulumi/proto/source_pb";
import { plainBag, urnOf } from "../simulated-aws/protocol-values";
import type { Bag, Json, ResourceNode, ResourceOptions } from "./graph";
import { SECRET } from "./graph";

/** Type of the stack, the root of every program's resources. */
export const STACK_TYPE = "pulumi:pulumi:Stack";

/** Which stack of which project a program runs as, and where its files are. */
export interface ProgramIdentity {
  readonly project: string;
  readonly stack: string;
  /** URL of the folder that source positions are told from, with a slash at its end. */
  readonly root: string;
}

/**
 * A value for people: secrets are SECRET.
 *
 * @param onSecret is told each of them
 */
export const redacted = (bag: Bag, onSecret?: (value: Json, path: string) => void): Bag =>
  plainBag(bag, (value, path) => {
    onSecret?.(value, path);
    return SECRET;
  });

/** The node of a registration; its outputs are those given. */
export function nodeOf(
  request: RegisterResourceRequest,
  identity: ProgramIdentity,
  inputs: Bag,
  outputs: Bag,
): ResourceNode {
  const type = request.getType();
  const parent = request.getParent();
  return {
    urn: urnOf(identity.project, identity.stack, parent, type, request.getName()),
    type,
    name: request.getName(),
    parent: parent === "" ? undefined : parent,
    custom: request.getCustom(),
    remote: request.getRemote(),
    inputs,
    outputs,
    dependencies: sorted(request.getDependenciesList()),
    propertyDependencies: propertyDependencies(request),
    options: optionsOf(request, identity),
    source: type === STACK_TYPE ? undefined : sourceOf(request, identity.root),
  };
}

const sorted = (urns: readonly string[]): readonly string[] => [...new Set(urns)].sort();

function propertyDependencies(request: RegisterResourceRequest): Record<string, readonly string[]> {
  const found: [string, readonly string[]][] = [];
  request.getPropertydependenciesMap().forEach((dependencies, property) => {
    const urns = dependencies.getUrnsList();
    if (urns.length > 0) {
      found.push([property, sorted(urns)]);
    }
  });
  // The order of a protobuf map is not stable.
  return Object.fromEntries(found.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function optionsOf(request: RegisterResourceRequest, identity: ProgramIdentity): ResourceOptions {
  return {
    ...(request.getProtect() === true ? { protect: true } : {}),
    ...(request.getRetainondelete() === true ? { retainOnDelete: true } : {}),
    ...(request.getDeletebeforereplace() ? { deleteBeforeReplace: true } : {}),
    ...some("ignoreChanges", request.getIgnorechangesList()),
    ...some("replaceOnChanges", request.getReplaceonchangesList()),
    ...some("replaceWith", sorted(request.getReplaceWithList())),
    ...text("deletedWith", request.getDeletedwith()),
    ...some("additionalSecretOutputs", request.getAdditionalsecretoutputsList()),
    ...some(
      "aliases",
      request.getAliasesList().map((alias) => aliasUrn(alias, request, identity)),
    ),
    ...timeoutsOf(request),
    ...text("provider", request.getProvider()),
    ...text("version", request.getVersion()),
  };
}

const some = <K extends string>(key: K, list: readonly string[]) =>
  (list.length > 0 ? { [key]: list } : {}) as Partial<Record<K, readonly string[]>>;

const text = <K extends string>(key: K, value: string | undefined) =>
  (value === undefined || value === "" ? {} : { [key]: value }) as Partial<Record<K, string>>;

function timeoutsOf(request: RegisterResourceRequest): Pick<ResourceOptions, "customTimeouts"> {
  const timeouts = request.getCustomtimeouts();
  const customTimeouts = {
    ...text("create", timeouts?.getCreate()),
    ...text("update", timeouts?.getUpdate()),
    ...text("delete", timeouts?.getDelete()),
  };
  return Object.keys(customTimeouts).length > 0 ? { customTimeouts } : {};
}

/** URN of the resource that an alias names; what it leaves out is the resource's own. */
function aliasUrn(
  alias: Alias,
  request: RegisterResourceRequest,
  { project, stack }: ProgramIdentity,
): string {
  const spec = alias.getSpec();
  if (spec === undefined) {
    return alias.getUrn();
  }
  const parent = spec.getNoparent() ? "" : spec.getParenturn() || request.getParent();
  return urnOf(
    spec.getProject() || project,
    spec.getStack() || stack,
    parent,
    spec.getType() || request.getType(),
    spec.getName() || request.getName(),
  );
}

/** The innermost line of the project itself: not of a package, and not of this tool. */
function sourceOf(request: RegisterResourceRequest, root: string): ResourceNode["source"] {
  // The SDK has the first frame apart; it is nearly always the one, and the list is costly to read.
  const first = sourceAt(request.getSourceposition(), root);
  if (first !== undefined) {
    return first;
  }
  for (const frame of request.getStacktrace()?.getFramesList() ?? []) {
    const source = sourceAt(frame.getPc(), root);
    if (source !== undefined) {
      return source;
    }
  }
  return undefined;
}

function sourceAt(position: SourcePosition | undefined, root: string): ResourceNode["source"] {
  const uri = position?.getUri() ?? "";
  return position === undefined ||
    !uri.startsWith(root) ||
    uri.startsWith(TOOL) ||
    uri.includes("/node_modules/")
    ? undefined
    : { file: decodeURIComponent(uri.slice(root.length)), line: position.getLine() };
}

/** URL of a folder, with a slash at its end. */
export const urlOf = (folder: string): string => `${pathToFileURL(folder).href}/`;

const TOOL = urlOf(__dirname);
