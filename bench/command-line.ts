import { InvalidArgumentError } from "commander";

/** Reads the value of an option that is a whole number within bounds. */
export function wholeNumber(lowest: number, highest: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < lowest || value > highest) {
      throw new InvalidArgumentError(`expected a whole number from ${lowest} to ${highest}`);
    }
    return value;
  };
}

/** To the terminal, not into the report. */
export function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Runs a benchmark; a failure is one line and exit code 1. */
export function runBenchmark(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
