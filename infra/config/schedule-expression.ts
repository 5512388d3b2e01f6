interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names that stand for numbers, the first for `min`. */
  readonly words: readonly string[];
  /** Forms that only this field has. */
  readonly special: RegExp | undefined;
}

const MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ");
const DAYS = "SUN MON TUE WED THU FRI SAT".split(" ");
const DAY = "(?:[1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)";

const FIELDS: readonly CronField[] = [
  { name: "minutes", min: 0, max: 59, words: [], special: undefined },
  { name: "hours", min: 0, max: 23, words: [], special: undefined },
  {
    name: "day of month",
    min: 1,
    max: 31,
    words: [],
    special: /^(?:\?|L|LW|(?:[1-9]|[12]\d|3[01])W)$/,
  },
  { name: "month", min: 1, max: 12, words: MONTHS, special: undefined },
  {
    name: "day of week",
    min: 1,
    max: 7,
    words: DAYS,
    special: new RegExp(`^(?:\\?|L|${DAY}L|${DAY}#[1-5])$`),
  },
  { name: "year", min: 1970, max: 2199, words: [], special: undefined },
];

/**
 * What is wrong with a schedule of Application Auto Scaling, in words, or undefined if nothing is.
 *
 * @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html
 */
export function scheduleFault(schedule: string): string | undefined {
  const [, kind, inner = ""] = /^(cron|rate|at)\((.*)\)$/.exec(schedule) ?? [];
  if (kind === "cron") {
    return cronFault(inner);
  }
  if (kind === "rate") {
    return /^(?:1 (?:minute|hour|day)|(?!0|1 )\d{1,9} (?:minutes|hours|days))$/.test(inner)
      ? undefined
      : "a rate is a positive number and minute(s), hour(s) or day(s), singular after 1";
  }
  if (kind === "at") {
    return isMoment(inner) ? undefined : "a moment is written yyyy-mm-ddThh:mm:ss";
  }
  return "a schedule is cron(…), rate(…) or at(…)";
}

function cronFault(expression: string): string | undefined {
  const parts = expression.split(/\s+/);
  if (parts.length !== FIELDS.length) {
    return "cron has six fields: minutes, hours, day of month, month, day of week, year";
  }
  const wrong = FIELDS.find((field, index) => !isCronField(field, parts[index] ?? ""));
  if (wrong !== undefined) {
    return `the field ${wrong.name} takes ${wrong.min} to ${wrong.max} and its wildcards`;
  }
  return (parts[2] === "?") !== (parts[4] === "?")
    ? undefined
    : "exactly one of day of month and day of week is ?";
}

function isCronField(field: CronField, text: string): boolean {
  return field.special?.test(text) === true || text.split(",").every((item) => isItem(field, item));
}

/** `*`, a number, a range of numbers, or one of these with an increment. */
function isItem(field: CronField, item: string): boolean {
  const [range = "", increment, ...rest] = item.split("/");
  if (rest.length > 0 || (increment !== undefined && !/^[1-9]\d{0,3}$/.test(increment))) {
    return false;
  }
  if (range === "*") {
    return true;
  }
  const ends = range.split("-").map((end) => cronNumber(field, end));
  const [first = NaN, last = first] = ends;
  return ends.length <= 2 && first >= field.min && last <= field.max && first <= last;
}

function cronNumber(field: CronField, text: string): number {
  const word = field.words.indexOf(text.toUpperCase());
  return word >= 0 ? field.min + word : /^\d+$/.test(text) ? Number(text) : NaN;
}

function isMoment(text: string): boolean {
  const moment = new Date(`${text}Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString() === `${text}.000Z`;
}
