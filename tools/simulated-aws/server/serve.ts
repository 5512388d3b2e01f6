import type * as grpc from "@grpc/grpc-js";
import type { AwsAccount } from "../account";
import type { Cloud } from "../cloud/cloud";
import { serve } from "./grpc-server";
import { SimulatedProvider } from "./provider";

/** Packages whose provider the simulated AWS is. */
const PACKAGES = ["aws", "awsx", "docker"] as const;

export type Ports = Readonly<Record<(typeof PACKAGES)[number], number>>;

/** A simulated AWS that an engine can attach to. */
export interface ServedAws {
  /** Port of each package's provider on the loopback address. */
  readonly ports: Ports;
  readonly stop: () => void;
}

/* eslint-disable-next-line @typescript-eslint/no-require-imports -- the typings leave services out */
const { ResourceProviderService } = require("@pulumi/pulumi/proto/provider_grpc_pb") as {
  ResourceProviderService: grpc.ServiceDefinition;
};

/**
 * Serves a simulated account as the provider of every package that the program uses.
 *
 * @param account of the stack's configuration: region, and tags that previews show
 * @param port 0 takes a free one
 * @throws where the port is taken
 */
export async function serveAws(cloud: Cloud, account: AwsAccount, port = 0): Promise<ServedAws> {
  const { rpcs } = new SimulatedProvider(cloud, account);
  const server = await serve(ResourceProviderService, rpcs, port);
  const ports = PACKAGES.map((name) => [name, server.port] as const);
  return { ports: Object.fromEntries(ports) as Ports, stop: server.stop };
}

/** The value of PULUMI_DEBUG_PROVIDERS that attaches an engine to these providers. */
export const debugProviders = (ports: Ports): string =>
  PACKAGES.map((name) => `${name}:${String(ports[name])}`).join(",");
