import assert from "node:assert/strict";
import { scheduledScaling } from "../../../infra/config/schedules";

function accepts(overrides: object): boolean {
  const entry = {
    name: "night",
    schedule: "cron(0 22 * * ? *)",
    timezone: "Europe/Berlin",
    minTasks: 1,
    maxTasks: 2,
    ...overrides,
  };
  return scheduledScaling(JSON.stringify([entry])).ok;
}

describe("scheduledScaling", () => {
  it("takes names of 1 to 32 characters", () => {
    assert.deepEqual(
      [1, 2, 32, 33].map((length) => accepts({ name: "a".repeat(length) })),
      [true, true, true, false],
    );
    assert.deepEqual(
      ["a-b", "a-", "1a", "A"].map((name) => accepts({ name })),
      [true, false, false, false],
    );
  });

  it("takes 0 to 1000 tasks", () => {
    for (const key of ["minTasks", "maxTasks"]) {
      assert.deepEqual(
        [-1, 0, 1000, 1001].map((tasks) => accepts({ [key]: tasks })),
        [false, true, true, false],
      );
    }
  });

  it("takes the names of time zones, spelt exactly, and no offsets", () => {
    assert.deepEqual(
      [
        "UTC",
        "Etc/GMT+9",
        "America/Argentina/Buenos_Aires",
        "America/Port-au-Prince",
        "Asia/Kolkata",
        "Asia/Calcutta",
      ].map((timezone) => accepts({ timezone })),
      [true, true, true, true, true, true],
    );
    assert.deepEqual(
      [
        "utc",
        "Utc",
        "europe/berlin",
        "Europe/berlin",
        "Europe/BERLIN",
        "+01:00",
        "Mars/Base",
        "",
      ].map((timezone) => accepts({ timezone })),
      [false, false, false, false, false, false, false, false],
    );
  });
});
