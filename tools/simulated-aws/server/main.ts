import * as grpc from "@grpc/grpc-js";
import { Command, InvalidArgumentError, Option } from "commander";
import { accountOf } from "../account";
import type { Faults } from "../cloud/faults";
import { createCloud } from "../cloud/simulated-cloud";
import { serveAws } from "./serve";

interface Settings {
  readonly folder: string;
  readonly region: string;
  readonly defaultTags: string;
  readonly port: number;
  readonly faults: Faults;
}

/**
 * Serves a simulated account in this process until the standard input ends or SIGTERM comes. Writes
 * one line of JSON, `{"ports": …}`, when an engine can attach, and else one line of error.
 */
export async function main(): Promise<void> {
  const { folder, region, defaultTags, port, faults } = settings();
  // An engine that is interrupted at the terminal finishes what it has begun, and needs this for it.
  process.on("SIGINT", () => undefined);
  // gRPC has words of its own for a taken port, beside the error.
  grpc.setLogVerbosity(grpc.logVerbosity.NONE);
  try {
    const account = accountOf({ "aws:region": region, "aws:defaultTags": defaultTags });
    const served = await serveAws(createCloud({ account, folder, faults }), account, port);
    const end = () => {
      served.stop();
      process.exit(0);
    };
    process.on("SIGTERM", end);
    // Whoever started this process holds the other end: it ends with its parent, however that ends.
    process.stdin.on("end", end).on("error", end).resume();
    process.stdout.write(`${JSON.stringify({ ports: served.ports })}\n`);
  } catch (error) {
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

function settings(): Settings {
  return new Command("node tools/simulated-aws/server/start.cjs")
    .description(
      "Serves a simulated AWS account to the Pulumi engine (PULUMI_DEBUG_PROVIDERS) as the providers aws, awsx and docker.",
    )
    .requiredOption("--folder <path>", "folder of the account's resources; made where missing")
    .requiredOption("--region <region>", "region of the account")
    .option("--default-tags <json>", 'value of aws:defaultTags, for example {"tags": {…}}', "")
    .addOption(
      new Option("--port <number>", "port to listen on; 0 takes a free one")
        .default(0)
        .argParser(portNumber),
    )
    .addOption(
      new Option(
        "--faults <json>",
        "what goes wrong on purpose, as tools/simulated-aws/cloud/faults.ts names it",
      )
        .default({}, "nothing")
        .argParser(faultsOf),
    )
    .parse()
    .opts<Settings>();
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError("a port is a whole number from 0 to 65535");
  }
  return port;
}

function faultsOf(text: string): Faults {
  try {
    return JSON.parse(text) as Faults;
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}
