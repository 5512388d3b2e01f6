import { checkVersion, pinnedVersion, versionOf } from "../../tools/sandbox/pulumi-version";
import { findPulumi } from "../../tools/sandbox/find-pulumi";
import { SandboxError } from "../../tools/sandbox/sandbox-error";

let found: string | undefined;

/** Path of the CLI that every test runs. */
export function pulumiCli(): string {
  if (found === undefined) throw new Error("the CLI is known from the root hook on");
  return found;
}

before(function () {
  try {
    const pulumi = findPulumi({ environment: process.env, directory: process.cwd() });
    const version = versionOf(pulumi, { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" });
    checkVersion(pulumi, version, pinnedVersion(process.cwd()));
    found = pulumi;
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    skip(this, error.message);
  }
});

/**
 * Skips every test where there is no CLI, in words that nobody can overlook, or fails where
 * ENGINE_TESTS=required says that nothing may be skipped.
 */
function skip(context: Mocha.Context, reason: string): never {
  if (process.env["ENGINE_TESTS"] === "required") {
    throw new Error(`${reason}\nENGINE_TESTS=required lets nothing be skipped`);
  }
  const line = "!".repeat(76);
  process.stdout.write(`\n${line}\nskipped: no Pulumi CLI\n${reason}\n${line}\n\n`);
  return context.skip();
}
