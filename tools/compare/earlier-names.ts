import type { Bag, Json, ResourceNode, ResourceOptions } from "../preview/graph";
import { textInBase64 } from "./base64-text";
import { withSources } from "./reference";

/** The URN of today for one of before. */
export type Renaming = (urn: string) => string;

/** The values with the URNs of today wherever they refer to a resource, inside of encoded texts too. */
export function inNamesOfToday<T extends Json>(value: T, renamed: Renaming): T {
  return renameIn(value, renamed) as T;
}

/** The resource with all that it says of others in the names of today; its own names stay. */
export function nodeInNamesOfToday(node: ResourceNode, renamed: Renaming): ResourceNode {
  const { inputs, outputs, dependencies, propertyDependencies, options, parent } = node;
  const all = (urns: readonly string[]): readonly string[] => urns.map(renamed);
  return {
    ...node,
    parent: parent === undefined ? undefined : renamed(parent),
    inputs: renameIn(inputs, renamed) as Bag,
    outputs: renameIn(outputs, renamed) as Bag,
    dependencies: all(dependencies),
    propertyDependencies: Object.fromEntries(
      Object.entries(propertyDependencies).map(([property, urns]) => [property, all(urns)]),
    ),
    options: optionsInNamesOfToday(options, renamed),
  };
}

function optionsInNamesOfToday(options: ResourceOptions, renamed: Renaming): ResourceOptions {
  const { replaceWith, deletedWith, provider } = options;
  return {
    ...options,
    ...(replaceWith === undefined ? {} : { replaceWith: replaceWith.map(renamed) }),
    ...(deletedWith === undefined ? {} : { deletedWith: renamed(deletedWith) }),
    ...(provider === undefined ? {} : { provider: providerUrn(provider, renamed) }),
  };
}

/** A provider is named by its URN and its id. */
function providerUrn(provider: string, renamed: Renaming): string {
  const end = provider.lastIndexOf("::");
  return `${renamed(provider.slice(0, end))}${provider.slice(end)}`;
}

function renameIn(value: Json, renamed: Renaming): Json {
  if (typeof value === "string") {
    return renameInText(value, renamed);
  }
  if (Array.isArray(value)) {
    return value.map((item) => renameIn(item, renamed));
  }
  return value === null || typeof value !== "object"
    ? value
    : Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, renameIn(item, renamed)]),
      );
}

function renameInText(text: string, renamed: Renaming): string {
  const decoded = textInBase64(text);
  if (decoded === undefined) {
    return text.includes("${") ? withSources(text, renamed) : text;
  }
  return decoded.includes("${")
    ? Buffer.from(withSources(decoded, renamed)).toString("base64")
    : text;
}
