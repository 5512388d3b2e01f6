/** A moment as a clock on the wall shows it. */
export interface WallTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** Days on the wall from 1970-01-01, which count without regard to any zone. */
export function dayNumber({ year, month, day }: Pick<WallTime, "year" | "month" | "day">): number {
  return Date.UTC(year, month - 1, day) / 86_400_000;
}

/** Translates between seconds since 1970 (UTC) and the clocks of an IANA time zone. */
export class TimeZone {
  private readonly format: Intl.DateTimeFormat;

  /** @throws RangeError of a zone that the runtime does not know */
  constructor(name: string) {
    this.format = new Intl.DateTimeFormat("en-US", {
      timeZone: name,
      calendar: "gregory",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  }

  wallTime(seconds: number): WallTime {
    const parts = new Map(
      this.format.formatToParts(seconds * 1000).map(({ type, value }) => [type, Number(value)]),
    );
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    return {
      year: part("year"),
      month: part("month"),
      day: part("day"),
      hour: part("hour"),
      minute: part("minute"),
      second: part("second"),
    };
  }

  /**
   * Seconds since 1970 (UTC) at which the clocks show a time: the first of two where they are put back,
   * undefined where they skip it.
   */
  seconds(time: WallTime): number | undefined {
    const asUtc = wallSeconds(time);
    // No zone is farther than a day from UTC, and none changes its offset twice within two.
    const offsets = [-86_400, 86_400].map((shift) => this.offsetAt(asUtc + shift));
    return offsets
      .map((offset) => asUtc - offset)
      .sort((a, b) => a - b)
      .find((candidate) => wallSeconds(this.wallTime(candidate)) === asUtc);
  }

  private offsetAt(seconds: number): number {
    return wallSeconds(this.wallTime(seconds)) - seconds;
  }
}

function wallSeconds({ year, month, day, hour, minute, second }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
}
