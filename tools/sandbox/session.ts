import { existsSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import type { Environment } from "../preview/screen";
import { loadStackFiles } from "../preview/stack-files";
import type { StackFiles } from "../preview/stack-files";
import type { AwsAccount } from "../simulated-aws/account";
import { accountOf } from "../simulated-aws/account";
import type { Faults } from "../simulated-aws/cloud/faults";
import { hermeticEnvironment } from "./environment";
import { findPulumi } from "./find-pulumi";
import { provideLanguageHost } from "./language-host";
import { createStack } from "./new-stack";
import { checkVersion, pinnedVersion, versionOf } from "./pulumi-version";
import { runPulumi } from "./run-pulumi";
import { openSandboxFolder } from "./sandbox-folder";
import type { SandboxFolder } from "./sandbox-folder";
import { SandboxError } from "./sandbox-error";
import { startSimulatedAws } from "./simulated-aws";
import { copyStackFile, readOverrides } from "./stack-copy";
import type { StackCopy } from "./stack-copy";
import { lockStack } from "./stack-lock";
import { readDeployedResources, refuseLocked, stackExists } from "./stack-state";

/** What a run of the sandbox is about. */
export interface SessionSettings {
  /** Folder of the project. */
  readonly directory: string;
  /** The sandbox's folder. */
  readonly dir: string;
  readonly stack: string;
  readonly environment: Environment;
  /** `key=value` texts that win over the stack file. */
  readonly config: readonly string[];
  /** Port of the simulated AWS; 0 takes a free one. */
  readonly port: number;
  /** What goes wrong on purpose. */
  readonly faults: Faults;
  /** Takes what a person should know and what stops nothing. */
  readonly warn: (text: string) => void;
}

/** How a command uses the stack. */
export interface Use {
  /** True creates the stack where there is none. */
  readonly creates: boolean;
  /** True for commands that change the stack. */
  readonly changes: boolean;
  /** True for commands that talk to AWS. */
  readonly needsAws: boolean;
}

/** A stack of the sandbox that the CLI can be run on. */
export interface Session {
  readonly folder: SandboxFolder;
  /** Settings of the stack for the option --config-file. */
  readonly configFile: string;
  /** Runs the CLI in the project, gives its exit code, and unlocks the stack; runs once. */
  readonly run: (args: readonly string[]) => Promise<number>;
}

/**
 * Prepares everything that can be wrong before anything is started: CLI, version, stack file,
 * passphrase, state, lock. A session that changes the stack keeps it locked until its run has ended.
 *
 * @throws SandboxError or StackFilesError with what is wrong and what to do
 */
export function openSession(settings: SessionSettings, use: Use): Session {
  const { directory, stack, environment } = settings;
  const files = loadStackFiles(directory, stack);
  const overrides = readOverrides(settings.config, files.project);
  const account = accountOf({ ...files.config, ...Object.fromEntries(overrides) });
  const pulumi = findPulumi({ environment, directory });
  const folder = openSandboxFolder(resolve(directory, settings.dir));
  const env = hermeticEnvironment(folder, { inherited: environment, pulumi });
  const warning = checkVersion(pulumi, versionOf(pulumi, env), pinnedVersion(directory));
  if (warning !== undefined) {
    settings.warn(warning);
  }
  const changes = use.changes || (use.creates && !stackExists(folder, files));
  const unlock = changes ? lockStack(folder, files) : () => undefined;
  try {
    return prepareSession({ settings, use, files, overrides, account, pulumi, folder, unlock });
  } catch (error) {
    unlock();
    throw error;
  }
}

interface Found {
  readonly settings: SessionSettings;
  readonly use: Use;
  readonly files: StackFiles;
  readonly overrides: ReturnType<typeof readOverrides>;
  readonly account: AwsAccount;
  readonly pulumi: string;
  readonly folder: SandboxFolder;
  /** Lets other runs change the stack again. */
  readonly unlock: () => void;
}

function prepareSession(found: Found): Session {
  const { settings, use, files, overrides, account, pulumi, folder, unlock } = found;
  const { directory, stack, environment, port, faults } = settings;
  const copy = (): StackCopy =>
    copyStackFile(folder, {
      stackFile: stackFileOf(directory, files),
      files,
      overrides,
      environment,
    });
  const { passphrase } = copy();
  const base = {
    ...{ inherited: environment, pulumi },
    ...(passphrase === undefined ? {} : { passphrase }),
  };
  const env = hermeticEnvironment(folder, base);
  provideLanguageHost(folder, pulumi, env["PATH"] ?? "");
  prepareStack(folder, files, use, () => {
    createStack(folder, files, pulumi, env);
  });
  const { file } = copy();
  const runAttached = async (args: readonly string[]): Promise<number> => {
    const place = { account, folder: folder.account(stack), directory, port, faults };
    const aws = await startSimulatedAws(place);
    try {
      const attached = hermeticEnvironment(folder, { ...base, ports: aws.ports });
      return await runPulumi({ pulumi, args, env: attached, cwd: directory });
    } finally {
      await aws.stop();
    }
  };
  return {
    folder,
    configFile: file,
    run: async (args) => {
      try {
        return use.needsAws
          ? await runAttached(args)
          : await runPulumi({ pulumi, args, env, cwd: directory });
      } finally {
        unlock();
      }
    },
  };
}

function prepareStack(
  folder: SandboxFolder,
  files: StackFiles,
  { creates, changes }: Use,
  create: () => void,
): void {
  if (stackExists(folder, files)) {
    readDeployedResources(folder, files);
    if (changes) {
      refuseLocked(folder, files);
    }
  } else if (creates) {
    create();
  } else {
    throw new SandboxError(
      `stack '${files.stack}' is not in the sandbox ${folder.root}; deploy it with \`npm run sandbox -- up ${files.stack}\``,
    );
  }
}

/** The engine takes the stack file with the project file's extension. */
function stackFileOf(directory: string, { stack }: StackFiles): string {
  const project = ["Pulumi.yaml", "Pulumi.yml"].find((name) => existsSync(join(directory, name)));
  return join(directory, `Pulumi.${stack}${extname(project ?? "Pulumi.yaml")}`);
}
