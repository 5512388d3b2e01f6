import type { CountedRows } from "./resample";

/** Faults of a file after which reading it on tells nothing new. */
const MOST_FAULTS = 20;

const TIME_NAMES = ["time", "timestamp", "date", "datetime"];
const COUNT_NAMES = ["requests", "count", "sum", "value"];
const RATE_NAMES = ["rps", "requests_per_second"];

/** What the header of a trace may name its columns, for messages and help. */
export const columnNames = {
  time: TIME_NAMES.join(", "),
  requests: [...COUNT_NAMES, ...RATE_NAMES].join(", "),
};

interface Columns {
  readonly time: number;
  readonly requests: number;
  readonly requestsName: string;
  /** True where the figures are requests a second. */
  readonly isRate: boolean;
}

/** Longest trace, as long as --days may be: what is longer is a slip in a time, and simulates for hours. */
const MOST_DAYS = 366;

interface TakenTime {
  readonly line: number;
  readonly time: number;
  readonly text: string;
  readonly isNumber: boolean;
}

/** The rows of a trace, taken one by one, and everything that is wrong with them. */
export class TraceRows {
  readonly faults: string[] = [];
  #columns: Columns | undefined;
  #first: TakenTime | undefined;
  #previous: TakenTime | undefined;
  readonly #times = new GrowingArray();
  readonly #figures = new GrowingArray();
  readonly #lines = new GrowingArray();

  /** Takes a record; the first one is the header. Gives false where reading on makes no sense. */
  add(record: readonly string[], line: number): boolean {
    if (this.#columns === undefined) {
      this.#columns = this.#readHeader(record, line);
      return this.#columns !== undefined;
    }
    const time = this.#readTime(record[this.#columns.time] ?? "", line);
    const figure = this.#readFigure(record[this.#columns.requests] ?? "", line, this.#columns);
    if (time !== undefined && figure !== undefined) {
      this.#times.push(time);
      this.#figures.push(figure);
      this.#lines.push(line);
    }
    return this.faults.length < MOST_FAULTS;
  }

  /** The rows with counts; what is missing for that is a fault. */
  conclude(): CountedRows & { readonly lines: Float64Array } {
    const times = this.#times.values();
    if (this.faults.length === 0 && times.length < 2) {
      this.faults.push(
        this.#columns === undefined
          ? `is empty, must have a line such as 'time,requests' and a row for each step`
          : `has ${times.length === 0 ? "no row" : "one row"}, must have two or more, which tell the step`,
      );
    }
    const figures = this.#figures.values();
    const last = (times.at(-1) ?? 0) - (times.at(-2) ?? 0);
    const counts =
      this.#columns?.isRate === true
        ? figures.map((rate, row) => rate * ((times[row + 1] ?? NaN) - (times[row] ?? 0) || last))
        : figures;
    return { times, counts, lines: this.#lines.values() };
  }

  #fault(line: number, column: string, got: string, rule: string): void {
    this.faults.push(`line ${line}: ${column}: got '${excerpt(got)}', ${rule}`);
    if (this.faults.length === MOST_FAULTS) this.faults.push("read no further");
  }

  #readHeader(record: readonly string[], line: number): Columns | undefined {
    const names = record.map((name) => name.trim().toLowerCase());
    const indexesOf = (known: readonly string[]) =>
      names.flatMap((name, index) => (known.includes(name) ? index : []));
    const [time, ...otherTimes] = indexesOf(TIME_NAMES);
    const [requests, ...others] = indexesOf([...COUNT_NAMES, ...RATE_NAMES]);
    const remedy = `one column of ${columnNames.time} and one of ${columnNames.requests}`;
    if (
      time === undefined ||
      requests === undefined ||
      otherTimes.length > 0 ||
      others.length > 0
    ) {
      this.faults.push(
        `line ${line}: got the header '${excerpt(record.join(","))}', must name ${remedy}`,
      );
      return undefined;
    }
    const requestsName = names[requests] ?? "";
    return { time, requests, requestsName, isRate: RATE_NAMES.includes(requestsName) };
  }

  #readTime(text: string, line: number): number | undefined {
    const isNumber = /^\d+(\.\d+)?$/.test(text);
    const time = isNumber ? Number(text) : isoSeconds(text);
    const rule = timeRule(time, isNumber, this.#first, this.#previous);
    if (time === undefined || rule !== undefined) {
      this.#fault(line, "time", text, rule ?? "");
      return undefined;
    }
    this.#previous = { line, time, text, isNumber };
    this.#first ??= this.#previous;
    return time;
  }

  #readFigure(text: string, line: number, { requestsName }: Columns): number | undefined {
    const figure = /^\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
    if (Number.isFinite(figure)) return figure;
    this.#fault(line, requestsName, text, "must be a number of at least 0");
    return undefined;
  }
}

/** What is wrong with a time after the first and the one before it, or undefined. */
function timeRule(
  time: number | undefined,
  isNumber: boolean,
  first: TakenTime | undefined,
  previous: TakenTime | undefined,
): string | undefined {
  if (time === undefined) return "must be ISO 8601 such as 2026-01-05T13:00:00Z, or seconds";
  if (isNumber && time >= 1e11) return "must be seconds; divide milliseconds by 1000";
  if (first === undefined || previous === undefined) return undefined;
  if (previous.isNumber !== isNumber) {
    const form = previous.isNumber ? "seconds" : "a date and time";
    return `must be ${form} as in line ${previous.line}`;
  }
  if (time === previous.time) {
    return `which is in line ${previous.line} too; keep one row for each time`;
  }
  if (time < previous.time) {
    return `must be after '${previous.text}' of line ${previous.line}; sort the rows by time`;
  }
  return time - first.time >= MOST_DAYS * 86_400
    ? `must be within ${MOST_DAYS} days of '${first.text}' of line ${first.line}; cut the file there`
    : undefined;
}

/** As much of a text as a message holds. */
function excerpt(text: string): string {
  const printable = text.replace(/[^\x20-\x7e\u00a0-\uffff]/g, "?");
  return printable.length > 60 ? `${printable.slice(0, 60)}...` : printable;
}

const ISO =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** Seconds since 1970 of a date and time, UTC where it names no offset. */
function isoSeconds(text: string): number | undefined {
  const [, date, clock = "00:00", offset = "Z"] = ISO.exec(text) ?? [];
  if (date === undefined) return undefined;
  const milliseconds = Date.parse(`${date}T${clock}${offset.toUpperCase()}`);
  // The parser takes the 30th of February for the 2nd of March.
  const day = Number(date.slice(8));
  const isDay = new Date(`${date}T00:00:00Z`).getUTCDate() === day;
  return isDay && Number.isFinite(milliseconds) ? milliseconds / 1000 : undefined;
}

/** Numbers of a number not known beforehand, in eight bytes each. */
class GrowingArray {
  #values = new Float64Array(1024);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Float64Array(2 * this.#length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  values(): Float64Array {
    return this.#values.slice(0, this.#length);
  }
}
