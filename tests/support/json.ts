import assert from "node:assert/strict";
import type { Json } from "../../tools/preview/graph";

/** A value that has to be text. */
export function textOf(value: Json | undefined): string {
  assert.ok(typeof value === "string", `no text: ${JSON.stringify(value)}`);
  return value;
}

/** A value that has to be a list. */
export function listOf(value: Json | undefined): readonly Json[] {
  assert.ok(Array.isArray(value), `no list: ${JSON.stringify(value)}`);
  return value;
}
