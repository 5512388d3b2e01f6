import type { ResourceNode } from "../preview/graph";
import type { Operation } from "./comparison";

/**
 * What a protected resource needs before it can be removed, or undefined for any other. The engine
 * deletes nothing that its state calls protected, and replaces nothing that is protected on both sides.
 * Source: pkg/resource/deploy/step_generator.go and step.go of pulumi/pulumi.
 */
export function protectionHint(
  operation: Operation,
  before: ResourceNode | undefined,
  after: ResourceNode | undefined,
): string | undefined {
  if (before?.options.protect !== true) {
    return undefined;
  }
  if (operation === "delete") {
    return "is protected, and the deployment fails: deploy it without `protect` first, and remove it in the next deployment";
  }
  return operation === "replace" && after?.options.protect === true
    ? "is protected, and the deployment fails: take `protect` off in the same change if it is to be replaced"
    : undefined;
}
