import type { ResourceGraph, ResourceNode, ResourceOptions } from "./graph";
import { alignColumns, plain, renderLine } from "./screen";
import type { Screen } from "./screen";

/** A resource and the lines of the tree that lead to it, for example `│  ├─ `. */
interface Row {
  readonly branch: string;
  readonly resource: ResourceNode;
}

/**
 * The resources as `pulumi preview` draws them: a line for each, children below their parents, with
 * the options by which a resource behaves other than usual. Siblings stand in the order of type and
 * name, because the order of registration differs from run to run.
 */
export function renderTree(graph: ResourceGraph, { colors, columns }: Screen): string {
  const rows = rowsOf(graph);
  const infos = rows.map(({ resource }) => describeOptions(resource.options));
  const titles = ["Type", "Name", "Plan", ...(infos.some((info) => info !== "") ? ["Info"] : [])];
  const cells = rows.map(({ branch, resource }, index) => [
    branch + displayType(resource.type),
    resource.name,
    "create",
    infos[index] ?? "",
  ]);
  const [header = [], ...lines] = alignColumns([titles, ...cells]);
  // Names matter more than a column that says what the plus sign says.
  const isNarrow =
    columns !== undefined && columns < `     ${header.slice(0, 3).join("  ")}`.length;

  const title = (isNarrow ? header.slice(0, 2) : header).join("  ");
  return [
    renderLine([{ text: `     ${title}`, paint: colors.bold }], columns),
    ...lines.map(([type = "", name = "", plan = "", info = ""], index) => {
      const branch = rows[index]?.branch ?? "";
      const resource = [
        { text: " +   ", paint: colors.green },
        { text: branch, paint: colors.dim },
        { text: `${type.slice(branch.length)}  ${name}  `, paint: plain },
      ];
      const fate = [
        { text: `${plan}  `, paint: colors.green },
        { text: info, paint: colors.yellow },
      ];
      return renderLine(isNarrow ? resource : [...resource, ...fate], columns);
    }),
  ].join("\n");
}

function rowsOf({ resources }: ResourceGraph): Row[] {
  const sorted = [...resources].sort(byTypeAndName);
  const urns = new Set(resources.map(({ urn }) => urn));
  const stack = resources.find(({ parent }) => parent === undefined);
  const children = new Map<string | undefined, ResourceNode[]>();
  for (const resource of sorted) {
    // As the engine's own display does it: a parent that is not there is the stack.
    const known = resource.parent === undefined || urns.has(resource.parent);
    const parent = known ? resource.parent : stack?.urn;
    children.set(parent, [...(children.get(parent) ?? []), resource]);
  }
  const below = (parent: string | undefined, indent: string): Row[] =>
    (children.get(parent) ?? []).flatMap((resource, index, siblings) => {
      const isLast = index === siblings.length - 1;
      return [
        { branch: `${indent}${isLast ? "└─ " : "├─ "}`, resource },
        ...below(resource.urn, `${indent}${isLast ? "   " : "│  "}`),
      ];
    });
  const roots = children.get(undefined) ?? [];
  return roots.flatMap((root) => [{ branch: "", resource: root }, ...below(root.urn, "")]);
}

/** Numbers within names count as numbers, so that the tenth subnet comes after the second. */
const collator = new Intl.Collator("en", { numeric: true });

function byTypeAndName(a: ResourceNode, b: ResourceNode): number {
  return (
    collator.compare(displayType(a.type), displayType(b.type)) ||
    collator.compare(a.name, b.name) ||
    (a.urn < b.urn ? -1 : 1)
  );
}

/** `aws:ec2/vpc:Vpc` as `aws:ec2:Vpc`: the file repeats the class (simplifyTypeName of the engine). */
function displayType(type: string): string {
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
