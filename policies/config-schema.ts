import type { PolicyConfigSchema } from "@pulumi/policy";
import { LIMITS } from "./limits";
import type { PolicyName } from "./policy-limits";

/** Schema of one value of a configuration. */
type ValueSchema = PolicyConfigSchema["properties"][string];

/**
 * What the engine may be configured with for a policy: its limits, by their types. There are no
 * defaults in it: the engine would hand them over as if they had been configured, and they would
 * stand above those of the environment that a resource's URN names.
 */
export function configSchemaOf(policy: PolicyName): PolicyConfigSchema {
  const [dev, prod]: readonly object[] = [LIMITS.dev[policy], LIMITS.prod[policy]];
  return { properties: propertiesOf(dev ?? {}, prod ?? {}) };
}

function propertiesOf(dev: object, prod: object): Record<string, ValueSchema> {
  const others = new Map<string, unknown>(Object.entries(prod));
  return Object.fromEntries(
    Object.entries(dev).map(([key, value]) => [key, schemaOf(value, others.get(key))]),
  );
}

function schemaOf(dev: unknown, prod: unknown): ValueSchema {
  const description = `default in dev ${JSON.stringify(dev)}, in prod ${JSON.stringify(prod)}`;
  if (Array.isArray(dev)) {
    const items: readonly unknown[] = [...(dev as unknown[]), ...(prod as unknown[])];
    const type = typeof items[0] === "number" ? "number" : "string";
    return { type: "array", items: { type }, description };
  }
  if (dev !== null && typeof dev === "object") {
    const properties = propertiesOf(dev, prod as object);
    return { type: "object", properties, additionalProperties: false, description };
  }
  return { type: typeof dev as "number" | "string" | "boolean", description };
}
