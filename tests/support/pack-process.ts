import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

/** The part of the generated gRPC client that is used. */
type Client = Record<
  string,
  (request: object, done: (error: unknown, response: never) => void) => void
> & {
  close(): void;
};

/* eslint-disable @typescript-eslint/no-require-imports -- the SDK's copy of gRPC, and services without typings */
const ofSdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));
const grpc = ofSdk("@grpc/grpc-js") as { credentials: { createInsecure(): object } };
const { AnalyzerClient } = require("@pulumi/pulumi/proto/analyzer_grpc_pb") as {
  AnalyzerClient: new (address: string, credentials: object) => Client;
};
/* eslint-enable @typescript-eslint/no-require-imports */

/** A policy pack in a process of its own, as the engine starts it. */
export interface PackProcess {
  /** Milliseconds from the start of the process to the port that it listens on. */
  readonly startMs: number;
  /** What it wrote besides the port. */
  readonly output: () => { readonly stdout: string; readonly stderr: string };
  call<Response>(rpc: string, request: object): Promise<Response>;
  stop(): Promise<void>;
}

/** How a pack ended that never listened. */
export class PackEnded extends Error {
  override readonly name = "PackEnded";

  constructor(
    readonly code: number | null,
    readonly stdout: string,
    readonly stderr: string,
  ) {
    super(`the pack ended with code ${String(code)} before it listened: ${stderr}`);
  }
}

/**
 * Starts the pack in `folder` for a stack. Whoever starts it stops it, whatever happens: it outlives
 * its parent otherwise.
 * @throws PackEnded where it ends before it listens
 */
export async function startPack(
  stack: string,
  folder = resolve(__dirname, "../../policies"),
): Promise<PackProcess> {
  const runner = createRequire(join(folder, "package.json")).resolve(
    "@pulumi/pulumi/cmd/run-policy-pack",
  );
  const { PATH, HOME } = process.env;
  const started = performance.now();
  const child = spawn(process.execPath, [runner, "127.0.0.1:1", folder], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...{ PATH, HOME },
      PULUMI_CONFIG: "{}",
      PULUMI_NODEJS_ORGANIZATION: "organization",
      PULUMI_NODEJS_PROJECT: "ecs-on-ec2",
      PULUMI_NODEJS_STACK: stack,
      PULUMI_NODEJS_DRY_RUN: "true",
    },
  });
  let [stdout, stderr] = ["", ""];
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  const port = await new Promise<string>((listening, failed) => {
    child.stdout.on("data", () => {
      if (stdout.includes("\n")) {
        listening(stdout.slice(0, stdout.indexOf("\n")));
      }
    });
    child.once("close", (code) => {
      failed(new PackEnded(code, stdout, stderr));
    });
  });
  const startMs = performance.now() - started;
  const client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  return {
    startMs,
    output: () => ({ stdout: stdout.slice(port.length + 1), stderr }),
    call: (rpc, request) =>
      new Promise((done, failed) => {
        client[rpc]?.(request, (error, response) => {
          if (error === null || error === undefined) {
            done(response);
          } else {
            failed(error instanceof Error ? error : new Error(JSON.stringify(error)));
          }
        });
      }),
    stop: async () => {
      client.close();
      await ended(child);
    },
  };
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null) {
      done();
      return;
    }
    child.once("close", () => {
      done();
    });
    child.kill();
  });
}
