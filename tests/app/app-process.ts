import { spawn, type ChildProcess } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

export type LogLine = Readonly<Record<string, unknown>>;

const source = join(__dirname, "..", "..", "app", "src");

/** A program of app/src as a process of its own, with no environment but the one given. */
export class AppProcess {
  readonly #child: ChildProcess;
  readonly #lines: LogLine[] = [];
  readonly #changes = new EventEmitter();
  #errors = "";
  #hasEnded = false;
  /** Exit code, or the signal that ended the process, once its output is read. */
  readonly exit: Promise<number | NodeJS.Signals | null>;

  constructor(program: "server.ts" | "healthcheck.ts", environment: Record<string, string>) {
    this.#child = spawn(
      process.execPath,
      ["--require", require.resolve("sucrase/register/ts"), join(source, program)],
      { env: environment, stdio: ["ignore", "pipe", "pipe"] },
    );
    const { stdout, stderr } = this.#child;
    if (stdout === null || stderr === null) throw new Error("the process has no output");
    createInterface(stdout).on("line", (line) => {
      this.#lines.push(JSON.parse(line) as LogLine);
      this.#changes.emit("change");
    });
    stderr.setEncoding("utf8").on("data", (chunk: string) => (this.#errors += chunk));
    this.exit = once(this.#child, "close").then(([code, signal]) => {
      this.#hasEnded = true;
      this.#changes.emit("change");
      return (code ?? signal) as number | NodeJS.Signals | null;
    });
  }

  /** Messages logged so far, in order. */
  get messages(): readonly unknown[] {
    return this.#lines.map((line) => line["msg"]);
  }

  /** Standard error so far. */
  get errors(): string {
    return this.#errors;
  }

  /** The log line with `message`, as soon as it is there; rejects where the process ends without it. */
  async line(message: string): Promise<LogLine> {
    for (;;) {
      const found = this.#lines.find((line) => String(line["msg"]).startsWith(message));
      if (found !== undefined) return found;
      if (this.#hasEnded) throw new Error(`ended without logging "${message}": ${this.#errors}`);
      await once(this.#changes, "change");
    }
  }

  /** The port that a server listens on, as soon as it does. */
  async port(): Promise<number> {
    const { msg } = await this.line("Server listening at http://127.0.0.1:");
    return Number(String(msg).split(":").at(-1));
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }
}
