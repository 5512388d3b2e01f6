import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Json } from "../../tools/preview/graph";
import { loadStackFiles } from "../../tools/preview/stack-files";
import { hermeticEnvironment } from "../../tools/sandbox/environment";
import { provideLanguageHost } from "../../tools/sandbox/language-host";
import { openSandboxFolder, type SandboxFolder } from "../../tools/sandbox/sandbox-folder";
import { type StartedAws, startSimulatedAws } from "../../tools/sandbox/simulated-aws";
import { type AwsAccount, accountOf } from "../../tools/simulated-aws/account";
import { openAccount } from "../../tools/simulated-aws/cloud/account-folder";
import type { Faults } from "../../tools/simulated-aws/cloud/faults";
import type { StoredResource } from "../../tools/simulated-aws/cloud/stored-resource";
import { type EngineLog, readEventLog } from "./event-log";
import { changeSettings, copyProject } from "./project-copy";
import { pulumiCli } from "./pulumi-cli";

/** A run of the CLI that has ended. */
export interface EngineRun extends EngineLog {
  /** Undefined where a signal ended it. */
  readonly exitCode: number | undefined;
  /** Everything that it printed. */
  readonly output: string;
  readonly seconds: number;
}

/** A run of the CLI that is going on. */
export interface RunningEngine {
  readonly pid: number;
  readonly ended: Promise<EngineRun>;
}

/** How a command is run. */
export interface RunOptions {
  /** What goes wrong on purpose. @default nothing */
  readonly faults?: Faults;
  /** False leaves the policy pack out. @default true, for the commands that run the program */
  readonly judged?: boolean;
  /** True shows first what the command would do, which stops it where that is refused. @default false */
  readonly previewed?: boolean;
  /** Variables beside the hermetic ones. @default none */
  readonly variables?: Readonly<Record<string, string>>;
}

/** A stack's resource as the state file has it. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, Json>>;
  readonly outputs?: Readonly<Record<string, Json>>;
  readonly protect?: boolean;
}

const TIME_LIMIT_MS = 240_000;
const JUDGED = ["preview", "up"];

/** What the commands that run the engine take to ask nothing. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  preview: [],
  up: ["--yes"],
  refresh: ["--yes"],
  destroy: ["--yes"],
};

const open = new Set<EngineStack>();

after(async () => {
  for (const stack of open) await stack.remove();
});

/**
 * A stack that the real engine deploys from a copy of the project to a simulated account of its own,
 * all in one temporary folder.
 */
export class EngineStack {
  readonly project: string;
  readonly folder: SandboxFolder;
  private aws: { readonly key: string; readonly started: StartedAws } | undefined;
  private runs = 0;

  private constructor(
    readonly stack: string,
    private readonly root: string,
    readonly passphrase: string,
  ) {
    this.project = join(root, "project");
    this.folder = openSandboxFolder(join(root, "sandbox"));
    open.add(this);
  }

  /** Makes a stack that nothing is deployed of yet, with these settings in place of its file's. */
  static async create(
    stack: string,
    settings: Readonly<Record<string, Json | undefined>> = {},
    passphrase = "",
  ): Promise<EngineStack> {
    const root = mkdtempSync(join(tmpdir(), "engine-test-"));
    const made = new EngineStack(stack, root, passphrase);
    copyProject(made.project);
    made.change(settings);
    provideLanguageHost(made.folder, pulumiCli(), made.environment()["PATH"] ?? "");
    await made.succeed("stack", ["init"]);
    return made;
  }

  /** Another stack, and another account, in the same condition. */
  async copy(): Promise<EngineStack> {
    await this.stopAws();
    const root = mkdtempSync(join(tmpdir(), "engine-test-"));
    cpSync(this.root, root, { recursive: true, verbatimSymlinks: true });
    return new EngineStack(this.stack, root, this.passphrase);
  }

  get stackFile(): string {
    return join(this.project, `Pulumi.${this.stack}.yaml`);
  }

  /** Changes settings in the stack's file; undefined takes one out. */
  change(settings: Readonly<Record<string, Json | undefined>>): void {
    changeSettings(this.stackFile, settings);
  }

  /** Changes a file of the project. */
  edit(file: string, change: (text: string) => string): void {
    const path = join(this.project, file);
    writeFileSync(path, change(readFileSync(path, "utf8")));
  }

  /** Region, number and default tags of the simulated account. */
  get account(): AwsAccount {
    return accountOf(loadStackFiles(this.project, this.stack).config);
  }

  /** Everything that the simulated account holds, what AWS has made by itself included. */
  held(): StoredResource[] {
    return openAccount(this.folder.account(this.stack)).all();
  }

