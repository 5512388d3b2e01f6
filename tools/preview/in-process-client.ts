/**
 * The methods of one gRPC service over the service's own messages: each answers with a message, or a
 * promise of one, or throws. This is all that ties a service to the way it is reached: here they are
 * called directly, and a gRPC server can serve the same methods to another process.
 */
export type Rpcs = Readonly<Record<string, (request: never) => unknown>>;

/** gRPC's code UNKNOWN: any but UNAVAILABLE and CANCELLED, which the SDK takes for the engine's end. */
const UNKNOWN_CODE = 2;

type Done = (error: Error | null, response?: unknown) => void;

/**
 * An object with the methods of the service's gRPC client, for a program in the same process: no
 * socket is opened and no message is encoded.
 *
 * @param onError is told what a method throws, before the caller is
 */
export function inProcessClient(rpcs: Rpcs, onError: (error: unknown) => void): object {
  const fail = (error: unknown, done: Done) => {
    onError(error);
    const message = error instanceof Error ? error.message : String(error);
    done(Object.assign(new Error(message), { code: UNKNOWN_CODE, details: message }));
  };
  const method = (rpc: Rpcs[string]) => (request: never, done: Done) => {
    let answer: unknown;
    try {
      answer = rpc(request);
    } catch (error) {
      fail(error, done);
      return;
    }
    if (answer instanceof Promise) {
      answer.then(
        (response: unknown) => {
          done(null, response);
        },
        (error: unknown) => {
          fail(error, done);
        },
      );
    } else {
      done(null, answer);
    }
  };
  return Object.fromEntries(Object.entries(rpcs).map(([name, rpc]) => [name, method(rpc)]));
}
