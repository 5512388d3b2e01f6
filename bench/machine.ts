import * as os from "node:os";

/** The machine that a benchmark ran on. */
export interface Machine {
  readonly processor: string;
  readonly processors: number;
  readonly memoryBytes: number;
  readonly system: string;
  readonly node: string;
  /** Processes that wanted a processor when the run started, averaged over a minute. */
  readonly loadAverage: number;
}

export function describeMachine(): Machine {
  const processors = os.cpus();
  return {
    processor: processors[0]?.model ?? "unknown processor",
    processors: processors.length,
    memoryBytes: os.totalmem(),
    system: `${os.type()} ${os.arch()}`,
    node: process.versions.node,
    loadAverage: os.loadavg()[0] ?? 0,
  };
}
