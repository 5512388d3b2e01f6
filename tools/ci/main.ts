import { readFileSync } from "node:fs";
import { join } from "node:path";
import { listStacks } from "../preview/stack-files";
import { run } from "./cli";
import { gitIn } from "./git";
import { runCommand } from "./run-command";

/** Runs the command in this process. */
export async function main(): Promise<void> {
  const directory = process.cwd();
  const { scripts = {} } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as {
    readonly scripts?: Readonly<Record<string, string>>;
  };
  process.exitCode = await run(process.argv.slice(2), {
    environment: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
    stacks: listStacks(directory),
    accounts: listStacks(join(directory, "bootstrap")),
    scripts: Object.keys(scripts),
    git: gitIn(directory),
    runNpm: (args) => runCommand("npm", args, directory),
    seconds: () => performance.now() / 1000,
  });
}
