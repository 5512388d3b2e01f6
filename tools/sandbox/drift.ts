import { didYouMean } from "../../policies/nearest";
import type { Json } from "../preview/graph";
import type { AwsAccount } from "../simulated-aws/account";
import { openAccount } from "../simulated-aws/cloud/account-folder";
import { applyDrift } from "../simulated-aws/cloud/drift";
import { valueAt } from "../simulated-aws/cloud/property-path";
import type { StoredResource } from "../simulated-aws/cloud/stored-resource";
import { SandboxError } from "./sandbox-error";

/** A resource of the simulated account that can be changed behind Pulumi's back. */
export interface DriftingResource {
  /** What a person calls it, for example `ecs.Service/web`. */
  readonly handle: string;
  readonly id: string;
}

/** What was set, and what it was. */
export interface DriftedProperty {
  readonly handle: string;
  readonly type: string;
  readonly name: string;
  readonly before: Json | undefined;
}

/** Every resource of the account that a program has made, by handle. */
export function listResources(folder: string): readonly DriftingResource[] {
  return managed(folder)
    .map((resource) => ({ handle: handleOf(resource), id: resource.id }))
    .sort((one, other) => (one.handle < other.handle ? -1 : 1));
}

/**
 * Sets a property of a resource in the account, as a person does in AWS's console.
 *
 * @param named handle, or the end of one that belongs to one resource alone
 * @param property path, for example `healthCheck.path` or `tags.Owner`
 * @returns handle, type and logical name of the resource, and the value before
 * @throws SandboxError where there is no such resource or property, or the value is of another kind
 */
export function setProperty(
  folder: string,
  account: AwsAccount,
  { named, property, value }: { named: string; property: string; value: Json },
): DriftedProperty {
  const resource = findResource(folder, named);
  const properties = { ...resource.computed, ...resource.inputs };
  const [top = ""] = property.split(/[.[]/);
  if (!(top in properties)) {
    const known = Object.keys(properties).filter((key) => !key.startsWith("__"));
    throw new SandboxError(
      `${handleOf(resource)} has no property '${top}'; it has ${known.sort().join(", ")}${didYouMean(top, known)}`,
    );
  }
  const before = valueAt(properties, property);
  const handle = handleOf(resource);
  refuseOtherKind(`${handle}: ${property}`, before, value);
  applyDrift(folder, account, { resource: urnLike(resource), property, value });
  return { handle, type: resource.type, name: resource.name, before };
}

/** AWS's own interface takes no value of another kind; a property that is not set has none yet. */
function refuseOtherKind(named: string, before: Json | undefined, value: Json): void {
  if (before !== undefined && before !== null && kindOf(before) !== kindOf(value)) {
    const [kind, example] = KINDS[kindOf(before)];
    throw new SandboxError(
      `${named} is ${JSON.stringify(before)} and got ${JSON.stringify(value)}; give ${kind}, for example ${example}`,
    );
  }
}

const KINDS = {
  number: ["a number", "3"],
  boolean: ["a boolean", "true"],
  text: ["a text", `'"3"'`],
  list: ["a list", `'["a"]'`],
  map: ["a map", `'{"a":"b"}'`],
  null: ["null", "null"],
} as const;

function kindOf(value: Json): keyof typeof KINDS {
  if (value === null) {
    return "null";
  }
  if (typeof value === "object") {
    return Array.isArray(value) ? "list" : "map";
  }
  return typeof value === "string" ? "text" : (typeof value as "number" | "boolean");
}

/**
 * Deletes a resource in the account, as a person does who does not know of Pulumi.
 *
 * @returns the resource's handle
 * @throws SandboxError where there is no such resource
 */
export function deleteResource(folder: string, account: AwsAccount, named: string): string {
  const resource = findResource(folder, named);
  applyDrift(folder, account, { deleted: urnLike(resource) });
  return handleOf(resource);
}

const managed = (folder: string): StoredResource[] =>
  openAccount(folder)
    .all()
    .filter(({ unmanaged }) => unmanaged !== true);

function findResource(folder: string, named: string): StoredResource {
  const resources = managed(folder);
  const exact = resources.filter((resource) => handleOf(resource) === named);
  const found =
    exact.length > 0 ? exact : resources.filter((each) => handleOf(each).endsWith(`/${named}`));
  const [first, ...others] = found;
  if (first !== undefined && others.length === 0) {
    return first;
  }
  const handles = (first === undefined ? resources : found).map(handleOf).sort();
  if (handles.length === 0) {
    throw new SandboxError("the simulated account is empty; deploy the stack first");
  }
  throw new SandboxError(
    first === undefined
      ? `'${named}' is no resource of the simulated account, \`npm run sandbox -- drift\` lists them${didYouMean(named, handles)}`
      : `'${named}' is the name of several resources; choose one of ${handles.join(", ")}`,
  );
}

/** What names a resource by type and name, which ids do not always do. */
const urnLike = ({ type, name }: StoredResource): string => `urn:${type}::${name}`;

/** `aws:ecs/service:Service` named `web` is `ecs.Service/web`, and `docker:index/image:Image` `docker.Image/…`. */
function handleOf({ type, name }: StoredResource): string {
  const [pkg = "", path = "", className = ""] = type.split(":");
  const [module = ""] = path.split("/");
  return `${pkg === "aws" ? module : pkg}.${className}/${name}`;
}
