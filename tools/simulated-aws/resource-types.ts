import type { Bag } from "../preview/graph";
import { UNKNOWN } from "../preview/graph";
import type { AwsAccount } from "./account";
import type { DeclaredResource, ResourceType, ResourceTypes } from "./resource-type";
import { COMPUTE_TYPES } from "./types/compute";
import { IDENTITY_AND_STORAGE_TYPES } from "./types/identity-and-storage";
import { LOAD_BALANCING_TYPES } from "./types/load-balancing";
import { NETWORK_TYPES } from "./types/network";
import { OBSERVABILITY_TYPES } from "./types/observability";

/** Every resource type that the simulated AWS can answer for, by Pulumi's type token. */
export const RESOURCE_TYPES: ResourceTypes = {
  ...NETWORK_TYPES,
  ...COMPUTE_TYPES,
  ...LOAD_BALANCING_TYPES,
  ...IDENTITY_AND_STORAGE_TYPES,
  ...OBSERVABILITY_TYPES,
};

/** A provider that the program makes itself has the inputs as outputs and an id of its own. */
const PROVIDER: ResourceType = { id: (resource) => resource.name, global: true };

/**
 * The outputs of a resource in a preview: its inputs, what follows from the configuration, and
 * UNKNOWN for everything that only AWS can tell. The id is unknown too.
 *
 * @throws where the type is not in the table
 */
export function previewOutputs(resource: DeclaredResource, account: AwsAccount): Bag {
  const type = resourceType(resource);
  const outputs = known(resource, type, account);
  for (const property of Object.keys(type.computed ?? {})) {
    outputs[property] ??= UNKNOWN;
  }
  return outputs;
}

/**
 * The id and the outputs of a resource that has been deployed: well formed, the same in every run,
 * and different from resource to resource.
 *
 * @throws where the type is not in the table
 */
export function deployedResource(
  resource: DeclaredResource,
  account: AwsAccount,
): { id: string; outputs: Bag } {
  const type = resourceType(resource);
  const outputs = known(resource, type, account);
  for (const [property, answer] of Object.entries(type.computed ?? {})) {
    outputs[property] ??= answer(resource, account);
  }
  return { id: type.id(resource, account), outputs };
}

function known(resource: DeclaredResource, type: ResourceType, account: AwsAccount): Bag {
  const outputs: Bag = { ...resource.inputs };
  if (type.global !== true) {
    outputs["region"] ??= account.region;
  }
  if (type.taggable === true) {
    outputs["tagsAll"] = allTags(resource.inputs["tags"], account);
  }
  return outputs;
}

/** The provider's default tags and the resource's own, which win; unknown as a whole with unknown tags. */
function allTags(tags: Bag[string] | undefined, account: AwsAccount): Bag[string] {
  if (tags === undefined || tags === null) {
    return { ...account.defaultTags };
  }
  return typeof tags === "object" && !Array.isArray(tags)
    ? { ...account.defaultTags, ...tags }
    : UNKNOWN;
}

function resourceType({ type, name }: DeclaredResource): ResourceType {
  const found =
    RESOURCE_TYPES[type] ?? (type.startsWith("pulumi:providers:") ? PROVIDER : undefined);
  if (found === undefined) {
    throw new Error(
      `resource "${name}" has the type "${type}", which the simulated AWS does not know; ` +
        "add the type with its computed outputs to a table in tools/simulated-aws/types",
    );
  }
  return found;
}
