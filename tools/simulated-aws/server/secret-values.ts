import type { Bag, Json } from "../../preview/graph";
import { isBag, plainBag, secretValue } from "../protocol-values";

/** What was secret in the properties of a resource. */
export interface Secrets {
  /** Places of secret values, for example `registry.password`. */
  readonly paths: ReadonlySet<string>;
  /** Secret texts that are long enough to be told from other texts. */
  readonly texts: readonly string[];
}

/** Shorter secrets, such as `on`, stand by chance in texts that have nothing to do with them. */
const SHORTEST_TRACED_TEXT = 6;

/** The properties without the protocol's wrappers of secrets, which are told apart by `secretsOf`. */
export const unwrapped = (onWire: Bag): Bag => plainBag(onWire, (value) => value);

/** The secrets in all of `bags`, which are as on the wire. */
export function secretsOf(...bags: readonly Bag[]): Secrets {
  const paths = new Set<string>();
  const texts = new Set<string>();
  for (const bag of bags) {
    plainBag(bag, (value, path) => {
      paths.add(path);
      addTexts(value, texts);
      return value;
    });
  }
  return { paths, texts: [...texts] };
}

function addTexts(value: Json, texts: Set<string>): void {
  if (typeof value === "string" && value.length >= SHORTEST_TRACED_TEXT) {
    texts.add(value);
  } else if (value !== null && typeof value === "object") {
    Object.values(value).forEach((item) => {
      addTexts(item, texts);
    });
  }
}

/**
 * Properties for the wire: secret again where a secret stood, and wherever a text holds a secret
 * one, so that the engine encrypts both in its state.
 */
export function sealed(properties: Bag, secrets: Secrets): Bag {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [key, sealedValue(value, key, secrets)]),
  );
}

function sealedValue(value: Json, path: string, secrets: Secrets): Json {
  if (secrets.paths.has(path)) {
    return secretValue(value);
  }
  if (typeof value === "string") {
    return secrets.texts.some((text) => value.includes(text)) ? secretValue(value) : value;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => sealedValue(item, `${path}[${String(index)}]`, secrets));
  }
  if (!isBag(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, sealedValue(item, `${path}.${key}`, secrets)]),
  );
}
