import { FaultCollector, RecordingError } from "./recording-faults";
import { onRegistration } from "./sdk-internals";

/** Milliseconds that timers and the like of the program may take after its end. */
const LIMIT = 2000;

/**
 * Waits, once the program has ended, for what it left behind, for example a timer. What is declared or
 * thrown there is in no graph. Returns at once where nothing keeps the process alive. What comes later
 * than the limit is written to stderr and makes the process end with 1.
 *
 * @param meanwhile what else keeps the process alive, and is waited for first; how it ends is for the caller
 * @returns whether nothing is left that keeps the process alive, so that another program may run
 * @throws RecordingError with everything that came after the program's end.
 */
export async function refuseLateDeclarations(meanwhile?: Promise<unknown>): Promise<boolean> {
  const faults = new FaultCollector();
  let report: (error: Error) => void = faults.add;
  const endWatch = onRegistration((type, name) => {
    report(
      new Error(
        `${type} "${name}" is declared after the program's end, where a deployment may miss it; ` +
          "return a promise that waits for it",
      ),
    );
  });
  const state = { isQuiet: false };
  await faults.during(async () => {
    await meanwhile?.catch(() => undefined);
    state.isQuiet = await drained();
  });
  report = ({ message }) => {
    process.stderr.write(`error: ${message}\n`);
    process.exitCode = 1;
  };
  const found = faults.conclude(() => []);
  if (found.length > 0) throw new RecordingError(found);
  if (state.isQuiet) endWatch();
  return state.isQuiet;
}

/** Until nothing keeps the process alive, which is true, or the limit. */
function drained(): Promise<boolean> {
  return new Promise((resolve) => {
    const quiet = (): void => {
      clearTimeout(timer);
      resolve(true);
    };
    const timer = setTimeout(() => {
      process.off("beforeExit", quiet);
      resolve(false);
    }, LIMIT).unref();
    process.once("beforeExit", quiet);
  });
}
