import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import type { Environment, Stream } from "../preview/screen";
import { PromoteError } from "./promote-error";
import { quoted } from "../preview/quoted";
import type { Ended, Execute } from "./run-program";

/** A program that a promotion runs, and how to get it. */
const PROGRAMS = {
  aws: "install the AWS CLI: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
  pulumi: "install the Pulumi CLI: https://www.pulumi.com/docs/iac/download-install/",
  skopeo: "`apt-get install skopeo`, `dnf install skopeo` or `brew install skopeo`",
} as const;

export type Program = keyof typeof PROGRAMS;

export interface Command {
  readonly program: Program;
  readonly args: readonly string[];
  /** Variables beside those of the side. @default none */
  readonly variables?: Readonly<Record<string, string>>;
  /** Named profile of AWS. @default the credentials of the environment */
  readonly profile: string | undefined;
  /** Standard input. @default nothing */
  readonly input?: string;
}

/** Where and with what commands run. */
export interface Place {
  readonly directory: string;
  readonly environment: Environment;
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly execute: Execute;
  /** True runs what only reads, and prints the rest. */
  readonly dryRun: boolean;
}

/**
 * Looks for programs on the PATH.
 *
 * @throws PromoteError with every one that is missing and how to get it
 */
export function requirePrograms(programs: readonly Program[], { environment }: Place): void {
  const folders = (environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const missing = programs.filter((program) => !folders.some((folder) => isThere(folder, program)));
  if (missing.length > 0) {
    throw new PromoteError(
      missing.map((name) => `${name} is not on the PATH; ${PROGRAMS[name]}`).join("\n"),
    );
  }
}

function isThere(folder: string, program: Program): boolean {
  const names = process.platform === "win32" ? [`${program}.exe`, `${program}.cmd`] : [program];
  return names.some((name) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Runs a command that only reads, and gives what it prints. */
export async function read(command: Command, place: Place): Promise<string> {
  return succeeded(command, await attempt(command, place)).stdout;
}

/** Runs a command that only reads and may fail. */
export function attempt(command: Command, place: Place): Promise<Ended> {
  place.stdout.write(`$ ${show(command)}\n`);
  return start(command, place, false);
}

/** Runs a command that changes something, and shows what it prints. A dry run prints only the command. */
export async function change(command: Command, place: Place): Promise<void> {
  if (place.dryRun) {
    place.stdout.write(`would run: ${show(command)}\n`);
    return;
  }
  place.stdout.write(`$ ${show(command)}\n`);
  succeeded(command, await start(command, place, true));
}

function start(
  { program, args, variables, profile, input = "" }: Command,
  { directory, environment, execute, stdout, stderr }: Place,
  isShown: boolean,
): Promise<Ended> {
  const own = profile === undefined ? environment : withProfile(environment, profile);
  return execute(
    { program, args, input, directory, environment: { ...own, ...variables } },
    isShown ? { stdout, stderr } : undefined,
  );
}

const KEYS = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

/** Keys in the environment would win over the profile. */
function withProfile(environment: Environment, profile: string): Environment {
  return {
    ...Object.fromEntries(Object.entries(environment).filter(([name]) => !KEYS.includes(name))),
    AWS_PROFILE: profile,
  };
}

function succeeded(command: Command, ended: Ended): Ended {
  if (ended.code === 0) return ended;
  throw new PromoteError(`\`${show(command)}\` ${describeFailure(ended)}`);
}

/** How a command failed, in its own last words. */
export function describeFailure({ code, stderr }: Ended): string {
  const how = code === undefined ? "was interrupted" : `ended with ${String(code)}`;
  const said = stderr.trim().split("\n").slice(-3).join("\n  ");
  return said === "" ? how : `${how}:\n  ${said}`;
}

/** The command as a shell takes it; standard input is never shown. */
function show({ program, args, variables = {}, profile }: Command): string {
  const settings = { ...(profile === undefined ? {} : { AWS_PROFILE: profile }), ...variables };
  return [
    ...Object.entries(settings).map(([name, value]) => `${name}=${quoted(value)}`),
    program,
    ...args.map(quoted),
  ].join(" ");
}
