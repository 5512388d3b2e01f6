import { dayNumber, type WallTime } from "./time-zone";

type WallDay = Pick<WallTime, "year" | "month" | "day">;

/** A cron expression of AWS: six fields, of which day of month and day of week have forms of their own. */
export interface CronExpression {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  /** Whether it runs on a day. */
  readonly matchesDay: (day: WallDay) => boolean;
}

interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names that stand for numbers, the first for `min`. */
  readonly words: readonly string[];
}

const MINUTES: CronField = { name: "minutes", min: 0, max: 59, words: [] };
const HOURS: CronField = { name: "hours", min: 0, max: 23, words: [] };
const DAY_OF_MONTH: CronField = { name: "day of month", min: 1, max: 31, words: [] };
const MONTH: CronField = {
  name: "month",
  min: 1,
  max: 12,
  words: "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" "),
};
const DAY_OF_WEEK: CronField = {
  name: "day of week",
  min: 1,
  max: 7,
  words: "SUN MON TUE WED THU FRI SAT".split(" "),
};
const YEAR: CronField = { name: "year", min: 1970, max: 2199, words: [] };

/**
 * Reads what stands between the brackets of `cron(…)`.
 *
 * @throws RangeError with what is wrong in words
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html
 */
export function parseCron(text: string): CronExpression {
  const parts = text.trim().split(/\s+/);
  const [minutes = "", hours = "", dayOfMonth = "", month = "", dayOfWeek = "", year = ""] = parts;
  if (parts.length !== 6) {
    throw new RangeError(
      "cron has six fields: minutes, hours, day of month, month, day of week, year",
    );
  }
  if ((dayOfMonth === "?") === (dayOfWeek === "?")) {
    throw new RangeError("exactly one of day of month and day of week is ?");
  }
  const months = new Set(parseField(MONTH, month));
  const years = new Set(parseField(YEAR, year));
  const matchesDate =
    dayOfWeek === "?" ? dayOfMonthMatcher(dayOfMonth) : dayOfWeekMatcher(dayOfWeek);
  return {
    minutes: parseField(MINUTES, minutes),
    hours: parseField(HOURS, hours),
    matchesDay: (day) => months.has(day.month) && years.has(day.year) && matchesDate(day),
  };
}

function dayOfMonthMatcher(text: string): (day: WallDay) => boolean {
  if (text === "L") {
    return (day) => day.day === daysInMonth(day);
  }
  const [, nearest] = /^(L|\d{1,2})W$/.exec(text) ?? [];
  if (nearest === undefined) {
    const days = new Set(parseField(DAY_OF_MONTH, text));
    return ({ day }) => days.has(day);
  }
  const [wanted = NaN] = nearest === "L" ? [31] : parseField(DAY_OF_MONTH, nearest);
  return (day) => {
    const last = daysInMonth(day);
    // A month without such a day has no weekday near it; LW is the last weekday of any month.
    return (
      (nearest === "L" || wanted <= last) &&
      day.day === nearestWeekday({ ...day, day: Math.min(wanted, last) })
    );
  };
}

function dayOfWeekMatcher(text: string): (day: WallDay) => boolean {
  if (text === "L") {
    return (day) => dayOfWeekOf(day) === DAY_OF_WEEK.max;
  }
  const [, last] = /^(\d|[A-Z]{3})L$/i.exec(text) ?? [];
  if (last !== undefined) {
    const wanted = parseNumber(DAY_OF_WEEK, last);
    return (day) => dayOfWeekOf(day) === wanted && day.day > daysInMonth(day) - 7;
  }
  const [, nth, ordinal] = /^(\d|[A-Z]{3})#([1-5])$/i.exec(text) ?? [];
  if (nth !== undefined) {
    const wanted = parseNumber(DAY_OF_WEEK, nth);
    return (day) => dayOfWeekOf(day) === wanted && Math.ceil(day.day / 7) === Number(ordinal);
  }
  const days = new Set(parseField(DAY_OF_WEEK, text));
  return (day) => days.has(dayOfWeekOf(day));
}

/**
 * The numbers that a list of `*`, numbers, ranges and increments stands for, in order. A range may go round,
 * as the hours 20-2 do; years have no round.
 */
function parseField(field: CronField, text: string): readonly number[] {
  const numbers = new Set<number>();
  const length = field.max - field.min + 1;
  for (const item of text.split(",")) {
    const [range = "", increment, ...rest] = item.split("/");
    const ends = range === "*" ? ([field.min, field.max] as const) : rangeEnds(field, range);
    const [first, last = increment === undefined ? first : field.max] = ends;
    const goesRound = first > last;
    const valid = rest.length === 0 && /^[1-9]\d{0,3}$/.test(increment ?? "1");
    if (!valid || (goesRound && field === YEAR)) {
      throw fieldFault(field);
    }
    const end = goesRound ? last + length : last;
    for (let value = first; value <= end; value += Number(increment ?? 1)) {
      numbers.add(value > field.max ? value - length : value);
    }
  }
  return [...numbers].sort((a, b) => a - b);
}

function rangeEnds(field: CronField, range: string): readonly [number, number?] {
  const [first = "", last, ...rest] = range.split("-");
  if (rest.length > 0) {
    throw fieldFault(field);
  }
  return last === undefined
    ? [parseNumber(field, first)]
    : [parseNumber(field, first), parseNumber(field, last)];
}

function parseNumber(field: CronField, text: string): number {
  const word = field.words.indexOf(text.toUpperCase());
  const value = word >= 0 ? field.min + word : /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value >= field.min && value <= field.max)) {
    throw fieldFault(field);
  }
  return value;
}

function fieldFault({ name, min, max }: CronField): RangeError {
  return new RangeError(`the field ${name} takes ${min} to ${max} and its wildcards`);
}

function daysInMonth({ year, month }: WallDay): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** 1 for Sunday to 7 for Saturday; 1970-01-01 was a Thursday. */
function dayOfWeekOf(day: WallDay): number {
  return ((((dayNumber(day) + 4) % 7) + 7) % 7) + 1;
}

/** Day of the month of the nearest weekday, which never leaves the month. */
function nearestWeekday(day: WallDay): number {
  const weekday = dayOfWeekOf(day);
  if (weekday === 7) {
    return day.day === 1 ? 3 : day.day - 1;
  }
  if (weekday === 1) {
    return day.day === daysInMonth(day) ? day.day - 2 : day.day + 1;
  }
  return day.day;
}
