/** One thing that went wrong while the program ran. */
export interface RecordingFault {
  readonly message: string;
  /** What was thrown, where something was. */
  readonly cause: unknown;
}

/**
 * The program did not run to its end, or did not declare all that it meant to. The message has one
 * line or more a fault; `cause` is what was thrown where that is the only fault.
 */
export class RecordingError extends Error {
  override readonly name = "RecordingError";

  constructor(readonly faults: readonly RecordingFault[]) {
    super(
      faults.map(({ message }) => message).join("\n"),
      faults.length === 1 ? { cause: faults[0]?.cause } : undefined,
    );
  }
}

/**
 * Collects the faults of one run. Many of them never reach the caller: a duplicate URN, an unknown
 * function, a throw inside an apply or a lost promise leave the program's own promise resolved and
 * show only as unhandled rejections, one failure many times over, or as an error log.
 */
export class FaultCollector {
  private readonly thrown = new Set<unknown>();
  private readonly logged = new Set<string>();
  private finished = false;

  /** Notes something that was thrown or rejected. */
  readonly add = (reason: unknown): void => {
    this.thrown.add(reason);
  };

  /** Notes a message that was logged as an error. */
  addLog(message: string): void {
    this.logged.add(message);
  }

  /** Runs `work` while every unhandled rejection of the process counts as a fault of this run. */
  async during(work: () => Promise<void>): Promise<void> {
    // Other listeners, such as a test runner's, would end the process for a fault reported here.
    const others = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection");
    process.on("unhandledRejection", this.add);
    // Node would end, as if all were well, with nothing left that could settle a promise.
    let stop: (() => void) | undefined;
    const idle = new Promise<void>((resolve) => {
      stop = resolve;
      process.once("beforeExit", resolve);
    });
    try {
      const done = work().catch(this.add);
      await Promise.race([done.then(() => (this.finished = true)), idle]);
      // Rejections are reported after the microtasks of the turn in which they happen.
      await new Promise((resolve) => setImmediate(resolve));
    } finally {
      if (stop !== undefined) {
        process.off("beforeExit", stop);
      }
      process.off("unhandledRejection", this.add);
      for (const listener of others) {
        process.on("unhandledRejection", listener);
      }
    }
  }

  /**
   * What was wrong with the run, each fault once and in the order in which they came.
   *
   * @param missing resources that never arrived: a consequence where there are other faults
   */
  conclude(missing: () => readonly RecordingFault[]): readonly RecordingFault[] {
    const found = this.found();
    if (found.length > 0) {
      return found;
    }
    const lost = missing();
    return lost.length > 0 || this.finished ? lost : [{ message: NEVER_ENDS, cause: undefined }];
  }

  private found(): readonly RecordingFault[] {
    const found = new Map<string, RecordingFault>();
    for (const cause of this.thrown) {
      const message = coreMessage(cause instanceof Error ? cause.message : String(cause));
      if (!found.has(message)) {
        found.set(message, { message, cause });
      }
    }
    for (const message of this.logged) {
      // The SDK logs what it then rejects with.
      if (![...found.keys()].some((known) => message.includes(known))) {
        found.set(message, { message, cause: undefined });
      }
    }
    return [...found.values()];
  }
}

const NEVER_ENDS = "the program waits for a promise that never settles";

/** What the SDK puts before a message on its way up, once for every consumer of a failed value. */
const SDK_PREFIX =
  /^(?:failed to (?:register new|read) resource .*? \[[^\]]*\]: |error serializing property "[^"]*": )+/;

function coreMessage(message: string): string {
  return message.replace(SDK_PREFIX, "");
}
