import { mkdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { SandboxError } from "./sandbox-error";

/** Name of the sandbox's folder in the project, where nobody asks for another. */
export const DEFAULT_FOLDER = ".sandbox";

/** Everything that the sandbox writes, in one folder that can be deleted at any time. */
export interface SandboxFolder {
  readonly root: string;
  /** PULUMI_HOME: plugins, credentials, logs. */
  readonly home: string;
  /** The backend that holds the states of all stacks. */
  readonly state: string;
  /** Which run is changing which stack. */
  readonly locks: string;
  /** Copies of the stack files, which the CLI writes into. */
  readonly config: string;
  /** A project in which stacks are created, so that the CLI writes into none of the user's files. */
  readonly newStacks: string;
  /** The simulated AWS account of a stack; each environment has one of its own. */
  readonly account: (stack: string) => string;
}

/**
 * The sandbox's folder, made where it is missing.
 *
 * @param root path of the folder
 * @throws SandboxError where the path is something else than a folder
 */
export function openSandboxFolder(root: string): SandboxFolder {
  const path = resolve(root);
  const folder: SandboxFolder = {
    root: path,
    home: join(path, "home"),
    state: join(path, "state"),
    locks: join(path, "locks"),
    config: join(path, "config"),
    newStacks: join(path, "new-stacks"),
    account: (stack) => join(path, "accounts", stack),
  };
  const { home, state, locks, config, newStacks } = folder;
  for (const needed of [path, home, state, locks, config, newStacks]) {
    makeFolder(needed);
  }
  return folder;
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() === true;
    const reason = isFile
      ? "is a file, not a folder"
      : `cannot be made: ${(error as Error).message}`;
    throw new SandboxError(`${path} ${reason}; move it away, or name another folder with --dir`);
  }
}
