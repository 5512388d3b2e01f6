import { writeSync } from "node:fs";
import type { Stream } from "./screen";

/**
 * Runs a command in whose process a Pulumi program runs too, and ends the process with the command's
 * exit code whatever the program does: what it prints goes to the standard error stream, and an exit
 * before the command is finished is a failure, never an empty success.
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
    const code = await work(ownStdout());
    process.exitCode = code;
    // A timer of the program that ends the process late must not change what was found.
    process.once("exit", () => {
      if (process.exitCode === 0) process.exitCode = code;
    });
  } finally {
    process.off("exit", endedEarly);
  }
}

function endedEarly(): void {
  // Streams write nothing more by now.
  writeSync(
    2,
    "error: the program ended the process before the preview was finished; remove process.exit from it\n",
  );
  process.exitCode = 1;
}

function ownStdout(): Stream {
  const { isTTY, columns } = process.stdout;
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  return { isTTY, columns, write };
}
