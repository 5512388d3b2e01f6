import { rm } from "node:fs/promises";
import { devNull } from "node:os";
import { basename, join } from "node:path";

import type { CommandId } from "./comparison";

/** A process to start, without a shell. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

export interface TimedCommand {
  readonly id: CommandId;
  /** As a person would type it. */
  readonly label: string;
  readonly command: Command;
  /** Runs before each run and is not timed. */
  readonly prepare?: () => Promise<void>;
}

/** The SDK packages that the program imports. */
export const sdkPackages = [
  "@pulumi/pulumi",
  "@pulumi/aws",
  "@pulumi/awsx",
  "@pulumi/docker",
] as const;

/** Variables that would make one side faster, slower or talk to an account. */
const leftOut =
  /^(AWS_|CDK_|PULUMI_|TS_NODE_|NODE_OPTIONS$|NODE_COMPILE_CACHE$|FORCE_COLOR$|npm_(lifecycle|package|command|config_(loglevel|json|workspace)))/;

/**
 * The environment of every measured command: no credentials, and none of the network calls that
 * the tools make on the side (metadata service, notices, telemetry, update checks).
 */
export function benchEnvironment(base: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(base).filter(([name]) => !leftOut.test(name));
  return {
    ...Object.fromEntries(kept),
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    CDK_DISABLE_CLI_TELEMETRY: "true",
    npm_config_update_notifier: "false",
  };
}

/** npm as it was started, which also finds it where `npm` is a script that only a shell can run. */
export function npmCommand(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Command {
  const npmCli = process.env["npm_execpath"];
  return npmCli !== undefined && basename(npmCli) === "npm-cli.js"
    ? { file: process.execPath, args: [npmCli, ...args], cwd, env }
    : { file: "npm", args, cwd, env };
}

/** Where the preview keeps compiled code between runs. */
const previewCache = "node_modules/.cache/preview";

/** The preview of dev, with and without its cache, and the import of its packages. */
export function projectCommands(project: string, env: NodeJS.ProcessEnv): TimedCommand[] {
  const imports = sdkPackages.map((name) => `require("${name}")`).join("; ");
  const preview = npmCommand(["run", "preview"], project, env);
  return [
    {
      id: "import",
      label: "bare import of the SDK packages",
      command: { file: process.execPath, args: ["-e", imports], cwd: project, env },
    },
    {
      id: "preview-first",
      label: "`npm run preview` with an empty cache",
      command: preview,
      prepare: () => rm(join(project, previewCache), { recursive: true, force: true }),
    },
    { id: "preview", label: "`npm run preview`", command: preview },
  ];
}

/**
 * `cdk synth` in three ways of running the same TypeScript app: as `cdk init` sets it up now, as it
 * did for years, and compiled beforehand. Started through npm, like the preview.
 */
export function cdkCommands(folder: string, env: NodeJS.ProcessEnv): TimedCommand[] {
  const synth = (...args: string[]) => ["run", "cdk", "--", "synth", "--no-notices", ...args];
  return [
    {
      id: "cdk-init",
      label: "`cdk synth`, app run by tsc and tsx",
      command: npmCommand(synth(), folder, env),
    },
    {
      id: "cdk-ts-node",
      label: "`cdk synth`, app run by ts-node",
      command: npmCommand(synth("--app", "npx ts-node --prefer-ts-exts bin/app.ts"), folder, {
        ...env,
        // ts-node needs the compiler's JavaScript interface, which the pinned TypeScript 7 lacks.
        TS_NODE_COMPILER: "typescript-for-ts-node",
      }),
    },
    {
      id: "cdk-compiled",
      label: "`cdk synth`, app compiled beforehand",
      command: npmCommand(synth("--app", "node dist/bin/app.js"), folder, env),
    },
  ];
}
