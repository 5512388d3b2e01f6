import type { ResourceNode } from "../../preview/graph";
import { readable } from "./readable";
import type { ComparedSide } from "./compared-sides";

/** A resource for a person: `Role web-task`. */
export function titleOf({ type, name }: Pick<ResourceNode, "type" | "name">): string {
  return `${type.split(":").at(-1) ?? type} ${name}`;
}

/** The title of the resource with the URN; what the stack does not declare by what it is called. */
export function nameOf(side: ComparedSide, subject: string): string {
  const node = side.get(subject);
  return node === undefined ? readable(subject) : titleOf(node);
}
