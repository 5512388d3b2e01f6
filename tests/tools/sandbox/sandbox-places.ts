import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A temporary folder that is gone when the suite of tests is over. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "sandbox-")));
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Writes a file with its folders. */
export function write(path: string, text: string, mode = 0o644): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

/**
 * A CLI that answers `version`, creates a stack as the real one does, and else writes what it was
 * called with into `calls`, a line each: arguments, attached providers, passphrase.
 */
export function fakePulumi(path: string, version = "v3.248.0"): { path: string; calls: string } {
  const calls = `${path}.calls`;
  write(
    path,
    `#!/bin/sh
case "$1 $2" in
  "version ") echo "${version}" ;;
  "stack init")
    url="$\{PULUMI_BACKEND_URL#file://}"
    state="$\{url%%\\?*}/.pulumi/stacks/shop"
    mkdir -p "$state" && echo '{"checkpoint":{"latest":{"resources":[]}}}' > "$state/$3.json"
    echo "encryptionsalt: v1:made-by-the-cli" > "Pulumi.$3.yaml" ;;
  *) echo "$*|$PULUMI_DEBUG_PROVIDERS|$\{PULUMI_CONFIG_PASSPHRASE-unset}|$(pwd)" >> '${calls}'
     exit "$\{FAKE_EXIT:-0}" ;;
esac
`,
    0o755,
  );
  return { path, calls };
}

/** A project with the stacks dev and prod. */
export function projectFolder(): string {
  const folder = temporaryFolder();
  write(
    join(folder, "Pulumi.yaml"),
    "name: shop\nruntime: nodejs\nconfig:\n  minTasks: { type: integer, default: 1 }\n  email: { type: string, default: '' }\n",
  );
  for (const stack of ["dev", "prod"]) {
    write(
      join(folder, `Pulumi.${stack}.yaml`),
      `config:\n  aws:region: eu-central-1\n  minTasks: 2 # kept\n`,
    );
  }
  write(join(folder, "package.json"), '{ "dependencies": { "@pulumi/pulumi": "3.248.0" } }');
  return folder;
}
