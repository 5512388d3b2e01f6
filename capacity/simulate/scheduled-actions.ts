import { parseCron } from "./cron-expression";
import type { ScheduledActionModel } from "./scaling-model";
import { dayNumber, TimeZone, type WallTime } from "./time-zone";

/** A run of a scheduled action, in seconds from the load's start. */
export interface Occurrence {
  readonly atSeconds: number;
  readonly action: ScheduledActionModel;
}

const RATE_SECONDS: Readonly<Record<string, number>> = { minute: 60, hour: 3600, day: 86_400 };

/**
 * When scheduled actions run within so many seconds from a start, in order. A rate counts from the start. A
 * time that the clocks skip in spring does not occur, one that they show twice in autumn occurs once.
 *
 * @param startsAt seconds since 1970 (UTC)
 * @throws RangeError with the action's name and what is wrong with its schedule or time zone
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html
 */
export function occurrencesOf(
  actions: readonly ScheduledActionModel[],
  startsAt: number,
  seconds: number,
): readonly Occurrence[] {
  return actions
    .flatMap((action) =>
      occurrenceTimes(action, startsAt, startsAt + seconds).map((at) => ({
        atSeconds: at - startsAt,
        action,
      })),
    )
    .sort((a, b) => a.atSeconds - b.atSeconds);
}

function occurrenceTimes(
  action: ScheduledActionModel,
  from: number,
  until: number,
): readonly number[] {
  const zone = new TimeZone(action.timezone);
  const [, kind, inner = ""] = /^(cron|rate|at)\((.*)\)$/.exec(action.schedule) ?? [];
  if (kind === "cron") {
    return cronTimes(inner, zone, from, until);
  }
  if (kind === "rate") {
    return rateTimes(inner, from, until);
  }
  if (kind === "at") {
    const at = zone.seconds(parseMoment(inner));
    return at !== undefined && at >= from && at < until ? [at] : [];
  }
  throw new RangeError("a schedule is cron(…), rate(…) or at(…)");
}

function cronTimes(text: string, zone: TimeZone, from: number, until: number): readonly number[] {
  const cron = parseCron(text);
  const times: number[] = [];
  const lastDay = dayNumber(zone.wallTime(until));
  for (let number = dayNumber(zone.wallTime(from)); number <= lastDay; number += 1) {
    const date = new Date(number * 86_400_000);
    const day = {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
    };
    if (!cron.matchesDay(day)) {
      continue;
    }
    for (const hour of cron.hours) {
      for (const minute of cron.minutes) {
        const at = zone.seconds({ ...day, hour, minute, second: 0 });
        if (at !== undefined && at >= from && at < until) {
          times.push(at);
        }
      }
    }
  }
  return times;
}

function rateTimes(text: string, from: number, until: number): readonly number[] {
  const [, count = "", unit = ""] = /^(\d{1,9}) (minute|hour|day)s?$/.exec(text) ?? [];
  const step = Number(count) * (RATE_SECONDS[unit] ?? NaN);
  if (!(step > 0)) {
    throw new RangeError("a rate is a positive number and minute(s), hour(s) or day(s)");
  }
  const times: number[] = [];
  for (let at = from + step; at < until; at += step) {
    times.push(at);
  }
  return times;
}

function parseMoment(text: string): WallTime {
  const moment = new Date(`${text}Z`);
  if (Number.isNaN(moment.getTime()) || moment.toISOString() !== `${text}.000Z`) {
    throw new RangeError("a moment is written yyyy-mm-ddThh:mm:ss");
  }
  return {
    year: moment.getUTCFullYear(),
    month: moment.getUTCMonth() + 1,
    day: moment.getUTCDate(),
    hour: moment.getUTCHours(),
    minute: moment.getUTCMinutes(),
    second: moment.getUTCSeconds(),
  };
}
