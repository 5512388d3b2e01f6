import type { Bag, Json } from "../../../../tools/preview/graph";
import { isBag } from "../../../../tools/simulated-aws/protocol-values";
import type { Block } from "./resource-schema";

/** A state that differs from the planned one in one argument. */
export interface PriorState {
  /** Names of the argument and of the blocks around it. */
  readonly path: readonly string[];
  readonly prior: Bag;
}

/** What a resource is after a plan of it, with something in place of what only AWS knows. */
export function stateAfter(block: Block, after: Bag, unknown: Bag): Bag {
  const attributes = Object.entries(block.attributes ?? {}).map(([name, { type, optional }]) => {
    // An argument that is left to AWS is empty: any value could be one that nothing else goes with.
    const isArgument = optional === true && name !== "id";
    const value = isArgument ? emptyValue(type) : anyValue(type);
    return [name, unknown[name] === true ? value : (after[name] ?? null)];
  });
  const blocks = Object.entries(block.block_types ?? {}).map(([name, inner]) => {
    const [values, unknowns] = [list(after[name]), list(unknown[name])];
    return [
      name,
      inner.nesting_mode === "single"
        ? null
        : values.map((value, index) => stateAfter(inner.block, bag(value), bag(unknowns[index]))),
    ];
  });
  return Object.fromEntries([...attributes, ...blocks]) as Bag;
}

/**
 * A state for every argument of the block, in which this argument alone differs: another value
 * where it has one, any value where it has none and AWS sets none.
 */
export function statesWithout(block: Block, state: Bag): PriorState[] {
  return differences(block, state).map(({ path, value }) => ({ path, prior: value }));
}

function differences(block: Block, state: Bag): { path: string[]; value: Bag }[] {
  const attributes = Object.entries(block.attributes ?? {}).flatMap(
    ([name, { type, required, optional, computed }]) => {
      const value = state[name] ?? null;
      const isArgument = (required ?? optional) === true && name !== "id" && name !== "tags_all";
      return !isArgument || (value === null && computed === true)
        ? []
        : [
            {
              path: [name],
              value: { ...state, [name]: value === null ? anyValue(type) : another(value) },
            },
          ];
    },
  );
  const blocks = Object.entries(block.block_types ?? {}).flatMap(([name, inner]) => {
    const items = list(state[name]);
    return inner.nesting_mode === "single"
      ? []
      : items.length === 0
        ? [{ path: [name], value: { ...state, [name]: [anyBlock(inner.block)] } }]
        : items.flatMap((item, index) =>
            differences(inner.block, bag(item)).map(({ path, value }) => ({
              path: [name, ...path],
              value: { ...state, [name]: items.map((each, at) => (at === index ? value : each)) },
            })),
          );
  });
  return [...attributes, ...blocks];
}

function anyBlock({ attributes = {}, block_types: blocks = {} }: Block): Bag {
  return Object.fromEntries([
    ...Object.entries(attributes).map(([name, { type }]) => [name, anyValue(type)]),
    ...Object.keys(blocks).map((name) => [name, []]),
  ]) as Bag;
}

function anyValue(type: unknown): Json {
  switch (type) {
    case "string":
      return "x";
    case "number":
      return 1;
    case "bool":
      return true;
  }
  const [kind, inner] = type as [string, unknown];
  return kind === "map"
    ? { x: anyValue(inner) }
    : typeof inner === "string"
      ? [anyValue(inner)]
      : [];
}

function emptyValue(type: unknown): Json {
  switch (type) {
    case "string":
      return "";
    case "number":
      return 0;
    case "bool":
      return false;
  }
  const [kind] = type as [string, unknown];
  return kind === "map" ? {} : [];
}

function another(value: Json): Json {
  if (typeof value === "string") {
    // Documents are compared by what they say, and must be readable for that.
    return value.startsWith("{") ? '{"x":1}' : value.startsWith("[") ? "[]" : `${value}x`;
  }
  if (typeof value === "number") {
    return value + 1;
  }
  if (typeof value === "boolean") {
    return !value;
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? ["x"] : value.map((item) => another(item));
  }
  const [name = "x", inner = "x"] =
    Object.entries(bag(value)).find(([, each]) => typeof each === "string" && each !== "") ?? [];
  return { ...bag(value), [name]: another(inner) };
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function bag(value: Json | undefined): Bag {
  return isBag(value) ? value : {};
}
