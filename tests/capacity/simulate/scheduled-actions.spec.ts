import assert from "node:assert/strict";
import { occurrencesOf } from "../../../capacity/simulate/scheduled-actions";

const DAY = 86_400;

function action(schedule: string, timezone = "Etc/UTC") {
  return { name: "test", schedule, timezone, minTasks: 1, maxTasks: 2 };
}

function times(schedule: string, timezone: string, from: string, days: number): string[] {
  const startsAt = Date.parse(from) / 1000;
  return occurrencesOf([action(schedule, timezone)], startsAt, days * DAY).map(({ atSeconds }) =>
    new Date((startsAt + atSeconds) * 1000).toISOString().slice(0, 16),
  );
}

describe("occurrencesOf", () => {
  it("keeps the hour of the clocks over the change to summer time", () => {
    assert.deepEqual(times("cron(0 8 * * ? *)", "Europe/Berlin", "2026-03-27T12:00:00Z", 3), [
      "2026-03-28T07:00",
      "2026-03-29T06:00",
      "2026-03-30T06:00",
    ]);
  });

  it("skips the hour that there is not and runs once in the hour that there is twice", () => {
    assert.deepEqual(times("cron(30 2 * * ? *)", "Europe/Berlin", "2026-03-28T12:00:00Z", 2), [
      "2026-03-30T00:30",
    ]);
    assert.deepEqual(times("cron(30 2 * * ? *)", "Europe/Berlin", "2026-10-24T12:00:00Z", 2), [
      "2026-10-25T00:30",
      "2026-10-26T01:30",
    ]);
  });

  it("begins with the start and ends before the end", () => {
    assert.deepEqual(times("cron(0 0 * * ? *)", "Etc/UTC", "2026-05-01T00:00:00Z", 2), [
      "2026-05-01T00:00",
      "2026-05-02T00:00",
    ]);
  });

  it("counts a rate from the start", () => {
    assert.deepEqual(times("rate(8 hours)", "Etc/UTC", "2026-05-01T03:00:00Z", 1), [
      "2026-05-01T11:00",
      "2026-05-01T19:00",
    ]);
    assert.deepEqual(times("rate(1 day)", "Etc/UTC", "2026-05-01T03:00:00Z", 1), []);
  });

  it("runs once at a moment of the time zone, if it falls within", () => {
    const schedule = "at(2026-07-01T09:30:00)";
    assert.deepEqual(times(schedule, "America/New_York", "2026-07-01T00:00:00Z", 1), [
      "2026-07-01T13:30",
    ]);
    assert.deepEqual(times(schedule, "America/New_York", "2026-07-02T00:00:00Z", 1), []);
  });

  it("orders several actions by time", () => {
    const actions = [action("cron(0 20 * * ? *)"), action("cron(0 6 * * ? *)")];
    assert.deepEqual(
      occurrencesOf(actions, 0, 2 * DAY).map(({ atSeconds }) => atSeconds / 3600),
      [6, 20, 30, 44],
    );
  });

  for (const [schedule, message] of [
    ["daily", "a schedule is cron(…), rate(…) or at(…)"],
    ["rate(0 minutes)", "a rate is a positive number and minute(s), hour(s) or day(s)"],
    ["at(2026-02-30T00:00:00)", "a moment is written yyyy-mm-ddThh:mm:ss"],
  ] as const) {
    it(`rejects ${schedule}`, () => {
      assert.throws(() => occurrencesOf([action(schedule)], 0, DAY), { message });
    });
  }
});
