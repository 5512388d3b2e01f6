import type { Comparison, ResourceChange } from "../compare/comparison";
import { type Row, rowsOf } from "../preview/tree";

/** A place in the tree of what changes. */
interface ChangedPlace {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent: string | undefined;
  /** Undefined for what only leads to a change. */
  readonly change: ResourceChange | undefined;
}

/** The tree of a comparison: what changes, and the components around it; what is deleted stands where it stood. */
export function changedRows({
  before,
  after,
  changes,
  kept,
}: Comparison): readonly Row<ChangedPlace>[] {
  const renamed = new Map(
    [...changes, ...kept].flatMap(({ previousUrn, urn }) =>
      previousUrn === undefined ? [] : [[previousUrn, urn]],
    ),
  );
  const home = (urn: string) => inStack(renamed.get(urn) ?? urn, after.graph.stack);
  const homeOf = (urn: string | undefined) => (urn === undefined ? undefined : home(urn));
  const nodes = new Map(
    [...(before?.graph.resources ?? []), ...after.graph.resources].map((node) => [
      home(node.urn),
      { ...node, parent: homeOf(node.parent) },
    ]),
  );
  const shown = new Map<string, ChangedPlace>();
  for (const change of changes) {
    const { operation, urn, type, name } = change;
    // A deletion of what another resource takes the name of stands beside that one.
    const isTaken = operation === "delete" && shown.has(home(urn));
    const key = isTaken ? `${urn} deleted` : home(urn);
    const parent = (nodes.get(home(urn)) ?? change.after ?? change.before)?.parent;
    shown.set(key, { urn: key, type, name, parent: homeOf(parent), change });
  }
  for (const place of [...shown.values()]) {
    for (let { parent } = place; parent !== undefined && !shown.has(parent);) {
      const node = nodes.get(parent);
      if (node === undefined) break;
      const { type, name } = node;
      shown.set(parent, { urn: parent, type, name, parent: node.parent, change: undefined });
      parent = node.parent;
    }
  }
  return rowsOf([...shown.values()]);
}

/** The URN as it would be in the stack. */
function inStack(urn: string, stack: string): string {
  return urn.replace(/^urn:pulumi:[^:]*::/, `urn:pulumi:${stack}::`);
}
