import type { Bag, Json, ResourceGraph, ResourceNode } from "../preview/graph";
import { textInBase64 } from "./base64-text";
import { nodeInNamesOfToday, inNamesOfToday } from "./earlier-names";

/**
 * A stack's graph in the names of another stack: what is the same but for the name is as the other one
 * would have it, and what the program makes of the name itself stays as the stack has it.
 *
 * @param itself the stack as it is
 * @param renamed the same configuration under the other stack's name
 */
export function inNamesOf(itself: ResourceGraph, renamed: ResourceGraph): ResourceGraph {
  const names: Names = [itself.stack, renamed.stack];
  const nodes = new Map(renamed.resources.map((node) => [node.urn, node]));
  const urns = new Map(
    itself.resources.map(({ urn }) => [urn, renamedUrn(urn, names, (other) => nodes.has(other))]),
  );
  const toRenamed = (urn: string): string => urns.get(urn) ?? urn;
  const resources = itself.resources.map((node) => {
    const own = { ...nodeInNamesOfToday(node, toRenamed), urn: toRenamed(node.urn) };
    const other = nodes.get(own.urn);
    return other === undefined ? own : merged(own, other, names);
  });
  const outputs = inNamesOfToday(itself.outputs, toRenamed);
  return {
    ...renamed,
    resources: resources.sort((one, other) => (one.urn < other.urn ? -1 : 1)),
    outputs: pick(outputs, renamed.outputs, names) as Bag,
  };
}

type Names = readonly [own: string, other: string];

/** With the name of the other stack in its place, and in the resource's own name where the other stack has such a one. */
function renamedUrn(urn: string, [own, other]: Names, exists: (urn: string) => boolean): string {
  const start = `urn:pulumi:${own}::`;
  const end = urn.slice(start.length);
  const moved = `urn:pulumi:${other}::${end}`;
  const alike = `urn:pulumi:${other}::${end.replaceAll(own, other)}`;
  return !exists(moved) && exists(alike) ? alike : moved;
}

function merged(own: ResourceNode, other: ResourceNode, names: Names): ResourceNode {
  return {
    ...other,
    inputs: pick(own.inputs, other.inputs, names) as Bag,
    outputs: pick(own.outputs, other.outputs, names) as Bag,
    options: pick(own.options as Json, other.options as Json, names) as ResourceNode["options"],
  };
}

/** What is the same but for the name as the other stack has it, the rest as the stack itself has it. */
function pick(own: Json | undefined, other: Json | undefined, names: Names): Json | undefined {
  if (own === undefined || other === undefined || own === other) return own;
  if (Array.isArray(own) && Array.isArray(other) && own.length === other.length) {
    return own.map((value, index) => pick(value, other[index], names) as Json);
  }
  if (isMap(own) && isMap(other)) {
    return Object.fromEntries(
      Object.entries(own).map(([key, value]) => [key, pick(value, other[key], names) as Json]),
    );
  }
  const isAlike =
    typeof own === "string" &&
    typeof other === "string" &&
    nameless(own, names) === nameless(other, names);
  return isAlike ? other : own;
}

/** The text with one mark for either name, which may be a part of another word in both. */
function nameless(text: string, [own, other]: Names): string {
  const plain = textInBase64(text) ?? text;
  const [first, second] = own.length > other.length ? [own, other] : [other, own];
  return plain.replaceAll(first, NAME).replaceAll(second, NAME);
}

const NAME = "\u0000";

const isMap = (value: Json): value is Bag =>
  typeof value === "object" && value !== null && !Array.isArray(value);
