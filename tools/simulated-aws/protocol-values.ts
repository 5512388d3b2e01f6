import type { Bag, Json } from "../preview/graph";
import { UNKNOWN } from "../preview/graph";

/**
 * Values of the Pulumi protocol that plain JSON has no form for: objects with a signature under one
 * fixed key. Source: sdk/go/common/resource/properties.go of pulumi/pulumi.
 */
const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";
const RESOURCE_SIGNATURE = "5cf8f73096256a8f31e491e813e4eb8e";
const OUTPUT_SIGNATURE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** True for a map of properties: no list and no value with a signature. */
export const isBag = (value: Json | undefined): value is Bag =>
  value !== null && typeof value === "object" && !Array.isArray(value) && !(SIGNATURE_KEY in value);

/** A secret on the wire. */
export const secretValue = (value: Json): Json => ({
  [SIGNATURE_KEY]: SECRET_SIGNATURE,
  value,
});

/** A reference to a resource on the wire; an empty id is unknown. */
export const resourceReference = (urn: string, id: string): Json => ({
  [SIGNATURE_KEY]: RESOURCE_SIGNATURE,
  urn,
  id,
});

/**
 * Plain JSON for a value of the protocol: a resource reference becomes the resource's id (a
 * component's becomes its URN), an output value its value or UNKNOWN, and every secret what
 * `onSecret` makes of it. Assets and archives stay the objects that they are.
 *
 * @param path where the value stands, for example `containerDefinitions[0].password`
 */
export function plainValue(
  value: Json,
  onSecret: (value: Json, path: string) => Json,
  path = "",
): Json {
  if (value === null || typeof value !== "object") {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => plainValue(item, onSecret, `${path}[${String(index)}]`));
  }
  const signature = value[SIGNATURE_KEY];
  if (signature === SECRET_SIGNATURE) {
    return onSecret(plainValue(value["value"] ?? null, onSecret, path), path);
  }
  if (signature === RESOURCE_SIGNATURE) {
    return value["id"] === "" ? UNKNOWN : (value["id"] ?? value["urn"] ?? null);
  }
  if (signature === OUTPUT_SIGNATURE) {
    const { value: wrapped, secret } = value;
    const inner = wrapped === undefined ? UNKNOWN : plainValue(wrapped, onSecret, path);
    return secret === true ? onSecret(inner, path) : inner;
  }
  return plainBag(value, onSecret, path);
}

/** Like plainValue, for a bag of properties. */
export function plainBag(bag: Bag, onSecret: (value: Json, path: string) => Json, path = ""): Bag {
  const result: Bag = {};
  for (const key of Object.keys(bag)) {
    const value = bag[key] as Json;
    result[key] = plainValue(value, onSecret, path === "" ? key : `${path}.${key}`);
  }
  return result;
}

/** True where the value is unknown or has an unknown value inside. */
export function hasUnknown(value: Json): boolean {
  if (value === UNKNOWN) {
    return true;
  }
  return value !== null && typeof value === "object" && Object.values(value).some(hasUnknown);
}

/**
 * The engine's URN of a resource: the parent's whole chain of types, without the stack's.
 * Source: sdk/go/common/resource/urn of pulumi/pulumi.
 *
 * @param parent URN of the parent, or empty for none
 */
export function urnOf(
  project: string,
  stack: string,
  parent: string,
  type: string,
  name: string,
): string {
  const parentType = parent.split("::")[2] ?? "";
  const chain =
    parentType === "" || parentType === "pulumi:pulumi:Stack" ? type : `${parentType}$${type}`;
  return `urn:pulumi:${stack}::${project}::${chain}::${name}`;
}
