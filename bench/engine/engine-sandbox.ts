import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { hermeticEnvironment } from "../../tools/sandbox/environment";
import { findPulumi } from "../../tools/sandbox/find-pulumi";
import { provideLanguageHost } from "../../tools/sandbox/language-host";
import { checkVersion, pinnedVersion, versionOf } from "../../tools/sandbox/pulumi-version";
import { openSandboxFolder, type SandboxFolder } from "../../tools/sandbox/sandbox-folder";
import { startSimulatedAws } from "../../tools/sandbox/simulated-aws";
import { runCommand, type RunLimits } from "../preview/run-command";

const REGION = "eu-central-1";
const STACK = "dev";

/** The CLI of the version that the project pins, which a benchmark takes as it is. */
export interface Cli {
  readonly path: string;
  /** Where its version is another one. */
  readonly warning: string | undefined;
}

/** When a run of the engine writes its state. */
export type Saving = "eachStep" | "once";

/** Source: sdk/go/common/env/env.go of pulumi/pulumi. */
const SAVING: Readonly<Record<Saving, Readonly<Record<string, string>>>> = {
  eachStep: {},
  once: { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" },
};

/** Finds the CLI. Throws an error with the ways to get one where there is none. */
export function findCli(): Cli {
  const directory = resolve(__dirname, "../..");
  const path = findPulumi({ environment: process.env, directory });
  const version = versionOf(path, { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" });
  return { path, warning: checkVersion(path, version, pinnedVersion(directory)) };
}

/** A project in a temporary folder that the real engine runs against a simulated AWS of its own. */
export class EngineSandbox {
  readonly project: string;
  private readonly root: string;
  private readonly folder: SandboxFolder;

  /** @param fill writes the project's files into the folder that it is given */
  constructor(
    private readonly pulumi: string,
    private readonly limits: RunLimits,
    fill: (project: string) => void,
  ) {
    this.root = mkdtempSync(join(tmpdir(), "bench-engine-"));
    this.project = join(this.root, "project");
    this.folder = openSandboxFolder(join(this.root, "sandbox"));
    fill(this.project);
    provideLanguageHost(this.folder, pulumi, this.environment()["PATH"] ?? "");
  }

  /** Creates the stack. */
  async init(): Promise<void> {
    await this.pulumiCommand(["stack", "init"], this.environment());
    await this.pulumiCommand(["config", "set", "aws:region", REGION], this.environment());
  }

  /**
   * Runs a command of the CLI and gives its wall time in milliseconds, without that of the AWS.
   *
   * @param saving `eachStep` is how the engine comes: its file backend writes the whole state around every
   *   step. `once` has it write the state at the end only.
   */
  async time(args: readonly string[], saving: Saving = "eachStep"): Promise<number> {
    const aws = await startSimulatedAws({
      account: { region: REGION, defaultTags: {} },
      folder: this.folder.account(STACK),
      directory: this.project,
    });
    try {
      const environment = this.environment(aws.ports);
      return await this.pulumiCommand(args, { ...environment, ...SAVING[saving] });
    } finally {
      await aws.stop();
    }
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true, maxRetries: 3 });
  }

  private environment(ports?: Parameters<typeof hermeticEnvironment>[1]["ports"]) {
    const settings = { inherited: process.env, pulumi: this.pulumi };
    return hermeticEnvironment(this.folder, {
      ...settings,
      ...(ports === undefined ? {} : { ports }),
    });
  }

  private async pulumiCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
    const run = {
      file: this.pulumi,
      args: [...args, "--stack", STACK, "--non-interactive", "--color", "never"],
      cwd: this.project,
      env,
    };
    return (await runCommand(run, this.limits)).wallMs;
  }
}
