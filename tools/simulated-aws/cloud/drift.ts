import type { Json } from "../../preview/graph";
import type { AwsAccount } from "../account";
import { openAccount } from "./account-folder";
import { runInstances } from "./behaviours/auto-scaling-group";
import { valueAt, withValueAt } from "./property-path";
import { textOf } from "./rules/rule";
import type { StoredResource } from "./stored-resource";

/** What somebody, or an autoscaler, does to a resource behind the program's back. */
export type Drift =
  | {
      /** Logical name, id, ARN or URN. */
      readonly resource: string;
      /** Property path, for example `healthCheck.path`. */
      readonly property: string;
      readonly value: Json;
    }
  | {
      /** Logical name, id, ARN or URN of a resource that somebody deletes. */
      readonly deleted: string;
    };

/**
 * Changes the account in a folder behind the program's back. A group that wants another number of
 * instances starts or ends some; nothing else follows, and AWS's rules are not asked.
 *
 * @returns the resource as it was
 * @throws where no resource, or more than one, answers to the name
 */
export function applyDrift(folder: string, account: AwsAccount, drift: Drift): StoredResource {
  const store = openAccount(folder);
  const named = "deleted" in drift ? drift.deleted : drift.resource;
  const before = only(named, store.all());
  if ("deleted" in drift) {
    store.delete(before);
    return before;
  }
  const { property, value } = drift;
  const isAnswer =
    valueAt(before.inputs, property) === undefined &&
    valueAt(before.computed, property) !== undefined;
  const drifted = isAnswer
    ? { ...before, computed: withValueAt(before.computed, property, value) }
    : { ...before, inputs: withValueAt(before.inputs, property, value) };
  store.write(drifted);
  if (drifted.type === "aws:autoscaling/group:Group" && property === "desiredCapacity") {
    runInstances(drifted, { folder: store, account, rollsBack: false, changed: [property] });
  }
  return before;
}

/** The resource with this id or ARN, or else the one that the program calls so. */
function only(named: string, all: readonly StoredResource[]): StoredResource {
  const identified = all.filter(
    (resource) => resource.id === named || textOf(resource, "arn") === named,
  );
  const found = identified.length > 0 ? identified : all.filter((each) => isCalled(each, named));
  const [resource, ...others] = found;
  if (resource === undefined) {
    const names = all.map(({ type, name }) => `${name} (${type})`).join(", ");
    throw new Error(
      `no resource of the simulated account is called "${named}"; it holds ${names === "" ? "nothing" : names}`,
    );
  }
  if (others.length > 0) {
    const ids = found.map(({ type, id }) => `${id} (${type})`).join(", ");
    throw new Error(
      `"${named}" is the name of ${String(found.length)} resources; name one by its id: ${ids}`,
    );
  }
  return resource;
}

function isCalled({ type, name, unmanaged }: StoredResource, named: string): boolean {
  return (
    unmanaged !== true &&
    (name === named || (named.startsWith("urn:") && named.endsWith(`${type}::${name}`)))
  );
}
