import { existsSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ComparisonError, failureOf } from "./comparison-error";
import type * as Recorder from "./recorder";
import { type RecordedStack, readSides } from "./side-format";
import type { Worktree } from "./worktree";
import { projectIn } from "./worktree";

/** What commits have whose tools can be called, from the folder of the project. */
const CALLABLE_RECORDER = "tools/compare/recorder.ts";

/** Whether the tools of the commit in a filled worktree can be called here: with the same packages. */
export function isCallable(worktree: Worktree): boolean {
  return (
    worktree.packages !== undefined && existsSync(join(projectIn(worktree), CALLABLE_RECORDER))
  );
}

/**
 * Records stacks of the commit in a worktree that is filled, by the commit's own tools and in this
 * process, which is the command's own: the packages that both sides share are loaded and warm. Nothing
 * else may run meanwhile. What the commit's program writes itself is withheld, as it was said when the
 * commit was made.
 *
 * @param directory of the project in the working tree
 * @param environment that the working tree's program began with
 * @returns undefined where the program is not done when it ends, so that it needs a process of its own
 * @throws ComparisonError where the commit's tools cannot record
 */
export async function recordInTurn(
  directory: string,
  worktree: Worktree,
  stacks: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<readonly RecordedStack[] | undefined> {
  const { label } = worktree;
  const project = projectIn(worktree);
  const file = join(project, CALLABLE_RECORDER);
  const tellWhere = (): void => {
    writeSync(2, `    it is the program of ${label}, which the working tree is compared with\n`);
  };
  const own = { ...process.env };
  process.once("exit", tellWhere);
  const speak = silenced();
  try {
    setEnvironment(environment);
    process.chdir(project);
    const { recordText } = createRequire(file)(file) as typeof Recorder;
    const { text, isQuiet } = await recordText(project, stacks, label);
    return isQuiet ? readSides(text, label) : undefined;
  } catch (error) {
    if (error instanceof ComparisonError) throw error;
    throw new ComparisonError(
      failureOf(label, error instanceof Error ? error.message : String(error)),
    );
  } finally {
    speak();
    process.off("exit", tellWhere);
    setEnvironment(own);
    process.chdir(directory);
  }
}

/** Makes the variables of this process those given. */
function setEnvironment(environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) {
    if (!(name in environment)) Reflect.deleteProperty(process.env, name);
  }
  Object.assign(process.env, environment);
}

/** Lets nothing through to the standard streams until the returned function is called. */
function silenced(): () => void {
  const streams = [process.stdout, process.stderr].map((stream) => {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- put back as it was
    const { write } = stream;
    stream.write = (...given: unknown[]): boolean => {
      const done = given.at(-1);
      if (typeof done === "function") (done as () => void)();
      return true;
    };
    return () => {
      stream.write = write;
    };
  });
  return () => {
    for (const restore of streams) restore();
  };
}
