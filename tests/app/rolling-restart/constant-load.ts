import type { Answer } from "./target";

export interface LoadSettings {
  readonly requestsPerSecond: number;
  /** Sent one after the other, again and again. */
  readonly paths: readonly string[];
}

/** Answers since the last count. */
export interface Tally {
  readonly answered: number;
  readonly failures: readonly Answer[];
}

const tickMilliseconds = 5;
/** A machine that stalls must not be hit by everything that it missed. */
const mostInFlight = 200;
/** As a browser and as a script, in turn. */
const accepted = ["application/json", "text/html"];

/** Sends requests at a constant rate, whether or not the ones before are answered. */
export class ConstantLoad {
  readonly #waiting = new Set<{ readonly goal: number; readonly resolve: () => void }>();
  readonly #timer: NodeJS.Timeout;
  #failures: Answer[] = [];
  #sent = 0;
  #answered = 0;
  #counted = 0;

  constructor(
    send: (path: string, headers: Readonly<Record<string, string>>) => Promise<Answer>,
    { requestsPerSecond, paths }: LoadSettings,
  ) {
    let last = performance.now();
    let due = 0;
    const sendOne = () => {
      const number = (this.#sent += 1);
      const path = paths[number % paths.length] ?? "/";
      void send(path, { accept: accepted[number % accepted.length] ?? "*/*" }).then((answer) => {
        if (answer.status !== 200 || answer.fault !== undefined) this.#failures.push(answer);
        this.#answered += 1;
        for (const waiting of this.#waiting) {
          if (this.#answered < waiting.goal) continue;
          this.#waiting.delete(waiting);
          waiting.resolve();
        }
      });
    };
    this.#timer = setInterval(() => {
      const now = performance.now();
      due += ((now - last) * requestsPerSecond) / 1000;
      last = now;
      while (due >= 1 && this.#sent - this.#answered < mostInFlight) {
        due -= 1;
        sendOne();
      }
      due = Math.min(due, 1);
    }, tickMilliseconds);
  }

  /** Resolves once as many more requests are answered, well or not. */
  answers(count: number): Promise<void> {
    if (count <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.add({ goal: this.#answered + count, resolve });
    });
  }

  /** What came in since the last call. */
  tally(): Tally {
    const tally = { answered: this.#answered - this.#counted, failures: this.#failures };
    this.#counted = this.#answered;
    this.#failures = [];
    return tally;
  }

  /** Sends nothing more, and resolves when everything is answered. */
  async stop(): Promise<void> {
    this.end();
    await this.answers(this.#sent - this.#answered);
  }

  /** Sends nothing more. */
  end(): void {
    clearInterval(this.#timer);
  }
}
