import assert from "node:assert/strict";
import { parseCron } from "../../../capacity/simulate/cron-expression";

/** Days of a month on which the expression runs. */
function daysOf(text: string, year: number, month: number): number[] {
  const { matchesDay } = parseCron(text);
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return Array.from({ length: last }, (_, index) => index + 1).filter((day) =>
    matchesDay({ year, month, day }),
  );
}

const WEEKDAYS_OF_MAY_2026 = [
  1, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 18, 19, 20, 21, 22, 25, 26, 27, 28, 29,
];

describe("parseCron", () => {
  it("reads the examples of the AWS documentation", () => {
    const times = (text: string) => {
      const { hours, minutes } = parseCron(text);
      return { hours: hours.join(), minutes: minutes.join(), days: daysOf(text, 2026, 5) };
    };
    const everyDay = Array.from({ length: 31 }, (_, index) => index + 1);
    const everyHour = Array.from({ length: 24 }, (_, index) => index).join();
    assert.deepEqual(times("0 10 * * ? *"), { hours: "10", minutes: "0", days: everyDay });
    assert.deepEqual(times("15 12 * * ? *"), { hours: "12", minutes: "15", days: everyDay });
    assert.deepEqual(times("0 18 ? * MON-FRI *"), {
      hours: "18",
      minutes: "0",
      days: WEEKDAYS_OF_MAY_2026,
    });
    assert.deepEqual(times("0 8 1 * ? *"), { hours: "8", minutes: "0", days: [1] });
    assert.deepEqual(times("0/15 * * * ? *"), {
      hours: everyHour,
      minutes: "0,15,30,45",
      days: everyDay,
    });
    assert.deepEqual(times("0/10 * ? * MON-FRI *"), {
      hours: everyHour,
      minutes: "0,10,20,30,40,50",
      days: WEEKDAYS_OF_MAY_2026,
    });
    assert.deepEqual(times("0/5 8-17 ? * MON-FRI *"), {
      hours: "8,9,10,11,12,13,14,15,16,17",
      minutes: "0,5,10,15,20,25,30,35,40,45,50,55",
      days: WEEKDAYS_OF_MAY_2026,
    });
    assert.deepEqual(times("0/30 20-2 ? * MON-FRI *"), {
      hours: "0,1,2,20,21,22,23",
      minutes: "0,30",
      days: WEEKDAYS_OF_MAY_2026,
    });
    assert.deepEqual(times("30 6 ? * MON *"), { hours: "6", minutes: "30", days: [4, 11, 18, 25] });
  });

  it("counts increments from the first", () => {
    assert.deepEqual(parseCron("1/10 0 * * ? *").minutes, [1, 11, 21, 31, 41, 51]);
    assert.deepEqual(parseCron("0 2-9/3,23 * * ? *").hours, [2, 5, 8, 23]);
  });

  it("knows the last day of the month, leap years too", () => {
    assert.deepEqual(daysOf("0 0 L * ? *", 2026, 2), [28]);
    assert.deepEqual(daysOf("0 0 L * ? *", 2028, 2), [29]);
    assert.deepEqual(daysOf("0 0 L 2 ? *", 2026, 3), []);
  });

  it("knows the weekday nearest to a day, which stays within the month", () => {
    assert.deepEqual(daysOf("0 0 3W * ? *", 2026, 6), [3]);
    assert.deepEqual(daysOf("0 0 3W * ? *", 2026, 5), [4]);
    assert.deepEqual(daysOf("0 0 2W * ? *", 2026, 5), [1]);
    assert.deepEqual(daysOf("0 0 1W * ? *", 2026, 8), [3]);
    assert.deepEqual(daysOf("0 0 31W * ? *", 2026, 5), [29]);
    assert.deepEqual(daysOf("0 0 31W * ? *", 2026, 6), []);
    assert.deepEqual(daysOf("0 0 LW * ? *", 2026, 2), [27]);
  });

  it("knows the last and the n-th of a weekday", () => {
    assert.deepEqual(daysOf("0 0 ? * 3#2 *", 2026, 5), [12]);
    assert.deepEqual(daysOf("0 0 ? * FRI#5 *", 2026, 5), [29]);
    assert.deepEqual(daysOf("0 0 ? * FRI#5 *", 2026, 6), []);
    assert.deepEqual(daysOf("0 0 ? * 6L *", 2026, 5), [29]);
    assert.deepEqual(daysOf("0 0 ? * SUNL *", 2026, 5), [31]);
    assert.deepEqual(daysOf("0 0 ? * L *", 2026, 5), [2, 9, 16, 23, 30]);
    assert.deepEqual(daysOf("0 0 ? * FRI-MON *", 2026, 6).slice(0, 5), [1, 5, 6, 7, 8]);
  });

  it("keeps to months and years", () => {
    assert.deepEqual(daysOf("0 0 7 JAN,mar ? 2026-2027", 2026, 3), [7]);
    assert.deepEqual(daysOf("0 0 7 * ? 2027", 2026, 3), []);
  });

  for (const [text, message] of [
    ["0 10 * * ?", "cron has six fields: minutes, hours, day of month, month, day of week, year"],
    ["0 10 * * * *", "exactly one of day of month and day of week is ?"],
    ["0 10 ? * ? *", "exactly one of day of month and day of week is ?"],
    ["60 10 * * ? *", "the field minutes takes 0 to 59 and its wildcards"],
    ["0 24 * * ? *", "the field hours takes 0 to 23 and its wildcards"],
    ["0 0/0 * * ? *", "the field hours takes 0 to 23 and its wildcards"],
    ["0 1-2-3 * * ? *", "the field hours takes 0 to 23 and its wildcards"],
    ["0 0 32W * ? *", "the field day of month takes 1 to 31 and its wildcards"],
    ["0 0 * FOO ? *", "the field month takes 1 to 12 and its wildcards"],
    ["0 0 ? * 8#1 *", "the field day of week takes 1 to 7 and its wildcards"],
    ["0 0 ? * 3#1,6#3 *", "the field day of week takes 1 to 7 and its wildcards"],
    ["0 0 * * ? 2030-2026", "the field year takes 1970 to 2199 and its wildcards"],
  ] as const) {
    it(`rejects ${text}`, () => {
      assert.throws(() => parseCron(text), { name: "RangeError", message });
    });
  }
});