  /** The state that the backend has. */
  state(): readonly StateResource[] {
    const { checkpoint } = JSON.parse(readFileSync(this.stateFile, "utf8")) as {
      checkpoint: { latest?: { resources?: StateResource[] } };
    };
    return checkpoint.latest?.resources ?? [];
  }

  get stateFile(): string {
    return join(this.folder.state, ".pulumi", "stacks", "ecs-on-ec2", `${this.stack}.json`);
  }

  /** The stack's outputs, secrets shown as the CLI shows them. */
  async outputs(): Promise<Record<string, Json>> {
    const { output } = await this.succeed("stack", ["output", "--json"]);
    return JSON.parse(output) as Record<string, Json>;
  }

  /** Runs a command that must succeed. */
  async succeed(
    command: string,
    args: readonly string[] = [],
    options: RunOptions = {},
  ): Promise<EngineRun> {
    const run = await this.run(command, args, options);
    if (run.exitCode !== 0) {
      throw new Error(`pulumi ${command} ended with ${String(run.exitCode)}:\n${run.output}`);
    }
    return run;
  }

  /** Runs a command to its end. */
  async run(
    command: string,
    args: readonly string[] = [],
    options: RunOptions = {},
  ): Promise<EngineRun> {
    return (await this.start(command, args, options)).ended;
  }

  /** Starts a command. */
  async start(
    command: string,
    args: readonly string[] = [],
    options: RunOptions = {},
  ): Promise<RunningEngine> {
    const { faults = {}, judged = JUDGED.includes(command), variables = {} } = options;
    const { previewed = command === "preview" } = options;
    this.runs += 1;
    const eventLog = join(this.root, `events-${String(this.runs)}.log`);
    const known = ARGUMENTS[command];
    const own =
      known === undefined
        ? []
        : [...known, ...(previewed ? [] : ["--skip-preview"]), "--event-log", eventLog];
    const aws = known === undefined ? undefined : await this.startAws(faults);
    const child = spawn(
      pulumiCli(),
      [
        ...[command, ...args, ...own, "--stack", this.stack, "--non-interactive"],
        ...["--color", "never"],
        ...(judged ? ["--policy-pack", join(this.project, "policies")] : []),
      ],
      {
        cwd: this.project,
        env: { ...this.environment(aws), ...variables },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    return { pid: child.pid ?? 0, ended: endOf(child, eventLog) };
  }

  /** Starts the simulated AWS, unless one that goes wrong in the same way is running. */
  async startAws(faults: Faults = {}): Promise<StartedAws> {
    const { account } = this;
    const key = JSON.stringify([account.region, account.defaultTags, faults]);
    // Faults are counted from the start of the process.
    if (this.aws?.key === key && Object.keys(faults).length === 0) return this.aws.started;
    await this.stopAws();
    const started = await startSimulatedAws({
      account,
      folder: this.folder.account(this.stack),
      directory: this.project,
      faults,
    });
    this.aws = { key, started };
    return started;
  }

  async stopAws(): Promise<void> {
    await this.aws?.started.stop();
    this.aws = undefined;
  }

  /** Variables of a run, all of them. */
  environment(aws?: StartedAws): Record<string, string> {
    return {
      ...hermeticEnvironment(this.folder, {
        inherited: process.env,
        pulumi: pulumiCli(),
        passphrase: { PULUMI_CONFIG_PASSPHRASE: this.passphrase },
        ...(aws === undefined ? {} : { ports: aws.ports }),
      }),
      // The option --event-log is one of the CLI's commands for debugging.
      PULUMI_DEBUG_COMMANDS: "true",
    };
  }

  async remove(): Promise<void> {
    await this.stopAws();
    rmSync(this.root, { recursive: true, force: true });
    open.delete(this);
  }

  /** Path of a file of this stack's folder. */
  path(name: string): string {
    return join(this.root, name);
  }
}

function endOf(child: ChildProcess, eventLog: string): Promise<EngineRun> {
  const started = Date.now();
  let output = "";
  const add = (text: string) => (output += text);
  child.stdout?.setEncoding("utf8").on("data", add);
  child.stderr?.setEncoding("utf8").on("data", add);
  return new Promise((ended, failed) => {
    const limit = setTimeout(() => child.kill("SIGKILL"), TIME_LIMIT_MS);
    child.once("error", failed);
    child.once("close", (code) => {
      clearTimeout(limit);
      ended({
        ...readEventLog(eventLog),
        exitCode: code ?? undefined,
        output,
        seconds: (Date.now() - started) / 1000,
      });
    });
  });
}
