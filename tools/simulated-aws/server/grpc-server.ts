import * as grpc from "@grpc/grpc-js";
import type { Rpcs } from "../../preview/in-process-client";

/** A gRPC server on the loopback address. */
export interface RunningServer {
  readonly port: number;
  /** Ends the server and every call that it is still answering. */
  readonly stop: () => void;
}

/** The engine's own limit of a message; graphs with long documents exceed gRPC's 4 MiB. */
export const MESSAGE_LIMITS = {
  "grpc.max_receive_message_length": 400 * 1024 * 1024,
  "grpc.max_send_message_length": 400 * 1024 * 1024,
};

/** Only processes of this machine reach the server. */
const HOST = "127.0.0.1";

/**
 * Serves the methods of one gRPC service to other processes; one that `rpcs` lacks answers
 * UNIMPLEMENTED.
 *
 * @param port 0 takes a free one
 * @throws where the port cannot be listened on, with what to do
 */
export async function serve(
  service: grpc.ServiceDefinition,
  rpcs: Rpcs,
  port = 0,
): Promise<RunningServer> {
  const server = new grpc.Server(MESSAGE_LIMITS);
  const methods = Object.entries(rpcs).map(([name, rpc]) => [name, unary(rpc)] as const);
  server.addService(service, Object.fromEntries(methods));
  const bound = await new Promise<number>((listening, failed) => {
    const address = `${HOST}:${String(port)}`;
    server.bindAsync(address, grpc.ServerCredentials.createInsecure(), (error, number) => {
      if (error === null) {
        listening(number);
      } else {
        failed(new Error(refusal(address, error)));
      }
    });
  });
  return {
    port: bound,
    stop: () => {
      server.forceShutdown();
    },
  };
}

function refusal(address: string, error: Error): string {
  return error.message.includes("EADDRINUSE")
    ? `${address} is taken by another process; choose another port, or leave the port out to take a free one`
    : `cannot listen on ${address}: ${error.message}`;
}

/** A method that answers with a message, or a promise of one, or throws, as gRPC calls it. */
function unary(rpc: Rpcs[string]): grpc.handleUnaryCall<unknown, unknown> {
  return (call, done) => {
    const answer = new Promise((answered) => {
      answered(rpc(call.request as never));
    });
    answer.then(
      (response) => {
        done(null, response);
      },
      (error: unknown) => {
        done(asServiceError(error));
      },
    );
  };
}

/** What is thrown without a code is UNKNOWN, which the engine shows as the provider's error. */
function asServiceError(error: unknown): Partial<grpc.ServiceError> {
  if (isServiceError(error)) {
    return error;
  }
  return {
    code: grpc.status.UNKNOWN,
    details: error instanceof Error ? error.message : String(error),
  };
}

const isServiceError = (error: unknown): error is grpc.ServiceError =>
  error instanceof Error && "code" in error && "details" in error && "metadata" in error;
