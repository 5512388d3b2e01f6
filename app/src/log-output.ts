import { pino } from "pino";

/** Bytes of lines that are kept at most. */
const maxKeptBytes = 8192;

/**
 * Standard output for log lines. Those of one turn of the event loop are written at its end, in one go: under
 * load that is a system call for many requests in place of one for each. Nothing is lost when the process
 * exits or an error ends it, only what the last turn logged when it is killed.
 */
export function openLogOutput(): { write(line: string): void; flushSync(): void } {
  const output = pino.destination({ fd: 1, sync: true, minLength: maxKeptBytes });
  let isScheduled = false;
  const writeKept = (): void => {
    isScheduled = false;
    // Not flushSync, which asks the system to bring the output to a disk as well.
    output.flush();
  };
  const flushSync = (): void => {
    output.flushSync();
  };
  process.on("exit", flushSync);
  return {
    flushSync,
    write: (line) => {
      output.write(line);
      if (isScheduled) return;
      isScheduled = true;
      setImmediate(writeKept);
    },
  };
}
