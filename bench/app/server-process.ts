import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { get } from "node:http";
import { createServer, type AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** A server to start by Node, without what the caller's environment would change about it. */
export interface ServerProgram {
  readonly arguments: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

const host = "127.0.0.1";
const readyTimeLimitMilliseconds = 30_000;
const pollMilliseconds = 2;
const kibibyte = 1024;

/** Clock ticks of /proc a second, the same on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** A server as a process of its own, from its start to its end. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown>;
  #errors = "";

  private constructor(
    { arguments: args, folder, environment }: ServerProgram,
    readonly port: number,
  ) {
    this.#child = spawn(process.execPath, args, {
      cwd: folder,
      env: { ...environment, PORT: String(port) },
      // Log lines are written and thrown away, so that nobody who reads them is measured as well.
      stdio: ["ignore", "ignore", "pipe"],
    });
    this.#child.stderr?.on("data", (chunk: Buffer) => (this.#errors += chunk.toString()));
    this.#exit = once(this.#child, "close");
  }

  /** Starts a server and waits until `/readyz` answers 200. Rejects with its errors where it ends before. */
  static async start(
    program: ServerProgram,
    signal: AbortSignal,
  ): Promise<{ readonly server: ServerProcess; readonly readyMilliseconds: number }> {
    const port = await freePort();
    const began = performance.now();
    const server = new ServerProcess(program, port);
    try {
      while (!(await isReady(port))) {
        signal.throwIfAborted();
        const waited = performance.now() - began;
        if (server.#child.exitCode !== null || waited > readyTimeLimitMilliseconds) {
          throw new Error(`${program.arguments.join(" ")}: not ready\n${server.#errors}`);
        }
        await wait(pollMilliseconds);
      }
    } catch (error) {
      await server.end();
      throw error;
    }
    return { server, readyMilliseconds: performance.now() - began };
  }

  /** Resident memory now. */
  rssBytes(): number {
    const text = execFileSync("ps", ["-o", "rss=", "-p", String(this.#child.pid)], {
      encoding: "utf8",
    });
    return Number(text) * kibibyte;
  }

  /** Processor time since the start in seconds; undefined where the system has no /proc. */
  cpuSeconds(): number | undefined {
    try {
      const stat = readFileSync(`/proc/${String(this.#child.pid)}/stat`, "utf8");
      // After the name in parentheses, which may itself hold spaces, utime and stime are the 12th and 13th.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
    } catch {
      return undefined;
    }
  }

  async end(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#exit;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, host), "listening");
  const { port } = server.address() as AddressInfo;
  await once(server.close(), "close");
  return port;
}

function isReady(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    get({ host, port, path: "/readyz", agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).on("error", () => {
      resolve(false);
    });
  });
}
