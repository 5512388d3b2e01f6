import { writeSync } from "node:fs";
import type { Stream } from "./screen";

/**
 * Runs a command in whose process a Pulumi program runs too, and ends the process with the command's
 * exit code whatever the program does: what it prints goes to the standard error stream, an exit
 * before the command is finished is a failure, never an empty success, and what it leaves running ends
 * with the command.
 *
 * @param work gets the standard output for itself alone and gives the exit code
 */
export async function runOwnProcess(work: (stdout: Stream) => Promise<number>): Promise<void> {
  process.once("exit", endedEarly);
  // Whoever reads the output may have seen enough, as `head` does; that is no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    process.off("exit", endedEarly);
    process.exit(error.code === "EPIPE" ? 0 : 1);
  });
  try {
    const stdout = ownStdout();
    const code = await work(stdout);
    await Promise.all([
      flushed(stdout),
      flushed({ write: process.stderr.write.bind(process.stderr) }),
    ]);
    // What the program declared late has set it to a failure.
    const late = process.exitCode;
    process.off("exit", endedEarly);
    process.exit(typeof late === "number" && late > code ? late : code);
  } finally {
    process.off("exit", endedEarly);
  }
}

/** Waits until all that was written has reached the system: the end of the process would cut it off. */
function flushed({ write }: { write: (text: string, done: () => void) => unknown }): Promise<void> {
  return new Promise((resolve) => {
    write("", resolve);
  });
}

function endedEarly(): void {
  // Streams write nothing more by now.
  writeSync(
    2,
    "error: the program ended the process before the preview was finished; remove process.exit from it\n",
  );
  process.exitCode = 1;
}

function ownStdout(): Stream & { write: typeof process.stdout.write } {
  const { isTTY, columns } = process.stdout;
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  return { isTTY, columns, write };
}
