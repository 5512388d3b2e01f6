import type { Bag, Json, ResourceNode } from "../preview/graph";
import { isObject, type JsonReader, kindOf } from "./json-reader";

/** A resource of a file, with what its URN says of it. */
export interface ListedResource {
  readonly bag: Bag;
  /** Where it stands, for example `resources[3].`. */
  readonly path: string;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly project: string;
  readonly stack: string;
}

const URN = /^urn:pulumi:([^:]+)::([^:]+)::(.+?)::(.+)$/;

/** The resources of a file that have a URN and the type that it says; the others are faults. */
export function listResources(
  reader: JsonReader,
  list: readonly Json[],
  at: string,
): readonly ListedResource[] {
  return list.flatMap((item, index) => {
    const path = `${at}[${String(index)}].`;
    if (!isObject(item)) {
      reader.fault(path.slice(0, -1), `got ${kindOf(item)}, must be a resource`);
      return [];
    }
    const urn = reader.text(item, "urn", path);
    const type = reader.text(item, "type", path);
    const [, stack = "", project = "", chain = "", name = ""] = URN.exec(urn) ?? [];
    if (urn === "" || type === "") {
      return [];
    }
    if (chain.split("$").at(-1) !== type) {
      const form = "urn:pulumi:<stack>::<project>::<types>::<name> with the resource's type";
      reader.fault(`${path}urn`, `got '${urn}', must be ${form}`);
      return [];
    }
    return [{ bag: item, path, urn, type, name, project, stack }];
  });
}

/** Faults where a URN comes twice, or where resources are not all of one stack. */
export function checkIdentity(
  reader: JsonReader,
  resources: readonly ListedResource[],
  stack: string,
): void {
  const seen = new Set<string>();
  for (const resource of resources) {
    if (seen.has(resource.urn)) {
      reader.fault(`${resource.path}urn`, `got '${resource.urn}' a second time, must be unique`);
    }
    seen.add(resource.urn);
    if (resource.stack !== stack) {
      reader.fault(
        `${resource.path}urn`,
        `got a resource of stack '${resource.stack}', must be of '${stack}'`,
      );
    }
  }
}

/** Parent and dependencies of a resource. What is not there would be lost to the policies in silence. */
export function readReferences(
  reader: JsonReader,
  { bag, path }: ListedResource,
  isThere: (urn: string) => boolean,
): Pick<ResourceNode, "parent" | "dependencies" | "propertyDependencies"> {
  const check = (urn: string, at: string): void => {
    if (!isThere(urn)) {
      reader.fault(at, `got '${urn}', must be the URN of a resource of the file`);
    }
  };
  const urns = (owner: Bag, key: string, at: string): readonly string[] => {
    const found = reader.texts(owner, key, at);
    found.forEach((urn, index) => {
      check(urn, `${at}${key}[${String(index)}]`);
    });
    return found;
  };
  const parent = reader.optionalText(bag, "parent", path);
  if (parent !== undefined && parent !== "") {
    check(parent, `${path}parent`);
  }
  const properties = reader.bag(bag, "propertyDependencies", path);
  return {
    parent,
    dependencies: urns(bag, "dependencies", path),
    propertyDependencies: Object.fromEntries(
      Object.entries(properties)
        .map(([key]) => [key, urns(properties, key, `${path}propertyDependencies.`)] as const)
        .filter(([, found]) => found.length > 0),
    ),
  };
}
