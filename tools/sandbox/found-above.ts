import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Path of a file or folder in the project or in the nearest folder above it that has one, as npm finds
 * packages: a second program in a folder of its own shares what lies above. In the project where none has.
 */
export function foundAbove(project: string, name: string): string {
  for (let folder = project; ; folder = dirname(folder)) {
    if (existsSync(join(folder, name))) return join(folder, name);
    if (dirname(folder) === folder) return join(project, name);
  }
}
