import { createHistogram } from "node:perf_hooks";
import autocannon from "autocannon";

export interface LoadOptions {
  readonly connections: number;
  readonly seconds: number;
  readonly signal: AbortSignal;
}

export interface LoadResult {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p50Milliseconds: number;
  readonly p99Milliseconds: number;
}

/**
 * Asks `/` for JSON on all connections at once, each with one request in flight. Latencies are kept in
 * microseconds, since autocannon's own histogram counts whole milliseconds. Rejects for any answer but 200.
 */
export async function loadServer(
  port: number,
  { connections, seconds, signal }: LoadOptions,
): Promise<LoadResult> {
  signal.throwIfAborted();
  const latencies = createHistogram();
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const run = autocannon(
      {
        url: `http://127.0.0.1:${port}/`,
        connections,
        duration: seconds,
        headers: { accept: "application/json" },
      },
      (error: unknown, outcome) => {
        signal.removeEventListener("abort", stop);
        if (error instanceof Error) reject(error);
        else resolve(outcome);
      },
    );
    const stop = () => {
      run.stop();
    };
    signal.addEventListener("abort", stop, { once: true });
    run.on("response", (_client, _status, _bytes, milliseconds) => {
      latencies.record(Math.max(Math.round(milliseconds * 1000), 1));
    });
  });
  signal.throwIfAborted();

  const answered = result["2xx"];
  const failed = result.errors + result.timeouts + result.non2xx;
  if (failed > 0 || answered === 0) {
    throw new Error(`port ${port}: ${failed} of ${answered + failed} requests failed`);
  }
  return {
    requests: answered,
    requestsPerSecond: answered / result.duration,
    p50Milliseconds: latencies.percentile(50) / 1000,
    p99Milliseconds: latencies.percentile(99) / 1000,
  };
}
