import assert from "node:assert/strict";
import { scheduleFault } from "../../../infra/config/schedule-expression";

const FIELDS = "cron has six fields: minutes, hours, day of month, month, day of week, year";
const DAYS = "exactly one of day of month and day of week is ?";
const RATE = "a rate is a positive number and minute(s), hour(s) or day(s), singular after 1";
const MOMENT = "a moment is written yyyy-mm-ddThh:mm:ss";
const KIND = "a schedule is cron(…), rate(…) or at(…)";

function field(name: string, min: number, max: number): string {
  return `the field ${name} takes ${min} to ${max} and its wildcards`;
}

describe("scheduleFault", () => {
  for (const schedule of [
    "cron(0 10 * * ? *)",
    "cron(15 12 ? * MON-FRI *)",
    "cron(0/15 * * * ? *)",
    "cron(*/5 8-17 ? * mon,wed,FRI *)",
    "cron(0 8 1 * ? *)",
    "cron(0 8 L JAN,JUL ? 2026-2030)",
    "cron(0 8 LW * ? *)",
    "cron(0 8 1W 1-6/2 ? *)",
    "cron(0 8 31W * ? *)",
    "cron(0 8 ? * 1L *)",
    "cron(0 8 ? * SAT#1 *)",
    "cron(0/9999 8 ? * 7 *)",
    "cron(0 8 ? * 6L *)",
    "cron(0 8 ? * TUE#2 2199)",
    "cron(59 23 31 12 ? 1970)",
    "rate(1 minute)",
    "rate(2 days)",
    "rate(999999999 minutes)",
    "rate(12 hours)",
    "at(2028-02-29T23:59:59)",
  ]) {
    it(`accepts ${schedule}`, () => {
      assert.equal(scheduleFault(schedule), undefined);
    });
  }

  const bad: [schedule: string, fault: string][] = [
    ["", KIND],
    ["0 10 * * ? *", KIND],
    ["cron(0 10 * * ? *", KIND],
    ["every(1 day)", KIND],
    ["cron(0 10 * * ?)", FIELDS],
    ["cron(0 10 * * ? * *)", FIELDS],
    ["cron(0 10 * * * *)", DAYS],
    ["cron(0 10 ? * ? *)", DAYS],
    ["cron(0 10 1 * MON *)", DAYS],
    ["cron(60 10 * * ? *)", field("minutes", 0, 59)],
    ["cron(0 24 * * ? *)", field("hours", 0, 23)],
    ["cron(0 0 0 * ? *)", field("day of month", 1, 31)],
    ["cron(0 0 32W * ? *)", field("day of month", 1, 31)],
    ["cron(0 0 1 13 ? *)", field("month", 1, 12)],
    ["cron(0 0 1 JANUARY ? *)", field("month", 1, 12)],
    ["cron(0 0 ? * 0 *)", field("day of week", 1, 7)],
    ["cron(0 0 ? * 8 *)", field("day of week", 1, 7)],
    ["cron(0 0 ? * MON#6 *)", field("day of week", 1, 7)],
    ["cron(0 0 * * ? 1969)", field("year", 1970, 2199)],
    ["cron(5-1 0 * * ? *)", field("minutes", 0, 59)],
    ["cron(1-2-3 0 * * ? *)", field("minutes", 0, 59)],
    ["cron(0/0 0 * * ? *)", field("minutes", 0, 59)],
    ["cron(0/5/5 0 * * ? *)", field("minutes", 0, 59)],
    ["cron(1, 0 * * ? *)", field("minutes", 0, 59)],
    ["rate(0 minutes)", RATE],
    ["cron(0/10000 8 ? * 7 *)", field("minutes", 0, 59)],
    ["cron(0 0 0W * ? *)", field("day of month", 1, 31)],
    ["cron(0 0 ? * MON#0 *)", field("day of week", 1, 7)],
    ["rate(1000000000 minutes)", RATE],
    ["rate(1 minutes)", RATE],
    ["rate(2 minute)", RATE],
    ["rate(5 weeks)", RATE],
    ["at(2027-02-29T00:00:00)", MOMENT],
    ["at(2027-02-28 00:00:00)", MOMENT],
    ["at(2027-02-28T24:00:00)", MOMENT],
  ];
  for (const [schedule, fault] of bad) {
    it(`refuses ${JSON.stringify(schedule)}`, () => {
      assert.equal(scheduleFault(schedule), fault);
    });
  }
});
