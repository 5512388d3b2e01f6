import { closest, distance } from "fastest-levenshtein";
import catalogue from "./instance-types.json";

/** An EC2 instance type as the arithmetic of capacity and cost sees it. */
export interface InstanceType {
  readonly instanceType: string;
  readonly architecture: "arm64" | "x86_64";
  readonly vCpus: number;
  /** Memory that EC2 advertises; ECS registers less, see registeredMemoryMiB(). */
  readonly memoryMiB: number;
  /** Network interfaces of the instance, the primary one included. */
  readonly enis: number;
  /** Tasks in awsvpc mode with trunked interfaces, or null where EC2 does not offer trunking. */
  readonly trunkedTasks: number | null;
  readonly burstable: boolean;
  /** Linux On-Demand in us-east-1. */
  readonly usdPerHour: number;
}

/** Where the figures come from, and the day of the prices as YYYY-MM-DD. */
export const catalogueSource: Readonly<Record<"specifications" | "prices" | "pricedOn", string>> =
  catalogue.source;

/** Every known instance type, grouped by family and ordered by size. */
export const instanceTypes = catalogue.instanceTypes as readonly InstanceType[];

const byName = new Map(instanceTypes.map((entry) => [entry.instanceType, entry]));

/** The figures of an instance type, or undefined for one that the catalogue lacks. */
export function findInstanceType(name: string): InstanceType | undefined {
  return byName.get(name);
}

/** The known instance type of the architecture whose name is spelt most like the given one. */
export function nearestInstanceType(
  name: string,
  architecture: InstanceType["architecture"],
): string {
  const names = instanceTypes
    .filter((entry) => entry.architecture === architecture)
    .map((entry) => entry.instanceType);
  return closest(name, names);
}

const MOST_SLIPS = 2;

/** Names that EC2 might give: they are one letter from others, such as g5.xlarge from m5.xlarge, and no slip. */
const TYPE_NAME = /^[a-z][a-z0-9-]*\.(?:nano|micro|small|medium|(?:\d*x)?large|metal(?:-\d+xl)?)$/;

/** The known instance type of the architecture that a misspelt name means, or undefined where it is not misspelt. */
export function misspeltInstanceType(
  name: string,
  architecture: InstanceType["architecture"],
): string | undefined {
  const candidate = nearestInstanceType(name.toLowerCase(), architecture);
  return !TYPE_NAME.test(name) && distance(name.toLowerCase(), candidate) <= MOST_SLIPS
    ? candidate
    : undefined;
}
