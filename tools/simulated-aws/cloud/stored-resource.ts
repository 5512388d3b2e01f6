import { createHash } from "node:crypto";
import type { Bag } from "../../preview/graph";

/** A resource as the folder of the account holds it; one JSON file each. */
export interface StoredResource {
  /** Pulumi's type token. */
  readonly type: string;
  /** Logical name in the program, or the name that AWS gave to what it made by itself. */
  readonly name: string;
  /** Id in the provider's state. */
  readonly id: string;
  /** How many resources of this type and name the account had before. */
  readonly incarnation: number;
  /** Settings; secret ones are written as SECRET. */
  readonly inputs: Bag;
  /** What AWS says beyond the settings. */
  readonly computed: Bag;
  /** True for what AWS made by itself, such as the instances of a group; no program knows it. */
  readonly unmanaged?: boolean;
}

/** What tells resources of one type apart: the id, except where revisions share one. */
export function identityOf(resource: StoredResource): string {
  const { arn } = resource.computed;
  return sharesId(resource.type) && typeof arn === "string" ? arn : resource.id;
}

/** True for types whose id names a family of revisions. */
export const sharesId = (type: string): boolean => type === "aws:ecs/taskDefinition:TaskDefinition";

/** The folder of a type: the service of AWS, or the other provider. */
export function serviceOf(type: string): string {
  const [provider = "", module = ""] = type.split(":");
  return provider === "aws" ? (module.split("/")[0] ?? module) : provider;
}

/** Folder (the service) and file of a resource, for example `ecs/Service.web-1234567.0a1b2c3d.json`. */
export function fileOf(type: string, identity: string): { service: string; file: string } {
  const token = type.split(":")[2] ?? "";
  const digest = createHash("sha256").update(`${type}\n${identity}`).digest("hex").slice(0, 8);
  const readable = (identity.split(/[/:](?=[^/:]+$)/).pop() ?? "")
    .replace(/[^\w.-]+/g, "-")
    .slice(0, 60);
  return { service: serviceOf(type), file: `${token}.${readable}.${digest}.json` };
}

/**
 * Reads a resource from the text of its file.
 *
 * @throws where the text is not the JSON of a resource, naming the file and what to do
 */
export function parseResource(text: string, path: string): StoredResource {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw corrupt(path, (error as Error).message);
  }
  if (!isMap(parsed)) {
    throw corrupt(path, "it must be an object");
  }
  const { type, name, id, incarnation, inputs, computed, unmanaged } = parsed;
  const faults = [
    ...Object.entries({ type, name, id }).flatMap(([key, value]) =>
      typeof value === "string" ? [] : [`"${key}" must be a text`],
    ),
    ...Object.entries({ inputs, computed }).flatMap(([key, value]) =>
      isMap(value) ? [] : [`"${key}" must be an object`],
    ),
    ...(Number.isInteger(incarnation) ? [] : ['"incarnation" must be a whole number']),
  ];
  if (faults.length > 0) {
    throw corrupt(path, faults.join(", "));
  }
  return {
    type: type as string,
    name: name as string,
    id: id as string,
    incarnation: incarnation as number,
    inputs: inputs as Bag,
    computed: computed as Bag,
    ...(unmanaged === true ? { unmanaged } : {}),
  };
}

function corrupt(path: string, reason: string): Error {
  return new Error(
    `${path} is not a resource of the simulated account: ${reason}; ` +
      "correct the file, or delete it, which is as if the resource had been deleted in AWS",
  );
}

function isMap(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
