import { existsSync } from "node:fs";
import { join } from "node:path";
import type { RepositoryPlace } from "../policy/sarif-log";
import type { Remark } from "./remarks";

/** Where the project stands in its repository, and how its files are called. */
export interface ReviewPlace extends RepositoryPlace {
  /**
   * What the name of a stack's file ends with, which is that of the project's.
   *
   * @default ".yaml"
   */
  readonly extension?: ".yaml" | ".yml";
}

/** The extension of the project's files in a folder. */
export function extensionIn(directory: string): ".yaml" | ".yml" {
  return existsSync(join(directory, "Pulumi.yaml")) ? ".yaml" : ".yml";
}

/** The line of a remark: what the program declares nowhere is shown at the stack's file, where most remedies are. */
export function shownAt(
  { source, stack }: Pick<Remark, "source" | "stack">,
  { extension = ".yaml" }: ReviewPlace,
): { readonly file: string; readonly line: number } {
  return source ?? { file: `Pulumi.${stack}${extension}`, line: 1 };
}
