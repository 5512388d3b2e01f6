import { boundaryGrants, boundaryRefusals } from "../../bootstrap/permissions/boundary";
import type { Area, Grant } from "../../bootstrap/permissions/permission-table";
import { AREAS } from "../../bootstrap/permissions/policy-documents";
import { stateReads, stateWrites } from "../../bootstrap/permissions/state";
import { PROD, STATE } from "../bootstrap/documents";

/** docs/permissions.md: every permission of the roles that bootstrap/ makes, as Markdown. */
export function renderPermissions(): string {
  return [
    ...AREAS.flatMap((area) => [`## ${area.name}`, renderCalls(area), renderStatements(area)]),
    "## state",
    statementTable([
      ...stateReads(PROD, STATE).map((grant) => ["preview", grant] as const),
      ...stateWrites(PROD, STATE).map((grant) => ["deploy", grant] as const),
    ]),
    "## boundary",
    statementTable([
      ...boundaryGrants(PROD, []).map((grant) => ["at most", grant] as const),
      ...boundaryRefusals(STATE).map((grant) => ["never", grant] as const),
    ]),
  ].join("\n\n");
}

function renderCalls({ types, functions = {} }: Area): string {
  return table(
    ["Type or function", "Create", "Read", "Update", "Delete", "Source"],
    [
      ...Object.entries(types).map(([type, { create, read, update, delete: remove, source }]) => [
        code([type]),
        ...[create, read, update, remove].map(code),
        source,
      ]),
      ...Object.entries(functions).map(([token, { read, source }]) => [
        code([token]),
        "",
        code(read),
        "",
        "",
        source,
      ]),
    ],
  );
}

function renderStatements({ reads, writes }: Area): string {
  return statementTable([
    ...reads(PROD).map((grant) => ["both", grant] as const),
    ...writes(PROD).map((grant) => ["deploy", grant] as const),
  ]);
}

function statementTable(grants: readonly (readonly [role: string, Grant])[]): string {
  return table(
    ["Statement", "Role", "Actions", "Resources", "Condition", "Why"],
    grants.map(([role, { sid, actions, resources, condition, why }]) => [
      sid,
      role,
      code(actions),
      code(resources),
      condition === undefined ? "" : code(conditionLines(condition)),
      why,
    ]),
  );
}

function conditionLines(condition: NonNullable<Grant["condition"]>): string[] {
  return Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(
      ([key, values]) => `${operator} ${key}: ${[values].flat().join(", ")}`,
    ),
  );
}

const code = (texts: readonly string[]): string => texts.map((text) => `\`${text}\``).join("<br>");

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
