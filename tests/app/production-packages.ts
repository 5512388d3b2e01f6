import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What the lockfile says of a package. */
export interface LockedPackage {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly hasInstallScript?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
}

const lockfile = join(__dirname, "..", "..", "package-lock.json");
const { packages } = JSON.parse(readFileSync(lockfile, "utf8")) as {
  readonly packages: Readonly<Record<string, LockedPackage | undefined>>;
};

/** Packages that the service needs in production, by their paths in the lockfile. */
export function productionPackages(): ReadonlyMap<string, LockedPackage> {
  const found = new Map<string, LockedPackage>();
  addDependencies("app", found);
  return found;
}

/** Finds dependencies as Node does: from the inside out. */
function addDependencies(from: string, found: Map<string, LockedPackage>): void {
  const locked = packages[from];
  for (const name of Object.keys({ ...locked?.dependencies, ...locked?.optionalDependencies })) {
    let folder = from;
    while (packages[join(folder, "node_modules", name)] === undefined) {
      assert.notEqual(folder, ".", `${name} of ${from} is not in the lockfile`);
      folder = join(folder, "..");
    }
    const path = join(folder, "node_modules", name);
    if (found.has(path)) continue;
    found.set(path, packages[path] ?? {});
    addDependencies(path, found);
  }
}
