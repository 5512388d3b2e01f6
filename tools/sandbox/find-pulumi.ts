import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { delimiter, join, resolve, sep } from "node:path";
import type { Environment } from "../preview/screen";
import { SandboxError } from "./sandbox-error";

/** Where the CLI is looked for. */
export interface SearchPlaces {
  readonly environment: Environment;
  /** Folder of the project, whose packages may hold the official npm wrapper. */
  readonly directory: string;
}

/** The three ways to a CLI, for a person who has none. */
const WAYS = `get it in one of three ways:
  - install it, so that \`pulumi\` is on the PATH: https://www.pulumi.com/docs/iac/download-install/
  - npm install --no-save pulumi: the official npm package, which downloads it when it is first used
  - set PULUMI_BIN to the path of any other one; .ci/pulumi/build builds one with Go and prints its path`;

/**
 * Path of the Pulumi CLI: PULUMI_BIN, else `pulumi` on the PATH, else the one of the official npm
 * package in the project's node_modules, which may download it.
 *
 * @throws SandboxError where there is none, with the ways to get it
 */
export function findPulumi({ environment, directory }: SearchPlaces): string {
  const named = environment["PULUMI_BIN"];
  if (named !== undefined && named !== "") {
    return checkNamed(resolve(directory, named));
  }
  const installed = onPath(environment);
  if (installed !== undefined) {
    return installed;
  }
  const wrapper = join(directory, "node_modules", "pulumi", "lib", "resolve.js");
  if (existsSync(wrapper)) {
    return fromNpm(wrapper, environment);
  }
  throw new SandboxError(`no Pulumi CLI found; ${WAYS}`);
}

function checkNamed(path: string): string {
  if (!isExecutable(path)) {
    const hint = existsSync(join(path, executable))
      ? `; did you mean ${join(path, executable)}?`
      : "";
    throw new SandboxError(
      `PULUMI_BIN is ${path}, which is no executable file${hint}; set it to the path of the Pulumi CLI, or unset it`,
    );
  }
  return path;
}

const executable = process.platform === "win32" ? "pulumi.exe" : "pulumi";

function onPath(environment: Environment): string | undefined {
  return (environment["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "" && !isOfNpm(folder))
    .map((folder) => join(folder, executable))
    .find(isExecutable);
}

/** npm puts these on the PATH of its scripts; the wrapper there would download into the sandbox's folder. */
const isOfNpm = (folder: string): boolean =>
  folder.includes(`${sep}node_modules${sep}`) || folder.endsWith(`${sep}node_modules`);

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The binary that the wrapper would start, downloaded to where the user's own runs look for it too. */
function fromNpm(wrapper: string, environment: Environment): string {
  const script = `require(${JSON.stringify(wrapper)}).resolve().then((path) => process.stdout.write(path))`;
  try {
    const path = execFileSync(process.execPath, ["--eval", script], {
      encoding: "utf8",
      env: environment,
      stdio: ["ignore", "pipe", "inherit"],
    });
    if (isExecutable(path)) {
      return path;
    }
  } catch {
    // Its own words are on the screen by now.
  }
  throw new SandboxError(`the npm package pulumi could not get the Pulumi CLI; ${WAYS}`);
}
