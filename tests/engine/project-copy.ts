import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parseDocument } from "yaml";
import type { Json } from "../../tools/preview/graph";

/** What the engine needs of the project. */
const PARTS = [
  ...["Pulumi.yaml", "tsconfig.json", "package.json", "package-lock.json"],
  ...[".npmrc", ".dockerignore", "app", "capacity", "infra", "policies"],
];

/** The stacks as they are shipped, whatever has become of those of the working tree (shipped-files.ts). */
const STACKS = ["Pulumi.dev.yaml", "Pulumi.prod.yaml"];

/** Copies the project without its packages, which the copy shares. */
export function copyProject(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const part of PARTS) {
    cpSync(part, join(folder, part), {
      recursive: true,
      filter: (path) => !["dist", "node_modules"].includes(basename(path)),
    });
  }
  for (const stack of STACKS) cpSync(join("tests/shipped", stack), join(folder, stack));
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
}

/** Changes settings in a stack file; undefined takes a setting out. */
export function changeSettings(
  stackFile: string,
  settings: Readonly<Record<string, Json | undefined>>,
): void {
  const document = parseDocument(readFileSync(stackFile, "utf8"));
  for (const [key, value] of Object.entries(settings)) {
    const path = ["config", key.includes(":") ? key : `ecs-on-ec2:${key}`];
    if (value === undefined) document.deleteIn(path);
    else document.setIn(path, document.createNode(value));
  }
  writeFileSync(stackFile, document.toString());
}
