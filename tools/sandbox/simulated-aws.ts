import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import type { AwsAccount } from "../simulated-aws/account";
import type { Faults } from "../simulated-aws/cloud/faults";
import type { Ports } from "../simulated-aws/server/serve";
import { SandboxError } from "./sandbox-error";

/** How to start a simulated AWS. */
export interface SimulatedAwsSettings {
  /** Region, and tags that the provider adds. */
  readonly account: Pick<AwsAccount, "region" | "defaultTags">;
  /** Folder of the account's resources; made where missing. */
  readonly folder: string;
  /** Folder of the project, where relative paths of its program begin. @default the working directory */
  readonly directory?: string;
  /** @default 0, a free one */
  readonly port?: number;
  /** What goes wrong on purpose. @default nothing */
  readonly faults?: Faults;
}

/** A simulated AWS in a process of its own. */
export interface StartedAws {
  readonly ports: Ports;
  readonly pid: number;
  /** Ends the process; settles when it has ended. */
  readonly stop: () => Promise<void>;
}

const SERVER = join(__dirname, "../simulated-aws/server/start.cjs");

/**
 * Starts a simulated AWS that ends with this process at the latest.
 *
 * @throws SandboxError where it does not come up, with its own words
 */
export async function startSimulatedAws(settings: SimulatedAwsSettings): Promise<StartedAws> {
  const { account, folder, directory, port = 0, faults = {} } = settings;
  const child = spawn(
    process.execPath,
    [
      SERVER,
      ...["--folder", resolve(folder), "--region", account.region, "--port", String(port)],
      ...["--faults", JSON.stringify(faults)],
      ...["--default-tags", JSON.stringify({ tags: account.defaultTags })],
    ],
    { cwd: directory, stdio: ["pipe", "pipe", "pipe"] },
  );
  // It reads its end only; what it writes after its end was closed concerns nobody.
  child.stdin.on("error", () => undefined);
  let [stdout, stderr] = ["", ""];
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const line = await new Promise<string>((started, failed) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      if (stdout.includes("\n")) {
        started(stdout);
      }
    });
    child.once("error", failed);
    child.once("close", () => {
      const words = stderr.trim().replace(/^error: /, "");
      failed(new SandboxError(`the simulated AWS did not start: ${words}`));
    });
  });
  const { ports } = JSON.parse(line) as { ports: Ports };
  return { ports, pid: child.pid ?? 0, stop: () => ended(child) };
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      done();
      return;
    }
    child.once("close", () => {
      done();
    });
    child.kill("SIGTERM");
  });
}
