import type { Stream } from "../preview/screen";

/** Time until anything is said: whoever waits no longer needs no news. */
const QUIET_MS = 1000;

/** Between two lines, on a terminal that draws over them and elsewhere. */
const TERMINAL_MS = 100;
const PLAIN_MS = 5000;

/**
 * Tells on stderr how far the work is, once it takes longer than a second: on a terminal in one line that is drawn
 * anew, elsewhere in a line every five seconds.
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
    const pause = isTerminal ? TERMINAL_MS : PLAIN_MS;
    if (now - this.#started < QUIET_MS || now - this.#said < pause) return;
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
