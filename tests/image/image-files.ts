import { execute } from "./docker";
import type { Engine } from "./engine";
import { LABEL } from "./run-traces";

/** A file or link of an image. */
export interface ImageFile {
  readonly bytes: number;
  /** True where a process with the contract's user could write to it. */
  readonly isWritable: boolean;
  /** SHA-256 of the content, hex. */
  readonly hash: string;
}

/** What Node in the image itself finds below `/`, the engine's own file systems left out. */
function listFiles(user: number): void {
  const fs = process.getBuiltinModule("node:fs");
  const { createHash } = process.getBuiltinModule("node:crypto");
  const path = process.getBuiltinModule("node:path");
  const files: [string, ImageFile][] = [];
  const visit = (folder: string): void => {
    for (const name of fs.readdirSync(folder)) {
      const file = path.join(folder, name);
      const stat = fs.lstatSync(file);
      if (stat.isDirectory()) {
        if (!["/proc", "/sys", "/dev"].includes(file)) visit(file);
        continue;
      }
      const content = stat.isFile() ? fs.readFileSync(file) : "";
      const isWritable = !stat.isSymbolicLink() && (stat.uid === user || (stat.mode & 0o002) !== 0);
      const hash = createHash("sha256").update(content).digest("hex");
      files.push([file, { bytes: stat.size, isWritable, hash }]);
    }
  };
  visit("/");
  process.stdout.write(JSON.stringify(files));
}

/** Files of an image by their paths; those that the engine puts into every container are left out. */
export async function filesOf(
  { docker, id, contract }: Engine,
  image: string,
): Promise<ReadonlyMap<string, ImageFile>> {
  const user = Number(contract.user?.split(":")[0]);
  const script = `(${listFiles.toString()})(${user})`;
  const { stdout } = await execute(docker, [
    ...["run", "--rm", "--label", `${LABEL}=${id}`, "--network", "none", "--user", "0"],
    ...["--entrypoint", "node", image, "-e", script],
  ]);
  const injected = ["/.dockerenv", "/etc/hostname", "/etc/hosts", "/etc/resolv.conf"];
  const files = JSON.parse(stdout) as readonly (readonly [string, ImageFile])[];
  return new Map(files.filter(([path]) => !injected.includes(path)));
}
