import type { Bag } from "../../preview/graph";
import { withValueAt } from "./property-path";

/**
 * Names the inputs that the provider filled in, inside the inputs.
 * Source: pkg/tfbridge/schema.go of pulumi/pulumi-terraform-bridge.
 */
export const DEFAULTS_KEY = "__defaults";

/** What pulumi-docker's Check adds to the inputs of an image. */
export const CONTEXT_DIGEST = "build.contextDigest";

/** The names of the inputs that the provider filled in. */
export function filledIn(inputs: Bag): readonly string[] {
  const names = inputs[DEFAULTS_KEY];
  return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
}

/** The inputs without the list of those that the provider filled in; they themselves stay. */
export function withoutList(inputs: Bag): Bag {
  return withValueAt(inputs, DEFAULTS_KEY, undefined);
}

/** The inputs as the program wrote them, without anything that Check added. */
export function withoutDefaults(inputs: Bag): Bag {
  return [...filledIn(inputs), DEFAULTS_KEY, CONTEXT_DIGEST].reduce<Bag>(
    (bag, path) => withValueAt(bag, path, undefined),
    inputs,
  );
}
