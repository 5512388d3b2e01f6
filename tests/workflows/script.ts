import { createRequire } from "node:module";
import { resolve } from "node:path";

/** Loads a script of the workflows, as actions/github-script does. */
export function script(name: string): unknown {
  return createRequire(__filename)(resolve(".github/scripts", name));
}
