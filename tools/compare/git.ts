import { execFile, spawnSync } from "node:child_process";
import { ComparisonError } from "./comparison-error";

/** What a git command gave. */
export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs git in a folder: no shell, no hook, no question to the user, and nothing of the caller's GIT_* variables. */
export class Git {
  /**
   * @param directory where the commands run
   * @param signal ends those that run
   */
  constructor(
    readonly directory: string,
    private readonly signal?: AbortSignal,
  ) {}

  /**
   * What the command wrote, without the line feed at its end.
   *
   * @throws ComparisonError where git is missing, or with what git says where it refuses
   */
  async text(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(...args);
    if (code === 0) return stdout.replace(/\n$/, "");
    throw new ComparisonError(`git ${args[0] ?? ""}: ${saidBy(stderr, code)}`);
  }

  /** What the command wrote, or undefined where it ended with anything but 0. */
  async textIfAny(...args: readonly string[]): Promise<string | undefined> {
    const { code, stdout } = await this.run(...args);
    return code === 0 ? stdout.replace(/\n$/, "") : undefined;
  }

  /**
   * Runs a command to its end, whatever that is.
   *
   * @throws ComparisonError where git is missing
   */
  run(...args: readonly string[]): Promise<Answer> {
    const options = {
      cwd: this.directory,
      env: gitEnvironment(),
      maxBuffer: 256 * 1024 * 1024,
      ...(this.signal !== undefined && { signal: this.signal }),
    };
    return new Promise((resolve, reject) => {
      execFile("git", [...SETTINGS, ...args], options, (error, stdout, stderr) => {
        if (error?.code === "ENOENT") {
          reject(new ComparisonError(NO_GIT));
        } else {
          const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
          resolve({ code, stdout, stderr });
        }
      });
    });
  }

  /** As run(), for the end of the process, which waits for no promise. */
  runAtExit(...args: readonly string[]): void {
    spawnSync("git", [...SETTINGS, ...args], {
      cwd: this.directory,
      env: gitEnvironment(),
      stdio: "ignore",
    });
  }
}

/** The environment without what would lead git, or a program that calls it, to another repository. */
export function withoutGit(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.startsWith("GIT_")),
  );
}

/** The environment of git itself, and of a tool that calls it. */
export function gitEnvironment(environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return {
    ...withoutGit(environment),
    LC_ALL: "C", // Messages are read.
    GIT_TERMINAL_PROMPT: "0", // A question would wait for ever.
    GIT_OPTIONAL_LOCKS: "0", // So that a status does not write the user's index.
  };
}

function saidBy(stderr: string, code: number): string {
  const said = stderr.trim().replace(/^(fatal|error): /, "");
  return said === "" ? `ended with ${String(code)}` : said.replaceAll("\n", "\n    ");
}

const SETTINGS = ["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "--no-pager"];

const NO_GIT =
  "git is not there, and --against needs it; install git, or compare with --against-stack";
