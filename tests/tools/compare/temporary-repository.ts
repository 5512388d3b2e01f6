import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Text by path; undefined removes the file. */
export type Files = Readonly<Record<string, string | undefined>>;

/** A project that can be compared: the fewest files, and packages that git ignores. */
export const SMALL_PROJECT = {
  "Pulumi.yaml": "name: shop\n",
  "tools/compare/start.cjs": "\n",
  "package-lock.json": "{}\n",
  ".gitignore": "node_modules\n",
  "node_modules/left/index.js": "module.exports = {};\n",
} as const;

/** A git repository in a folder whose path has a blank, for one test. */
export class TemporaryRepository {
  /** Above the repository. */
  private readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "a project ")));
  readonly path = join(this.folder, "work");

  constructor() {
    mkdirSync(this.path);
    this.git("init", "--quiet", "--initial-branch=main");
  }

  /** Runs git and gives what it wrote. Throws where it refuses. */
  git(...args: readonly string[]): string {
    return runGit(this.path, args);
  }

  /** Writes files and commits all; gives the commit. */
  commit(message: string, files: Files = {}): string {
    this.write(files);
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "--message", message);
    return this.git("rev-parse", "HEAD");
  }

  write(files: Files): void {
    for (const [path, text] of Object.entries(files)) {
      const file = join(this.path, path);
      if (text === undefined) {
        rmSync(file);
      } else {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
    }
  }

  /** A clone of the last commits of all branches, beside the repository; gives its path. */
  shallowClone(depth: number): string {
    const clone = join(this.folder, "shallow");
    const from = `file://${this.path}`;
    const args = ["--quiet", `--depth=${String(depth)}`, "--no-single-branch", from, clone];
    runGit(this.folder, ["clone", ...args]);
    return clone;
  }

  /** Short form of a commit. */
  short(commit: string): string {
    return this.git("rev-parse", "--short", commit);
  }

  /** The project on `main`, and on `topic`, which is checked out, with a change. */
  branchOff(project: Files = SMALL_PROJECT): void {
    this.commit("one", project);
    this.git("checkout", "--quiet", "-b", "topic");
    this.commit("two", { "Pulumi.yaml": "name: shop\ndescription: new\n" });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function runGit(cwd: string, args: readonly string[]): string {
  const identity = { GIT_AUTHOR_NAME: "Ada", GIT_AUTHOR_EMAIL: "ada@example.com" };
  const env = {
    ...process.env,
    ...identity,
    GIT_COMMITTER_NAME: "Ada",
    GIT_COMMITTER_EMAIL: "ada@example.com",
    GIT_CONFIG_GLOBAL: "/dev/null",
  };
  const { status, stdout, stderr } = spawnSync("git", args, { cwd, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
  return stdout.trimEnd();
}
