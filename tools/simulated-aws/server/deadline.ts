/** How long the AWS provider waits for most resources where the program sets no timeout. */
const DEFAULT_SECONDS = 20 * 60;

/** What an operation waits for. */
export type Awaited = "available" | "gone";

/** Operations under way: each ends in time, and all end when the engine cancels. */
export class Deadlines {
  private readonly waiting = new Set<(reason: Error) => void>();

  /**
   * The result of an operation, or the provider's refusal where it takes longer than its timeout.
   * What the operation does afterwards has no effect on the engine any more.
   *
   * @param seconds the option customTimeouts, 0 for none
   */
  async within<T>(seconds: number, awaited: Awaited, operation: Promise<T>): Promise<T> {
    const limit = seconds > 0 ? seconds : DEFAULT_SECONDS;
    let giveUp: (reason: Error) => void = () => undefined;
    const givenUp = new Promise<never>((_, reject) => {
      giveUp = reject;
    });
    this.waiting.add(giveUp);
    const timer = setTimeout(() => {
      giveUp(new Error(timeoutMessage(limit, awaited)));
    }, limit * 1000);
    try {
      return await Promise.race([operation, givenUp]);
    } finally {
      clearTimeout(timer);
      this.waiting.delete(giveUp);
    }
  }

  /** Refuses everything that is under way. */
  cancel(): void {
    for (const giveUp of this.waiting) {
      giveUp(new Error("context canceled"));
    }
  }
}

/** Source: retry.TimeoutError of hashicorp/terraform-plugin-sdk, which the AWS provider waits with. */
function timeoutMessage(seconds: number, awaited: Awaited): string {
  const state = awaited === "gone" ? "resource to be gone" : "state to become 'available'";
  return `timeout while waiting for ${state} (timeout: ${goDuration(seconds)})`;
}

/** A duration as Go writes it, for example `1h0m0s`, `20m0s`, `1.5s` or `250ms`. */
export function goDuration(seconds: number): string {
  if (seconds < 1) {
    return `${String(Math.round(seconds * 1000))}ms`;
  }
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = `${String(Number((seconds % 60).toFixed(3)))}s`;
  if (hours > 0) {
    return `${String(hours)}h${String(minutes)}m${rest}`;
  }
  return minutes > 0 ? `${String(minutes)}m${rest}` : rest;
}
