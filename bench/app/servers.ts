import { join, resolve } from "node:path";
import type { Logging, ServerId } from "./comparison";
import type { ServerProgram } from "./server-process";

export interface BenchServer {
  readonly id: ServerId;
  readonly label: string;
  readonly program: (logging: Logging) => ServerProgram;
  /** False where its start and its memory are those of what transpiles it. */
  readonly showsStart: boolean;
}

/** What the service answers to `/`, which its peers repeat. */
export interface ServiceAnswer {
  readonly body: unknown;
  /** Without those that Node writes by itself or that differ from one request to the next. */
  readonly headers: Readonly<Record<string, string>>;
}

const appFolder = resolve(__dirname, "../../app");

/** Headers that are no decision of the service, or that a peer must work out for itself. */
const notRepeated = new Set(["connection", "content-length", "date", "keep-alive"]);

/** The service as its container runs it: the built program in production mode. */
export const service: BenchServer = {
  id: "service",
  label: "the service",
  showsStart: true,
  program: (logging) => ({
    arguments: [join("dist", "server.js")],
    folder: appFolder,
    environment: {
      NODE_ENV: "production",
      APP_LOG_LEVEL: logging === "each" ? "info" : "warn",
    },
  }),
};

/**
 * The same answers in three ways: the routes and functions of the service without its framework, the
 * answers alone on node:http, and the answers alone on Express.
 */
export function peersOf({ body, headers }: ServiceAnswer): readonly BenchServer[] {
  const peer = (id: ServerId, label: string, ...args: readonly string[]): BenchServer => ({
    id,
    label,
    showsStart: args.length === 1,
    program: (logging) => ({
      arguments: args,
      folder: __dirname,
      environment: {
        NODE_ENV: "production",
        BENCH_BODY: JSON.stringify(body),
        BENCH_HEADERS: JSON.stringify(headers),
        BENCH_LOG: String(logging === "each"),
      },
    }),
  });
  const transpiled = ["--require", require.resolve("sucrase/register/ts")];
  return [
    peer("routes", "its routes on node:http", ...transpiled, require.resolve("./routes-server")),
    peer("bare", "bare node:http", require.resolve("./bare-server.cjs")),
    peer("express", "Express 5", require.resolve("./express-server.cjs")),
  ];
}

/** Asks a server for `/` as the load does. */
export async function askForAnswer(port: number): Promise<ServiceAnswer> {
  const response = await fetch(`http://127.0.0.1:${port}/`, {
    headers: { accept: "application/json", "accept-encoding": "identity" },
  });
  return {
    body: await response.json(),
    headers: Object.fromEntries([...response.headers].filter(([name]) => !notRepeated.has(name))),
  };
}

/**
 * Where two answers differ; none where they are equal but for the value of headers that are new in
 * each answer. Both are asked twice to know which those are.
 */
export function differences(
  [service, serviceAgain]: readonly [ServiceAnswer, ServiceAnswer],
  peer: ServiceAnswer,
): readonly string[] {
  const names = new Set([...Object.keys(service.headers), ...Object.keys(peer.headers)]);
  const differing = [...names].filter((name) => {
    const changes = service.headers[name] !== serviceAgain.headers[name];
    return changes ? !(name in peer.headers) : service.headers[name] !== peer.headers[name];
  });
  return [
    ...(JSON.stringify(service.body) === JSON.stringify(peer.body) ? [] : ["the body"]),
    ...differing.sort(),
  ];
}
