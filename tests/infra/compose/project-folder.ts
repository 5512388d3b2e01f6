import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A temporary folder with files in it, and the way back. */
export interface ProjectFolder {
  readonly root: string;
  /** Writes files, their names relative to the folder. */
  write(files: Readonly<Record<string, string>>): void;
  remove(): void;
}

export function aProjectFolder(files: Readonly<Record<string, string>> = {}): ProjectFolder {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), "project-")));
  const write = (added: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(added)) {
      const file = path.join(root, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
      // Whatever the umask is.
      chmodSync(file, 0o644);
    }
  };
  write(files);
  return {
    root,
    write,
    remove: () => {
      rmSync(root, { recursive: true });
    },
  };
}

/** Makes a folder the working directory for a while, as a project's root is for its program. */
export function insideFolder<T>(folder: string, run: () => T): T {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return run();
  } finally {
    process.chdir(before);
  }
}
