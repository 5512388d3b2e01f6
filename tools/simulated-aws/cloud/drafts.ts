import type { Bag } from "../../preview/graph";
import type { AwsAccount } from "../account";
import { digits } from "../resource-type";
import { deployedResource } from "../resource-types";
import type { AccountFolder } from "./account-folder";
import { argumentsOf } from "./arguments/table";
import { withoutList } from "./provider-defaults";
import { redacted } from "./secrets";
import type { StoredResource } from "./stored-resource";
import { identityOf } from "./stored-resource";

/** Which resource is drafted. */
interface Declared {
  readonly type: string;
  readonly name: string;
}

/**
 * A new resource with an id that the account never gave before. Where the settings alone decide the
 * id, as a bucket's name does, it may be the id of another resource.
 */
export function draftNew(
  { type, name }: Declared,
  inputs: Bag,
  folder: AccountFolder,
  account: AwsAccount,
): StoredResource {
  let draft = drafted({ type, name }, inputs, 0, account);
  while (folder.isTaken(type, identityOf(draft))) {
    const next = drafted({ type, name }, inputs, draft.incarnation + 1, account);
    if (identityOf(next) === identityOf(draft)) {
      break;
    }
    draft = next;
  }
  return draft;
}

/**
 * The resource with other settings. What AWS decided once stays, such as a drifted status; what
 * follows from the settings follows the new ones.
 */
export function draftChanged(
  before: StoredResource,
  inputs: Bag,
  account: AwsAccount,
): StoredResource {
  const { incarnation } = before;
  const [was, is] = [before.inputs, inputs].map(
    (each) => drafted(before, each, incarnation, account).computed,
  );
  const computed: Bag = {};
  for (const [property, value] of Object.entries(is ?? {})) {
    const known = before.computed[property];
    const follows = JSON.stringify(was?.[property]) !== JSON.stringify(value);
    // The default tags are the provider's, and may be others than at creation.
    computed[property] = known === undefined || follows || property === "tagsAll" ? value : known;
  }
  for (const [property, value] of Object.entries(before.computed)) {
    if (!(property in computed) && !(property in inputs)) {
      computed[property] = value;
    }
  }
  return { ...before, inputs, computed };
}

function drafted(
  { type, name }: Declared,
  inputs: Bag,
  incarnation: number,
  account: AwsAccount,
): StoredResource {
  const settings = redacted(type, inputs);
  const named = { ...withoutList(settings), ...prefixedName(type, name, settings, incarnation) };
  const made = deployedResource({ type, name, inputs: named, incarnation }, account);
  const computed = Object.fromEntries(
    Object.entries(made.outputs).filter(([property]) => !(property in settings)),
  );
  return { type, name, id: made.id, incarnation, inputs: settings, computed };
}

/** A prefix that the program gives gets the provider's 26 digits. */
function prefixedName(type: string, name: string, inputs: Bag, incarnation: number): Bag {
  const property = type.startsWith("pulumi:") ? undefined : argumentsOf(type).autoname?.property;
  const prefix = property === undefined ? undefined : inputs[`${property}Prefix`];
  return property === undefined || typeof prefix !== "string"
    ? {}
    : { [property]: prefix + uniqueDigits(type, name, incarnation) };
}

function uniqueDigits(type: string, name: string, incarnation: number): string {
  const own = digits({ type, name, inputs: {}, incarnation }, 10);
  return `2030010100000000${own}`;
}
