import { existsSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ComparisonError } from "./comparison-error";
import { failureOf } from "./record-checkout";
import type * as Recorder from "./recorder";
import { type RecordedStack, readSides } from "./side-format";
import type { Worktree } from "./worktree";
import { projectIn } from "./worktree";

/** What commits have whose tools can be called, from the folder of the project. */
const RECORDER = "tools/compare/recorder.ts";

/** Whether the tools of the commit in a filled worktree can be called here: with the same packages. */
export function isCallable(worktree: Worktree): boolean {
  return worktree.packages !== undefined && existsSync(join(projectIn(worktree), RECORDER));
}

/**
 * Records stacks of the commit in a worktree that is filled, by the commit's own tools and in this
 * process, which is the command's own: the packages that both sides share are loaded and warm. Nothing
 * else may run meanwhile. What the commit's program prints is withheld, as it was said when the commit
 * was made.
 *
 * @param directory of the project in the working tree
 * @throws ComparisonError where the commit's tools cannot record
 */
export async function recordInTurn(
  directory: string,
  worktree: Worktree,
  stacks: readonly string[],
): Promise<readonly RecordedStack[]> {
  const { label } = worktree;
  const project = projectIn(worktree);
  const file = join(project, RECORDER);
  const tellWhere = (): void => {
    writeSync(2, `    it is the program of ${label}, which the working tree is compared with\n`);
  };
  process.once("exit", tellWhere);
  const speak = silenced();
  process.chdir(project);
  try {
    const { recordText } = createRequire(file)(file) as typeof Recorder;
    return readSides(await recordText(project, stacks, label), label);
  } catch (error) {
    if (error instanceof ComparisonError) throw error;
    throw new ComparisonError(
      failureOf(label, error instanceof Error ? error.message : String(error)),
    );
  } finally {
    process.chdir(directory);
    speak();
    process.off("exit", tellWhere);
  }
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
