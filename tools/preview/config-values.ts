import { UNKNOWN } from "./graph";
import { sortedKeys } from "./sorted-keys";

/** A type that Pulumi.yaml can declare for a key. */
export type ConfigType =
  | { readonly name: "string" | "integer" | "boolean" | "object" }
  | { readonly name: "array"; readonly items: ConfigType };

export const configTypeNames = ["string", "integer", "boolean", "array", "object"] as const;

/** The type as the engine writes it in its messages, for example `array<string>`. */
export function describeType(type: ConfigType): string {
  return type.name === "array" ? `array<${describeType(type.items)}>` : type.name;
}

/**
 * True where the engine takes `value` for `type`: texts that read as an integer or boolean are one,
 * and so are whole floating-point numbers (ValidateConfigValue in the engine's workspace package).
 */
export function isOfType(value: unknown, type: ConfigType): boolean {
  switch (type.name) {
    case "string":
      return typeof value === "string";
    case "integer":
      return Number.isInteger(value) || (typeof value === "string" && /^[+-]?\d+$/.test(value));
    case "boolean":
      return typeof value === "boolean" || value === "true" || value === "false";
    case "object":
      return isRecord(value);
    case "array":
      return Array.isArray(value) && value.every((item) => isOfType(item, type.items));
  }
}

/** The text that the SDK gets for a value: scalars as they are, lists and maps as JSON with sorted keys, as Go writes it. */
export function configText(value: unknown): string {
  return typeof value === "object" && value !== null
    ? JSON.stringify(value, sortedKeys)
    : String(value);
}

/**
 * A value of a stack file with every encrypted part (`secure: …`, at any depth) replaced by the
 * engine's sentinel of unknown values, because reading it takes a key that a preview does without.
 */
export function concealSecrets(value: unknown): { value: unknown; secret: boolean } {
  if (Array.isArray(value)) {
    const items = value.map(concealSecrets);
    return { value: items.map((item) => item.value), secret: items.some((item) => item.secret) };
  }
  if (!isRecord(value)) return { value, secret: false };
  if (isEncrypted(value)) return { value: UNKNOWN, secret: true };
  const fields = Object.entries(value).map(([key, field]) => [key, concealSecrets(field)] as const);
  return {
    value: Object.fromEntries(fields.map(([key, field]) => [key, field.value])),
    secret: fields.some(([, field]) => field.secret),
  };
}

/** True for a map whose only key is `secure`, the form in which Pulumi stores an encrypted text. */
export function isEncrypted(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).length === 1 && typeof value["secure"] === "string";
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
