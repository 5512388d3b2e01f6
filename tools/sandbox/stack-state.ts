import { existsSync, readdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { isAlive } from "./process-life";
import type { SandboxFolder } from "./sandbox-folder";
import { SandboxError } from "./sandbox-error";

/** Which stack of which project. */
export interface StackName {
  readonly project: string;
  readonly stack: string;
}

/** A resource of a deployed stack, as far as the sandbox needs to know it. */
export interface DeployedResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  /** Property paths that the program leaves as they are in AWS. */
  readonly ignoreChanges?: readonly string[];
}

/** Files of a backend in a folder: pkg/backend/diy of pulumi/pulumi, version 1 of its layout. */
const stateFile = (folder: SandboxFolder, { project, stack }: StackName): string =>
  join(folder.state, ".pulumi", "stacks", project, `${stack}.json`);

const lockFolder = (folder: SandboxFolder, { project, stack }: StackName): string =>
  join(folder.state, ".pulumi", "locks", "organization", project, stack);

/** True where the stack has been created. */
export const stackExists = (folder: SandboxFolder, name: StackName): boolean =>
  existsSync(stateFile(folder, name));

/**
 * The resources of a stack.
 *
 * @throws SandboxError where the state cannot be read
 */
export function readDeployedResources(
  folder: SandboxFolder,
  name: StackName,
): readonly DeployedResource[] {
  const file = stateFile(folder, name);
  try {
    const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as {
      checkpoint: { latest?: { resources?: DeployedResource[] } };
    };
    return checkpoint.latest?.resources ?? [];
  } catch (error) {
    const { message } = error as Error;
    throw new SandboxError(
      `${file} is not the state of a stack: ${message}; restore it from ${file}.bak, or delete ${folder.root} to begin anew`,
    );
  }
}

/** What the backend writes into a lock. */
interface Lock {
  readonly pid: number;
  readonly hostname: string;
  readonly timestamp: string;
}

/**
 * Refuses a stack that another run is changing, or that a killed run has left locked.
 *
 * @throws SandboxError that says which of both, and what to do
 */
export function refuseLocked(folder: SandboxFolder, name: StackName): void {
  const locks = lockFolder(folder, name);
  const [file] = existsSync(locks)
    ? readdirSync(locks).filter((entry) => entry.endsWith(".json"))
    : [];
  if (file === undefined) {
    return;
  }
  const lock = readLock(join(locks, file));
  const holder = lock === undefined ? "" : ` (process ${String(lock.pid)} since ${lock.timestamp})`;
  if (lock !== undefined && (lock.hostname !== hostname() || isAlive(lock.pid))) {
    throw new SandboxError(
      `stack '${name.stack}' is locked by a run that is changing it${holder}; wait for its end`,
    );
  }
  throw new SandboxError(
    `stack '${name.stack}' is locked by a run that was killed${holder}; unlock it with \`npm run sandbox -- cancel ${name.stack}\`, ` +
      `then find what that run left with \`npm run sandbox -- refresh ${name.stack}\``,
  );
}

function readLock(file: string): Lock | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Lock;
  } catch {
    return undefined;
  }
}
