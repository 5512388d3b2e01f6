import { existsSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { ComparisonError } from "./comparison-error";
import { Git, withoutGit } from "./git";
import type { GitBase } from "./git-base";
import { takeAbandoned, takeSlot } from "./worktree-slot";
import type { WorktreeSlot } from "./worktree-slot";

/**
 * Checks the base out beside the working tree, calls `use` with the folder of the project in it, and
 * removes it, however the process ends; the signal is aborted before. Worktrees that killed runs left
 * behind are removed too.
 *
 * @param directory of the project
 * @param say takes a line about what takes its time
 * @throws ComparisonError where git or npm refuses
 */
export async function withWorktree<T>(
  directory: string,
  base: GitBase,
  say: (line: string) => void,
  use: (project: string, signal: AbortSignal) => Promise<T>,
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
    await git.text("worktree", "add", "--detach", "--force", slot.path, base.commit);
    const project = join(slot.path, base.prefix);
    await addPackages(directory, project, base.label, say, users.signal);
    return await use(project, users.signal);
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
    // Whoever waits for this process is told what ended it.
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
  // Twice, because a worktree that was never finished is locked.
  git.runAtExit("worktree", "remove", "--force", "--force", path);
  rmSync(path, { recursive: true, force: true, maxRetries: 3 });
}

async function addPackages(
  directory: string,
  project: string,
  label: string,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  if (lockfileIn(directory) === lockfileIn(project)) {
    const [packages, link] = [join(directory, "node_modules"), join(project, "node_modules")];
    if (existsSync(packages) && !existsSync(link)) symlinkSync(packages, link, "dir");
    return;
  }
  say(
    `installing the packages of ${label}, whose package-lock.json is another one; this takes longer`,
  );
  const code = await install(project, signal);
  if (code !== 0) {
    throw new ComparisonError(
      `the packages of ${label} cannot be installed, npm ci ended with ${String(code)}; ` +
        "its own lines say why, and it needs a network for packages that npm does not have yet",
    );
  }
}

function lockfileIn(folder: string): string | undefined {
  const file = join(folder, "package-lock.json");
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

function install(project: string, signal: AbortSignal): Promise<number | null> {
  const args = ["ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];
  return new Promise((resolve, reject) => {
    // Standard output belongs to the report.
    const npm = spawn("npm", args, {
      cwd: project,
      env: withoutGit(process.env),
      stdio: ["ignore", 2, 2],
      signal,
    });
    npm.on("error", () => {
      reject(new ComparisonError("npm cannot be started; install it with Node"));
    });
    npm.on("close", resolve);
  });
}
