import { existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import type { SandboxFolder } from "./sandbox-folder";

const HOST = process.platform === "win32" ? "pulumi-language-nodejs.exe" : "pulumi-language-nodejs";

/** The host that this project brings for a CLI that has none. */
const OWN_HOST = join(__dirname, "language-host", "start.cjs");

/**
 * Gives the sandbox's engine a language host for Node.js where the CLI comes without one, as a CLI
 * does that was built from its Go modules. An official host is left to the engine to find.
 *
 * @param path search path that the engine will have
 */
export function provideLanguageHost(folder: SandboxFolder, pulumi: string, path: string): void {
  const plugin = join(folder.home, "plugins", "language-nodejs-v0.0.1");
  // The engine looks beside the binary itself, not beside a link to it.
  const places = [dirname(realpathSync(pulumi)), ...path.split(delimiter)];
  if (places.some((place) => existsSync(join(place, HOST)))) {
    rmSync(plugin, { recursive: true, force: true });
    return;
  }
  mkdirSync(plugin, { recursive: true });
  const launcher = `#!/bin/sh\nexec ${quoted(process.execPath)} ${quoted(OWN_HOST)} "$@"\n`;
  writeFileSync(join(plugin, "pulumi-language-nodejs"), launcher, { mode: 0o755 });
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
