import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

/** How to reach the engine of this machine. */
export interface Docker {
  /** The client; it builds with BuildKit. */
  readonly client: string;
  /** `docker compose` or Compose's own command. */
  readonly compose: readonly string[] | undefined;
  /** Path of the engine's socket. */
  readonly socket: string;
}

export type Search =
  | { readonly kind: "found"; readonly docker: Docker }
  | { readonly kind: "missing"; readonly reason: string };

/** Looks for an engine on this machine, and for a client of it that builds with BuildKit. */
export function findDocker(): Search {
  const clients = onPath("docker");
  if (clients.length === 0) return missing("no docker command on the path");
  const client = clients.find(buildsWithBuildKit);
  if (client === undefined) {
    return missing(`${clients.join(", ")} cannot build with BuildKit; install the plugin buildx`);
  }
  try {
    output(client, ["version", "--format", "{{.Server.Version}}"]);
  } catch (error) {
    return missing(lastLine(error));
  }
  const host = output(client, ["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"]);
  if (!host.startsWith("unix://")) {
    return missing(`the engine at ${host} is not on this machine; set DOCKER_HOST to one that is`);
  }
  const socket = host.slice("unix://".length);
  return { kind: "found", docker: { client, compose: findCompose(client), socket } };
}

/** What a command printed, trimmed. */
export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of the client. */
export function execute(
  { client }: Docker,
  args: readonly string[],
  input?: string,
): Promise<Printed> {
  return spawn(client, args, {}, input);
}

/** Runs a command of the client and returns what it prints to standard output. */
export async function run(docker: Docker, args: readonly string[]): Promise<string> {
  return (await execute(docker, args)).stdout;
}

/** Runs a command of Compose, with further environment variables, and returns what it prints. */
export async function runCompose(
  { client, compose: [command = "", ...before] = [] }: Docker,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  // Compose's own command calls the first client on the path.
  const PATH = `${path.dirname(client)}${path.delimiter}${process.env["PATH"] ?? ""}`;
  return (await spawn(command, [...before, ...args], { PATH, ...environment })).stdout;
}

const interruption = new AbortController();

/** Ends every command that is under way. */
export function stopCommands(): void {
  interruption.abort();
}

const BUILDKIT = {
  DOCKER_BUILDKIT: "1",
  COMPOSE_DOCKER_CLI_BUILD: "1",
  BUILDKIT_PROGRESS: "plain",
};

function spawn(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  input?: string,
): Promise<Printed> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...BUILDKIT, ...environment };
    const options = { env, maxBuffer: 1 << 26, signal: interruption.signal };
    const child = execFile(command, args, options, (error, stdout, stderr) => {
      if (error === null) resolve({ stdout: stdout.trim(), stderr: stderr.trim() });
      else reject(new Error(`${error.message}\n${stderr}`));
    });
    // Most commands end without reading, and a write to one that has ended fails.
    if (input !== undefined) child.stdin?.end(input);
  });
}

function missing(reason: string): Search {
  return { kind: "missing", reason };
}

function onPath(command: string): readonly string[] {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  return folders.map((folder) => path.join(folder, command)).filter((file) => existsSync(file));
}

/** Up to version 22 the client has BuildKit in it, from then on in a plugin. */
function buildsWithBuildKit(client: string): boolean {
  if (succeeds(client, ["buildx", "version"])) return true;
  const version = /version (\d+)/.exec(output(client, ["--version"]))?.[1];
  return Number(version) < 23;
}

function findCompose(client: string): readonly string[] | undefined {
  if (succeeds(client, ["compose", "version"])) return [client, "compose"];
  const [command] = onPath("docker-compose");
  return command === undefined ? undefined : [command];
}

function succeeds(command: string, args: readonly string[]): boolean {
  try {
    output(command, args);
    return true;
  } catch {
    return false;
  }
}

function output(command: string, args: readonly string[]): string {
  return execFileSync(command, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  }).trim();
}

function lastLine(error: unknown): string {
  const { stderr = "" } = error as { readonly stderr?: string };
  return stderr.trim().split("\n").at(-1) ?? "";
}
