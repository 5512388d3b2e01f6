import { inspect } from "node:util";
import { placeOf } from "./place";

/** One thing that went wrong while the program ran. */
export interface RecordingFault {
  readonly message: string;
  /** What was thrown, where something was. */
  readonly cause: unknown;
  /** Line of the project that it comes from, for example `infra/stack.ts:57`, where one is known. */
  readonly place?: string;
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

  /** @param root folder of the project, which places are told from */
  constructor(private readonly root = process.cwd()) {}

  /** Notes something that was thrown or rejected. */
  readonly add = (reason: unknown): void => {
    this.thrown.add(reason);
  };

  /** Notes a message that was logged as an error. */
  addLog(message: string): void {
    this.logged.add(message);
  }

  /**
   * Runs `work` while every unhandled rejection and every uncaught exception of the process, such as a
   * timer's, counts as a fault of this run.
   */
  async during(work: () => Promise<void>): Promise<void> {
    // Other listeners, such as a test runner's, would end the process for a fault reported here.
    const restorers = (["unhandledRejection", "uncaughtException"] as const).map((event) =>
      this.listenAlone(event),
    );
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
      for (const restore of restorers) {
        restore();
      }
    }
  }

  private listenAlone(event: "unhandledRejection" | "uncaughtException"): () => void {
    const emitter: NodeJS.EventEmitter = process;
    const others = emitter.listeners(event) as (() => void)[];
    // Not the event's further arguments, such as the promise.
    const listener = (reason: unknown): void => {
      this.add(reason);
    };
    emitter.removeAllListeners(event);
    emitter.on(event, listener);
    return () => {
      emitter.off(event, listener);
      for (const other of others) {
        emitter.on(event, other);
      }
    };
  }

  /**
   * What was wrong with the run, each fault once and in the order in which they came.
   *
   * @param missing resources that never arrived: a consequence where there are other faults, and then
   *   one fault at the end
   */
  conclude(missing: () => readonly MissingResource[]): readonly RecordingFault[] {
    const found = this.found();
    const lost = missing();
    if (found.length > 0) {
      return lost.length > 0 ? [...found, consequence(lost)] : found;
    }
    if (lost.length > 0) {
      return lost.map(({ label }) => ({
        message: `${label} ${NEVER_REGISTERED}`,
        cause: undefined,
      }));
    }
    return this.finished ? [] : [{ message: NEVER_ENDS, cause: undefined }];
  }

  private found(): readonly RecordingFault[] {
    const found: { core: string; fault: RecordingFault }[] = [];
    for (const cause of this.thrown) {
      const { core, message, isRepeated } = readMessage(cause);
      const place = placeOf(cause, this.root);
      // One failure comes several times: as it was thrown, and as an error of the SDK that quotes it.
      const known = found.find(
        ({ core: text, fault }) =>
          text === core &&
          (isRepeated || place === undefined || fault.place === undefined || fault.place === place),
      );
      if (known === undefined) {
        // What the tools refuse names its resource; the property is then one that waits for it.
        const text = isRepeated || place === undefined ? core : message;
        const at = place === undefined ? {} : { place };
        found.push({ core, fault: { message: text, cause, ...at } });
      } else if (!(known.fault.cause instanceof Error)) {
        known.fault = { ...known.fault, message };
      } else if (known.fault.place === undefined && place !== undefined) {
        known.fault = { ...known.fault, place };
      }
    }
    for (const message of this.logged) {
      // The SDK logs what it then rejects with.
      if (!found.some(({ core }) => message.includes(core))) {
        found.push({ core: message, fault: { message, cause: undefined } });
      }
    }
    return found.map(({ fault }) => fault);
  }
}

/** A resource whose constructor ran and that never arrived. */
export interface MissingResource {
  /** Type and name, for example `aws:sns/topic:Topic "alarms"`. */
  readonly label: string;
}

/** Most resources of a sentence: what depends on a failed network is nearly everything. */
const NAMED = 10;

function consequence(lost: readonly MissingResource[]): RecordingFault {
  const names = lost.slice(0, NAMED).map(({ label }) => label);
  const more = lost.length > NAMED ? ` and ${lost.length - NAMED} more` : "";
  const message = `never registered, for want of an input or a parent: ${names.join(", ")}${more}`;
  return { message, cause: undefined };
}

const NEVER_REGISTERED =
  "is declared and never registered: one of its inputs or its parent never gets a value";
const NEVER_ENDS = "the program waits for a promise that never settles";

/** What the SDK puts before a message on its way up. */
const FAILED_CALL = /^failed to (?:register new|read) resource .*? \[[^\]]*\]: /;
const IN_PROPERTY = /^error serializing property "[^"]*": /;

interface ReadMessage {
  /** Without what the SDK put before it. */
  readonly core: string;
  /** With the properties, each once: the SDK adds one for every consumer of a failed value. */
  readonly message: string;
  /** True for an error of the SDK that repeats what the engine answered. */
  readonly isRepeated: boolean;
}

function readMessage(cause: unknown): ReadMessage {
  let core = textOf(cause);
  let isRepeated = false;
  const properties = new Set<string>();
  for (;;) {
    const call = FAILED_CALL.exec(core)?.[0];
    const property = IN_PROPERTY.exec(core)?.[0];
    const prefix = call ?? property;
    if (prefix === undefined) break;
    if (property !== undefined) properties.add(property);
    isRepeated ||= call !== undefined;
    core = core.slice(prefix.length);
  }
  return { core, message: [...properties, core].join(""), isRepeated };
}

function textOf(cause: unknown): string {
  if (cause instanceof Error) return cause.message === "" ? cause.name : cause.message;
  if (cause === undefined || cause === null)
    return "the program rejected a promise without a reason";
  return typeof cause === "string" ? cause : inspect(cause, { breakLength: Infinity });
}
