import type { PolicyFinding } from "../policy/verdict";
import type { ResourceGraph, ResourceNode, ResourceOptions } from "./graph";
import { alignColumns, plain, renderLine } from "./screen";
import type { Screen } from "./screen";

/** What places a resource in the tree. */
type Placed = Pick<ResourceNode, "urn" | "type" | "name" | "parent">;

/** A resource and the lines of the tree that lead to it, for example `│  ├─ `. */
export interface Row<Resource extends Placed> {
  readonly branch: string;
  /** The same for a line below it, for example `│  │  `. */
  readonly below: string;
  readonly resource: Resource;
}

/**
 * The resources as `pulumi preview` draws them: a line for each, children below their parents, with
 * the options by which a resource behaves other than usual. On a terminal that is too narrow the column
 * Plan is left out; no line is cut. Below a resource stand the policies that it
 * violates, with the place of its declaration. Siblings stand in the order of type and name, because
 * the order of registration differs from run to run.
 */
export function renderTree(
  graph: ResourceGraph,
  { colors, columns }: Screen,
  findings: readonly PolicyFinding[] = [],
): string {
  const rows = rowsOf(graph.resources);
  const infos = rows.map(({ resource }) => describeOptions(resource.options));
  const titles = ["Type", "Name", "Plan", ...(infos.some((info) => info !== "") ? ["Info"] : [])];
  const cells = rows.map(({ branch, resource }, index) => [
    branch + displayType(resource.type),
    resource.name,
    "create",
    infos[index] ?? "",
  ]);
  const [header = [], ...lines] = alignColumns([titles, ...cells]);
  const widest = Math.max(...lines.map((line) => `${margin}${line.join("  ")}`.trimEnd().length));
  // The plus sign says what the column Plan says; the options stand close to the name then.
  const isNarrow = columns !== undefined && columns < widest;

  const title = (isNarrow ? header.slice(0, 2) : header).join("  ");
  return [
    renderLine([{ text: `${margin}${title}`, paint: colors.bold }]),
    ...lines.flatMap(([type = "", name = "", plan = "", info = ""], index) => {
      const row = rows[index];
      const branch = row?.branch ?? "";
      return [
        renderLine([
          { text: " +   ", paint: colors.green },
          { text: branch, paint: colors.dim },
          { text: `${type.slice(branch.length)}  `, paint: plain },
          { text: `${isNarrow ? name.trimEnd() : name}  `, paint: plain },
          { text: isNarrow ? "" : `${plan}  `, paint: colors.green },
          { text: info.trimEnd(), paint: colors.yellow },
        ]),
        ...violationsAt(row?.resource, findings).map(({ level, text }) => {
          const paint = level === "mandatory" ? colors.red : colors.yellow;
          const lead = { text: row?.below ?? "", paint: colors.dim };
          return renderLine([{ text: " !   ", paint }, lead, { text, paint }]);
        }),
      ];
    }),
  ].join("\n");
}

/** Room for the sign at the begin of a line. */
const margin = "     ";

/** The rows of a tree, each parent above its children. */
export function rowsOf<Resource extends Placed>(
  resources: readonly Resource[],
): readonly Row<Resource>[] {
  const sorted = [...resources].sort(byTypeAndName);
  const urns = new Set(resources.map(({ urn }) => urn));
  const stack = resources.find(({ parent }) => parent === undefined);
  const children = new Map<string | undefined, Resource[]>();
  for (const resource of sorted) {
    // As the engine's own display does it: a parent that is not there is the stack.
    const known = resource.parent === undefined || urns.has(resource.parent);
    const parent = known ? resource.parent : stack?.urn;
    children.set(parent, [...(children.get(parent) ?? []), resource]);
  }
  const below = (parent: string | undefined, indent: string): Row<Resource>[] =>
    (children.get(parent) ?? []).flatMap((resource, index, siblings) => {
      const isLast = index === siblings.length - 1;
      const inner = `${indent}${isLast ? "   " : "│  "}`;
      return rowAndBelow(resource, `${indent}${isLast ? "└─ " : "├─ "}`, inner);
    });
  const rowAndBelow = (resource: Resource, branch: string, inner: string): Row<Resource>[] => {
    const rest = below(resource.urn, inner);
    return [{ branch, below: `${inner}${rest.length > 0 ? "│  " : "   "}`, resource }, ...rest];
  };
  const roots = children.get(undefined) ?? [];
  return roots.flatMap((root) => rowAndBelow(root, "", ""));
}

/** The policies that a resource violates, each once, mandatory ones first. */
function violationsAt(
  resource: ResourceNode | undefined,
  findings: readonly PolicyFinding[],
): { readonly level: PolicyFinding["level"]; readonly text: string }[] {
  const texts = new Map<string, PolicyFinding["level"]>();
  for (const { urn, outcome, level, policy, source } of findings) {
    if (urn === resource?.urn && outcome === "violation") {
      const place = source === undefined ? "" : ` (${source.file}:${String(source.line)})`;
      texts.set(`${level} policy ${policy}${place}`, level);
    }
  }
  return [...texts].map(([text, level]) => ({ level, text }));
}

/** Numbers within names count as numbers, so that the tenth subnet comes after the second. */
const collator = new Intl.Collator("en", { numeric: true });

/** The order of siblings. */
function byTypeAndName(a: Placed, b: Placed): number {
  return (
    collator.compare(displayType(a.type), displayType(b.type)) ||
    collator.compare(a.name, b.name) ||
    (a.urn < b.urn ? -1 : 1)
  );
}

/** `aws:ec2/vpc:Vpc` as `aws:ec2:Vpc`: the file repeats the class (simplifyTypeName of the engine). */
export function displayType(type: string): string {
  return type.replace(/^([^:]+:[^:]*)\/([^:/]+):([^:]+)$/, (whole, module, file, name) =>
    file === lowerFirst(String(name)) ? `${module}:${name}` : whole,
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function describeOptions(options: ResourceOptions): string {
  return [
    options.protect === true ? "protected" : "",
    options.retainOnDelete === true ? "retained on delete" : "",
    options.deleteBeforeReplace === true ? "deleted before replaced" : "",
    options.ignoreChanges === undefined ? "" : `ignores ${options.ignoreChanges.join(", ")}`,
  ]
    .filter((text) => text !== "")
    .join("; ");
}
