import { isDeepStrictEqual } from "node:util";
import type { Bag, Json } from "../../preview/graph";
import { UNKNOWN } from "../../preview/graph";
import type { AccountFolder } from "./account-folder";
import { textsAt, valueAt } from "./property-path";
import type { Reference, RuleContext } from "./rules/rule";
import { textOf } from "./rules/rule";
import { rulesOf } from "./rules/table";
import type { StoredResource } from "./stored-resource";
import { sharesId } from "./stored-resource";

/** Values that AWS makes of others and that no property holds. */
const DERIVED: Readonly<Record<string, (resource: StoredResource) => string>> = {
  // What Application Auto Scaling calls a service.
  "aws:ecs/service:Service resourceId": (service) =>
    `service/${textOf(service, "cluster").split("/").pop() ?? ""}/${textOf(service, "name")}`,
};

/**
 * Refuses settings that name what does not exist, as AWS does.
 *
 * @param before settings that AWS has taken already; only what is new is looked for
 * @throws AwsError of the first reference that leads nowhere
 */
export function refuseDanglingReferences(
  type: string,
  inputs: Bag,
  folder: AccountFolder,
  before: Bag = {},
): void {
  for (const reference of rulesOf(type).references ?? []) {
    const known = textsAt(before, reference.path);
    for (const value of textsAt(inputs, reference.path)) {
      const looksFor = value !== "" && value !== UNKNOWN && !known.includes(value);
      if (looksFor && reference.missing !== undefined && !exists(reference, value, folder)) {
        throw reference.missing(value);
      }
    }
  }
}

/**
 * Refuses a second owner of what AWS gives once.
 *
 * @throws AwsError where another resource of the type has the same
 */
export function refuseSecondOwner(resource: StoredResource, folder: AccountFolder): void {
  for (const { properties, taken } of rulesOf(resource.type).unique ?? []) {
    const values = properties.map((property) => [property, valueOf(resource, property)] as const);
    const isOwner = (other: StoredResource) =>
      !isSame(other, resource) &&
      values.every(([property, value]) => isDeepStrictEqual(valueOf(other, property), value));
    if (
      values.some(([, value]) => value !== undefined) &&
      folder.ofType(resource.type).some(isOwner)
    ) {
      throw taken(resource);
    }
  }
}

/** The error that AWS answers a deletion with, or undefined where nothing stands in its way. */
export function obstacleTo(
  resource: StoredResource,
  context: RuleContext,
): { readonly refusal: Error; readonly waits: boolean } | undefined {
  const obstacle = (rulesOf(resource.type).obstacles ?? []).find(
    ({ by = [], when, unless }) =>
      unless?.(resource.inputs) !== true &&
      ((when?.(resource, context) ?? false) ||
        by.some((type) => referrers(resource, type, context.folder).length > 0)),
  );
  return obstacle === undefined
    ? undefined
    : { refusal: obstacle.refusal(resource), waits: obstacle.waits ?? false };
}

/** Everything that goes with a resource, innermost first. */
export function companionsOf(resource: StoredResource, folder: AccountFolder): StoredResource[] {
  return (rulesOf(resource.type).takesAlong ?? [])
    .flatMap((type) => referrers(resource, type, folder))
    .flatMap((companion) => [...companionsOf(companion, folder), companion]);
}

/** The resources of a type that refer to this one. */
export function referrers(
  resource: StoredResource,
  type: string,
  folder: AccountFolder,
): StoredResource[] {
  const references = (rulesOf(type).references ?? []).filter(({ to }) =>
    to.includes(resource.type),
  );
  return folder.ofType(type).filter((other) =>
    references.some(({ path, by }) => {
      const names = namesOf(resource, by);
      return textsAt(other.inputs, path).some((value) => names.includes(value));
    }),
  );
}

function exists({ to, by, mayPredate }: Reference, value: string, folder: AccountFolder): boolean {
  return to.some((type) => {
    if (by === "id" && !sharesId(type)) {
      return (
        folder.find(type, value) !== undefined ||
        (mayPredate === true && !folder.isTaken(type, value))
      );
    }
    return (
      folder.ofType(type).some((resource) => namesOf(resource, by).includes(value)) ||
      (mayPredate === true && !folder.isTaken(type, value))
    );
  });
}

/** The values that references of this kind may hold. */
function namesOf(resource: StoredResource, by: string): string[] {
  return by.split("|").map((property) => {
    const derived = DERIVED[`${resource.type} ${property}`];
    return derived === undefined ? textOf(resource, property) : derived(resource);
  });
}

function valueOf({ inputs, computed }: StoredResource, path: string): Json | undefined {
  return valueAt(inputs, path) ?? valueAt(computed, path);
}

function isSame(one: StoredResource, other: StoredResource): boolean {
  return (
    one.type === other.type && one.name === other.name && one.incarnation === other.incarnation
  );
}
