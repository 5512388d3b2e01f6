import type { Stream } from "../preview/screen";

/** Time until anything is said, for whoever waits no longer needs no news, and between two lines. */
const TERMINAL = { quietMs: 1000, pauseMs: 100 };

/** The same where lines stay: in a log, and in what a script takes for a complaint. */
const PLAIN = { quietMs: 5000, pauseMs: 10_000 };

/**
 * Tells on stderr how far the work is, once it takes long: on a terminal after a second in one line that is drawn
 * anew, elsewhere after five seconds in a line every ten.
 */
export class Progress {
  #started: number;
  #said = -Infinity;
  #shown = false;

  constructor(
    private readonly stream: Stream,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#started = now();
  }

  /** Takes what is done and the share of it, 0 to 1. */
  readonly report = (work: string, share: number): void => {
    const now = this.now();
    const isTerminal = this.stream.isTTY === true;
    const { quietMs, pauseMs } = isTerminal ? TERMINAL : PLAIN;
    if (now - this.#started < quietMs || now - this.#said < pauseMs) return;
    this.#said = now;
    const line = `${work}: ${String(Math.floor(100 * share)).padStart(3)} %`;
    this.stream.write(isTerminal ? `\r\u001b[2K${line}` : `${line}\n`);
    this.#shown = isTerminal;
  };

  /** Clears the line of a terminal. */
  end(): void {
    if (this.#shown) this.stream.write("\r\u001b[2K");
    this.#shown = false;
  }
}
