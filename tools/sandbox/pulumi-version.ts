import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { foundAbove } from "./found-above";
import { SandboxError } from "./sandbox-error";

/** The pinned version of SDK and CLI: that of @pulumi/pulumi in the project's package.json, or in the one above it. */
export function pinnedVersion(directory: string): string {
  const file = foundAbove(directory, "package.json");
  const { dependencies } = JSON.parse(readFileSync(file, "utf8")) as {
    dependencies?: Record<string, string>;
  };
  const version = dependencies?.["@pulumi/pulumi"];
  if (version === undefined || parse(version) === undefined) {
    throw new SandboxError(
      `${file}: dependencies.@pulumi/pulumi is ${JSON.stringify(version)}; pin one exact version, for example "3.248.0"`,
    );
  }
  return version;
}

/** Milliseconds that a CLI may take to say its version; one takes less than a second. */
const PATIENCE = 30_000;

/**
 * What a CLI says of its version, for example `v3.248.0`; empty where it says nothing.
 *
 * @param patience milliseconds to wait for the answer
 * @throws SandboxError where it does not start, or does not answer
 */
export function versionOf(
  pulumi: string,
  environment: Readonly<Record<string, string>>,
  patience = PATIENCE,
): string {
  try {
    return execFileSync(pulumi, ["version"], {
      encoding: "utf8",
      env: environment,
      stdio: ["ignore", "pipe", "ignore"],
      timeout: patience,
      killSignal: "SIGKILL",
    }).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ETIMEDOUT") {
      throw new SandboxError(
        `${pulumi} did not answer \`pulumi version\` within ${String(patience / 1000)} s; check that it is the Pulumi CLI, or set PULUMI_BIN to the path of another one`,
      );
    }
    throw new SandboxError(
      `${pulumi} does not start: ${(error as Error).message.split("\n")[0] ?? ""}`,
    );
  }
}

/**
 * Compares a CLI with the pinned SDK: a program talks to the engine in the SDK's protocol, which
 * only grows with minor versions.
 *
 * @returns a warning for a newer CLI than the tested one
 * @throws SandboxError for an older CLI, or another major version
 */
export function checkVersion(pulumi: string, version: string, pinned: string): string | undefined {
  const [cli, sdk] = [parse(version), parse(pinned)];
  if (cli === undefined || sdk === undefined) {
    throw new SandboxError(
      `${pulumi} says that its version is ${JSON.stringify(version)}; use a released Pulumi CLI, ${pinned} or newer`,
    );
  }
  if (cli.major !== sdk.major || cli.minor < sdk.minor) {
    throw new SandboxError(
      `the Pulumi CLI at ${pulumi} is ${version}, but the project's SDK is ${pinned}; use a CLI from ${pinned} up to below ${String(sdk.major + 1)}.0.0`,
    );
  }
  return cli.minor > sdk.minor
    ? `the Pulumi CLI at ${pulumi} is ${version}; this project is tested with ${pinned}`
    : undefined;
}

function parse(version: string): { major: number; minor: number } | undefined {
  const found = /^v?(\d+)\.(\d+)\.\d+(?:[-+].*)?$/.exec(version);
  return found === null ? undefined : { major: Number(found[1]), minor: Number(found[2]) };
}
