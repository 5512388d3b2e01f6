import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readSides } from "../../tools/compare/side-format";
import type { StackSide } from "../../tools/compare/stack-side";
import type { Json, ResourceGraph, ResourceNode } from "../../tools/preview/graph";
import { copyProject } from "../engine/project-copy";
import { sideOf as shippedSide } from "./sides";
import type { StackChange } from "./stack-changes";
import { shippedFiles } from "./shipped-files";

/** The stack of an environment as its shipped settings describe it, with others in their place. */
export function recordedSide(
  stack: string,
  settings: Readonly<Record<string, Json>> = {},
): Promise<StackSide> {
  const files = shippedFiles(stack);
  const changed = Object.entries(settings).map(([key, value]) => [
    key.includes(":") ? key : `${files.project}:${key}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return shippedSide(stack, Object.fromEntries(changed) as Record<string, string>, stack);
}

/** The stack of an environment from a copy of the project whose files are edited. */
export function editedSide(stack: string, edits: Required<StackChange>["edits"]): StackSide {
  const folder = mkdtempSync(join(tmpdir(), "stack-side-"));
  try {
    copyProject(folder);
    for (const [file, edit] of Object.entries(edits)) {
      const path = join(folder, file);
      writeFileSync(path, edit(readFileSync(path, "utf8")));
    }
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [resolve("tools/compare/start.cjs"), "edited", stack],
      { cwd: folder, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
    );
    const [recorded] = readSides(stdout, "edited");
    if (recorded === undefined || !("side" in recorded)) throw new Error(stderr);
    return recorded.side;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A side of which only the graph matters. */
export function sideOf(
  resources: readonly ResourceNode[],
  { stack = "dev", outputs = {}, settings = {} }: Partial<ResourceGraph & StackSide> = {},
): StackSide {
  const sorted = [...resources].sort((one, other) => (one.urn < other.urn ? -1 : 1));
  const graph = { project: "shop", stack, resources: sorted, outputs };
  const judgement = { limits: {}, levels: {}, waivers: [] };
  return { label: stack, settings, graph, judgement } as unknown as StackSide;
}

const STACK_TYPE = "pulumi:pulumi:Stack";

/** What of a resource matters to a test; everything else is as the engine's defaults are. */
export type NodeSketch = Partial<Omit<ResourceNode, "urn">> & { readonly stack?: string };

/** A resource, a custom one without a parent unless it says otherwise. */
export function aNode(type: string, name: string, sketch: NodeSketch = {}): ResourceNode {
  const { stack = "dev", ...given } = sketch;
  const parentTypes = given.parent?.split("::")[2] ?? STACK_TYPE;
  const types = parentTypes === STACK_TYPE ? type : `${parentTypes}$${type}`;
  return {
    urn: `urn:pulumi:${stack}::shop::${types}::${name}`,
    type,
    name,
    parent: undefined,
    custom: !type.startsWith("shop:"),
    remote: false,
    inputs: {},
    outputs: {},
    dependencies: [],
    propertyDependencies: {},
    options: {},
    source: undefined,
    ...given,
  };
}
