import type { Json, ResourceNode } from "../preview/graph";
import { SECRET } from "../preview/graph";
import { propertyOf } from "../simulated-aws/cloud/difference-path";
import { parsePath } from "../simulated-aws/cloud/property-path";
import { REPLACEMENTS, replacedProperties } from "../simulated-aws/replacements";
import type { PlannedChange } from "./cascade";
import type { UndecidedResource } from "./comparison";
import { isIgnored, isReplacedOnChange } from "./node-differences";
import { ENCRYPTED } from "./secret-digests";
import type { StackSide } from "./stack-side";

/**
 * The resources that stay, or are updated, and are made of encrypted values, where such a value is
 * another one in the stack's file: it is not decrypted, so that it may be the same, encrypted again.
 */
export function undecidedResources(
  before: StackSide,
  after: StackSide,
  plans: readonly PlannedChange[],
): UndecidedResource[] {
  const because = otherEncrypted(before, after);
  if (because.length === 0) return [];
  return plans.flatMap(({ operation, pair: { after: node } }) => {
    const paths = encryptedPaths(node, after).filter((path) => !isIgnored(path, node));
    if (operation === "replace" || paths.length === 0) return [];
    const { urn, type, name } = node;
    return [{ urn, type, name, paths, because, mayReplace: mayReplace(node, paths) }];
  });
}

/** Keys of the encrypted settings that differ, sorted. */
function otherEncrypted({ settings: olds }: StackSide, { settings }: StackSide): string[] {
  return Object.entries(settings)
    .filter(
      ([key, { fingerprint }]) =>
        fingerprint !== undefined && fingerprint !== olds[key]?.fingerprint,
    )
    .map(([key]) => key)
    .sort();
}

/** Inputs that are made of encrypted values; all that are secret where none could be digested. */
function encryptedPaths({ urn, inputs }: ResourceNode, { secretInputs }: StackSide): string[] {
  if (secretInputs === undefined) return secretPaths(inputs, "");
  return Object.entries(secretInputs[urn] ?? {})
    .filter(([, digest]) => digest === ENCRYPTED)
    .map(([path]) => path)
    .sort();
}

function secretPaths(value: Json, path: string): string[] {
  if (value === SECRET) return [path];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const step = Array.isArray(value) ? `[${key}]` : path === "" ? key : `.${key}`;
    return secretPaths(inner, path + step);
  });
}

function mayReplace(node: ResourceNode, paths: readonly string[]): boolean {
  const { type, custom, remote } = node;
  if (!custom || remote) return false;
  const isKnown = type.startsWith("pulumi:providers:") || type in REPLACEMENTS;
  const properties = paths.map((path) => propertyOf(parsePath(path)));
  return (
    !isKnown ||
    replacedProperties(type, properties).length > 0 ||
    paths.some((path) => isReplacedOnChange(path, node))
  );
}
