import { run } from "./cli";
import { openSession } from "./session";

/** Runs the command in this process. */
export async function main(): Promise<void> {
  process.exitCode = await run(process.argv.slice(2), {
    directory: process.cwd(),
    environment: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
    canAsk: process.stdin.isTTY && process.stdout.isTTY,
    open: openSession,
  });
}
