import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { Command } from "commander";
import { ZodError } from "zod";
import { completeCommand, parseArguments } from "../preview/command-line";
import type { Stream } from "../preview/screen";
import { AwsCommandError, runAws, type RunAws } from "./aws-command";
import { type CatalogueFile, parseCatalogue, renderCatalogue } from "./catalogue-file";
import { MissingTypesError, refreshCatalogue, type Refreshed } from "./refresh";

/** What the command needs of the world around it. */
export interface Surroundings {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly run: RunAws;
  /** Day as YYYY-MM-DD. */
  readonly today: string;
}

interface Options {
  readonly region: string;
  readonly add: readonly string[];
  readonly file: string;
  readonly check?: true;
}

/** Runs the command; gives its exit code: 0, 1 for an error, 3 where --check finds a difference. */
export async function run(args: readonly string[], around: Surroundings): Promise<0 | 1 | 3> {
  const command = commandFor(around);
  const ended = parseArguments(command, args);
  if (ended !== undefined) return ended;
  const { region, add, file, check } = command.opts<Options>();
  const { stdout, stderr, today } = around;
  try {
    const before = parseCatalogue(readFileSync(file, "utf8"));
    const after = await refreshCatalogue(before, { run: around.run, region, added: add, today });
    stdout.write(renderChanges(after, before));
    if (check === true) return after.changes.length > 0 ? 3 : 0;
    // As a whole or not at all: another run may be reading the file.
    writeFileSync(`${file}.new`, renderCatalogue(after.catalogue));
    renameSync(`${file}.new`, file);
    stdout.write(`wrote ${file}\n`);
    return 0;
  } catch (error) {
    stderr.write(`error: ${explain(error, file)}\n`);
    return 1;
  }
}

function renderChanges({ changes, notes, catalogue }: Refreshed, before: CatalogueFile): string {
  const types = catalogue.instanceTypes.length;
  const days = `prices of ${before.source.pricedOn} → ${catalogue.source.pricedOn}`;
  return [
    ...changes,
    ...notes.map((note) => `note: ${note}`),
    `${types} types, ${changes.length} changes, ${days}`,
    "",
  ].join("\n");
}

function explain(error: unknown, file: string): string {
  const unchanged = `${file} is unchanged`;
  if (error instanceof ZodError) {
    const [issue] = error.issues;
    const path = issue?.path.join(".") ?? "";
    return `an answer or the file has another form than expected at ${path}: ${issue?.message ?? ""}; ${unchanged}`;
  }
  if (error instanceof AwsCommandError || error instanceof MissingTypesError) {
    return `${error.message}; ${unchanged}`;
  }
  if (error instanceof Error && "code" in error && error.code === "ENOENT") {
    return `${file} does not exist; run the command in the root of the project or pass --file`;
  }
  return `${error instanceof Error ? error.message : String(error)}; ${unchanged}`;
}

function commandFor({ stdout, stderr }: Surroundings): Command {
  return completeCommand(
    new Command("npm run catalogue --")
      .usage("[options]")
      .description(
        "Brings the instance types and their prices in capacity/instance-types.json up to date. " +
          "Asks AWS by the AWS CLI with your credentials, which need ec2:DescribeInstanceTypes and " +
          "pricing:GetProducts; both calls are free and change nothing.",
      )
      .option("--region <region>", "region of the prices", "us-east-1")
      .option(
        "--add <types>",
        "instance types to add, separated by commas",
        (text: string) => text.split(",").filter((name) => name !== ""),
        [],
      )
      .option("--file <file>", "the catalogue", "capacity/instance-types.json")
      .option("--check", "write nothing, only say what differs"),
    { script: "catalogue", closingHelp, stdout, stderr },
  );
}

const closingHelp = `
Exit codes:
  0  the catalogue is up to date now
  1  AWS could not be asked, or gave an answer that is no catalogue; nothing was written
  3  --check found a difference

Examples:
  npm run catalogue
  npm run catalogue -- --check
  npm run catalogue -- --add m8g.large,m8g.xlarge`;

/** Runs the command in this process. */
export async function main(): Promise<void> {
  process.exitCode = await run(process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    run: runAws,
    today: new Date().toISOString().slice(0, 10),
  });
}
