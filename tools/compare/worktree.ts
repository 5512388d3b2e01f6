import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Git } from "./git";
import type { GitBase } from "./git-base";
import { takeAbandoned, takeSlot } from "./worktree-slot";
import type { WorktreeSlot } from "./worktree-slot";

/** A worktree of a commit that has no files yet; fillWorktree() writes them. */
export interface Worktree {
  /** Absolute path of its root. */
  readonly root: string;
  /** Folder of the project within the repository, with a slash at its end; empty for the root. */
  readonly prefix: string;
  /** What a person calls the commit. */
  readonly label: string;
  /** The installed packages that the commit wants too; undefined where it wants others. */
  readonly packages: string | undefined;
}

/** Folder of the project in a worktree. */
export const projectIn = ({ root, prefix }: Worktree): string => join(root, prefix);

/**
 * Makes a worktree of the base beside the working tree and removes it, however the process ends; the
 * signal is aborted before. Worktrees that killed runs left behind are removed too.
 *
 * @param directory of the project
 * @param use may end the use before it is done with what it found: the worktree is removed meanwhile
 * @throws ComparisonError where git refuses
 */
export async function withWorktree<T>(
  directory: string,
  base: GitBase,
  use: (worktree: Worktree, signal: AbortSignal, endUse: () => void) => Promise<T>,
): Promise<T> {
  const git = new Git(directory);
  const folder = join(base.gitFolder, "preview-against");
  const slot = takeSlot(folder);
  for (const abandoned of takeAbandoned(folder)) {
    remove(git, abandoned);
  }
  const users = new AbortController();
  const removeNow = (): void => {
    users.abort();
    remove(git, slot);
  };
  const end = onEnd(removeNow);
  try {
    clear(git, slot.path);
    const options = ["--detach", "--no-checkout", "--force", "--force"];
    const [packages] = await Promise.all([
      sharedPackages(git, base),
      git.text("worktree", "add", ...options, slot.path, base.commit),
    ]);
    const { prefix, label } = base;
    let removal: Promise<unknown> | undefined;
    const endUse = (): void => {
      removal ??= git.run(...REMOVE, slot.path);
    };
    const found = await use({ root: slot.path, prefix, label, packages }, users.signal, endUse);
    await removal;
    return found;
  } finally {
    end();
    removeNow();
  }
}

/** Calls `clean` where the process ends before the returned function is called. */
function onEnd(clean: () => void): () => void {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const onSignal = (signal: NodeJS.Signals): void => {
    end();
    clean();
    // Whoever waits for this process is told what ended it, whatever the program listens to.
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  };
  const end = (): void => {
    process.off("exit", clean);
    for (const signal of signals) process.off(signal, onSignal);
  };
  process.on("exit", clean);
  for (const signal of signals) process.on(signal, onSignal);
  return end;
}

function remove(git: Git, slot: WorktreeSlot): void {
  clear(git, slot.path);
  slot.release();
}

/** Other worktrees of the user stay as they are, those whose folder is not there too: no `worktree prune`. */
function clear(git: Git, path: string): void {
  if (existsSync(path)) git.runAtExit(...REMOVE, path);
  rmSync(path, { recursive: true, force: true, maxRetries: 3 });
}

/** Forced twice, because a worktree that was never finished is locked. */
const REMOVE = ["worktree", "remove", "--force", "--force"];

async function sharedPackages(git: Git, { commit, prefix }: GitBase): Promise<string | undefined> {
  const packages = join(git.directory, "node_modules");
  const file = join(git.directory, "package-lock.json");
  const here = existsSync(file) ? readFileSync(file, "utf8").trimEnd() : undefined;
  const there = await git.textIfAny("show", `${commit}:${prefix}package-lock.json`);
  const isSame = asInGit(here) === asInGit(there?.trimEnd());
  return isSame && existsSync(packages) ? packages : undefined;
}

/** Git can be told to give files other line ends than it keeps. */
const asInGit = (text: string | undefined): string | undefined => text?.replaceAll("\r\n", "\n");
