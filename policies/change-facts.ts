import { findInstanceType } from "../capacity/catalogue";
import { UNKNOWN_VALUE } from "./unknown-value";
import { listOf, numberOf, textOf } from "./values";
import { TYPES } from "./wiring";

type Bag = Readonly<Record<string, unknown>>;

/** A number of the scaling, or why there is none to compare. */
export interface Figure {
  readonly value?: number;
  /** How a message names it where the number alone says too little. */
  readonly shown?: string;
  /** For example `is unknown`. */
  readonly missing?: string;
}

/** One number of the scaling that a change may move only so far. */
export interface Fact {
  readonly label: string;
  /** What follows the number in a message, for example ` vCPUs`. */
  readonly unit: string;
  /** True for what must not rise too far, false for what must not fall too far. */
  readonly isMaximum: boolean;
  readonly fix: string;
  /** The number in a resource's inputs; undefined where the resource has no such thing. */
  read(this: void, inputs: Bag): Figure | undefined;
}

/**
 * Step of a capacity provider whose managed scaling names none.
 * Source: ManagedScaling in the Amazon ECS API reference.
 */
const DEFAULT_STEP = 10_000;

/** What of each type is compared. */
export const FACTS: Readonly<Record<string, readonly Fact[]>> = {
  [TYPES.group]: [
    maximum("maxSize", "raise maxInstances or maxTasks in several changes"),
    minimum("minSize", "lower minInstances or minTasks in several changes"),
    largestInstance((inputs) =>
      listOf(valueAt(inputs, ["mixedInstancesPolicy", "launchTemplate", "overrides"])),
    ),
  ],
  [TYPES.target]: [
    maximum("maxCapacity", "raise maxTasks in several changes"),
    minimum("minCapacity", "lower minTasks in several changes"),
  ],
  [TYPES.capacityProvider]: [
    {
      label: "maximumScalingStepSize",
      unit: "",
      isMaximum: true,
      fix: "raise maxScalingStep in several changes",
      read: readStep,
    },
  ],
  [TYPES.launchTemplate]: [largestInstance((inputs) => [inputs])],
};

function maximum(property: string, fix: string): Fact {
  const read = (inputs: Bag): Figure => figureOf(inputs[property]);
  return { label: property, unit: "", isMaximum: true, fix, read };
}

function minimum(property: string, fix: string): Fact {
  return { ...maximum(property, fix), isMaximum: false };
}

function figureOf(value: unknown): Figure {
  if (value === UNKNOWN_VALUE) {
    return { missing: "is unknown" };
  }
  if (value === undefined || value === null) {
    return { missing: "is not set" };
  }
  const number = numberOf(value);
  return number === undefined ? { missing: "is no whole number" } : { value: number };
}

/** A capacity provider that does not scale its group has no step. */
function readStep(inputs: Bag): Figure | undefined {
  const at = (property: string): unknown =>
    valueAt(inputs, ["autoScalingGroupProvider", "managedScaling", property]);
  const status = at("status");
  const scaling = valueAt(inputs, ["autoScalingGroupProvider", "managedScaling"]);
  if (status === "DISABLED" || scaling === undefined || scaling === null) {
    return undefined;
  }
  return figureOf(at("maximumScalingStepSize") ?? DEFAULT_STEP);
}

/** The instance type with the most vCPUs that a resource names. */
function largestInstance(sourcesOf: (inputs: Bag) => readonly unknown[]): Fact {
  return {
    label: "the largest instance",
    unit: " vCPUs",
    isMaximum: true,
    fix: "choose a size between the two for one change",
    read: (inputs) => {
      const figures = sourcesOf(inputs).flatMap((source) => instanceOf(source) ?? []);
      const missing = figures.find(({ value }) => value === undefined);
      return missing ?? figures.sort((a, b) => (b.value ?? 0) - (a.value ?? 0))[0];
    },
  };
}

/** The type or the requirements of an override or a launch template; undefined where it has neither. */
function instanceOf(source: unknown): Figure | undefined {
  const instanceType = valueAt(source, ["instanceType"]);
  if (instanceType === UNKNOWN_VALUE) {
    return { missing: "is unknown" };
  }
  const name = textOf(instanceType);
  if (name !== undefined && name !== "") {
    const vCpus = findInstanceType(name)?.vCpus;
    return vCpus === undefined
      ? { missing: `(${name}, which capacity/instance-types.json lacks) is unknown` }
      : { value: vCpus, shown: `${name} (${String(vCpus)} vCPUs)` };
  }
  const requirements = valueAt(source, ["instanceRequirements"]);
  if (requirements === undefined || requirements === null) {
    return undefined;
  }
  const figure = figureOf(valueAt(source, ["instanceRequirements", "vcpuCount", "max"]));
  return figure.value === undefined
    ? figure
    : { ...figure, shown: `requirements of up to ${String(figure.value)} vCPUs` };
}

/** The value at a path; UNKNOWN_VALUE where something on the way is unknown. */
function valueAt(owner: unknown, path: readonly string[]): unknown {
  let value = owner;
  for (const key of path) {
    if (value === UNKNOWN_VALUE) {
      return UNKNOWN_VALUE;
    }
    // Lists of one stand for an object in states that older versions of the provider wrote.
    const [object] = listOf(value);
    value = object !== null && typeof object === "object" ? (object as Bag)[key] : undefined;
  }
  return value;
}
