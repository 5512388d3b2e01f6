import assert from "node:assert/strict";
import type { StoredResource } from "../../../tools/simulated-aws/cloud/stored-resource";
import { identityOf } from "../../../tools/simulated-aws/cloud/stored-resource";
import type { EngineStack, StateResource } from "../engine-stack";

/** What the account holds because the program asked for it. */
export const managed = (stack: EngineStack): StoredResource[] =>
  stack.held().filter(({ unmanaged }) => unmanaged !== true);

/** A resource of a provider as the engine's state has it. */
export interface KnownResource extends StateResource {
  readonly id?: string;
}

/** What the engine's state has of the account. */
export const knownResources = (stack: EngineStack): readonly KnownResource[] =>
  (stack.state() as readonly (KnownResource & { custom?: boolean })[]).filter(
    ({ custom, type }) => custom === true && !type.startsWith("pulumi:"),
  );

/**
 * Every resource of the account with its settings, sorted, in which what AWS or the engine draws by
 * lot is told by what it belongs to: so two accounts are equal where they were made alike.
 */
export function census(stack: EngineStack): readonly string[] {
  const held = stack.held();
  const names = held
    .flatMap((resource) => textsOf(resource).map((text) => [text, titleOf(resource)] as const))
    .sort(([one], [other]) => other.length - one.length);
  const named = (text: string): string =>
    names
      .reduce((all, [drawn, title]) => all.replaceAll(drawn, `<${title}>`), text)
      .replace(/\b[0-9a-f]{7,}\b/g, "<drawn>");
  return held
    .map((resource) => `${titleOf(resource)} ${named(JSON.stringify(sorted(resource.inputs)))}`)
    .sort();
}

/**
 * Fails unless the engine knows every resource of the account, with its id, and none that the account
 * does not hold. Revisions that are kept for a rollback (skipDestroy) are the account's alone.
 */
export function assertAgreement(stack: EngineStack, message = ""): void {
  const known = new Set(knownResources(stack).map(handleOf));
  const held = new Map(
    managed(stack).map((each) => [`${each.type} ${each.name} ${identityOf(each)}`, each]),
  );
  const differences = {
    orphaned: [...held]
      .filter(([handle, { inputs }]) => !known.has(handle) && inputs["skipDestroy"] !== true)
      .map(([handle]) => handle),
    lost: [...known].filter((handle) => !held.has(handle)),
  };
  assert.deepEqual(differences, { orphaned: [], lost: [] }, message);
}

function handleOf({ urn, type, id = "", outputs = {} }: KnownResource): string {
  const name = nameOf(urn);
  const bags = { incarnation: 0, inputs: {}, computed: { ...outputs } };
  return `${type} ${name} ${identityOf({ type, name, id, ...bags })}`;
}

/** The logical name of a URN. */
export const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");

const titleOf = ({ type, name, unmanaged }: StoredResource): string =>
  unmanaged === true ? type : `${type} ${name}`;

/** Id, ARN and the name that the engine has drawn. */
function textsOf({ name, id, inputs, computed }: StoredResource): string[] {
  const drawn = Object.values(inputs).filter(
    (value): value is string =>
      typeof value === "string" && new RegExp(`^${name}-[0-9a-f]{7}$`).test(value),
  );
  const texts = [id, computed["arn"], ...drawn].filter((text) => typeof text === "string");
  return texts.filter((text) => text.length > 6);
}

/** With the keys of every object in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
