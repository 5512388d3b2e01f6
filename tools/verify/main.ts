import { run } from "./cli";

/** Runs the command in this process, whose exit code it sets. */
export async function main(): Promise<void> {
  process.exitCode = await run(process.argv.slice(2), {
    directory: process.cwd(),
    environment: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
  });
}
