import assert from "node:assert/strict";
import {
  clockText,
  countText,
  durationText,
  figureText,
  parseSeconds,
  percentText,
} from "../../../tools/simulate/quantities";

function table<T, R>(of: (value: T) => R, cases: readonly (readonly [T, R])[]): void {
  assert.deepEqual(
    cases.map(([value]) => [value, of(value)]),
    cases.map(([value, expected]) => [value, expected]),
  );
}

describe("parseSeconds", () => {
  it("reads seconds, minutes, hours and days, and nothing else", () => {
    table(parseSeconds, [
      ["90", 90],
      ["90s", 90],
      ["15m", 900],
      ["2h", 7200],
      ["1.5d", 129_600],
      ["0", 0],
      ["", undefined],
      ["h", undefined],
      ["-5", undefined],
      ["5w", undefined],
      ["1e3", undefined],
    ]);
  });
});

describe("clockText", () => {
  it("counts days before the clock from the second day on", () => {
    table(clockText, [
      [0, "00:00:00"],
      [7505, "02:05:05"],
      [86_399, "23:59:59"],
      [86_400, "1 day 00:00:00"],
      [200_000, "2 days 07:33:20"],
    ]);
  });
});

describe("durationText", () => {
  it("names the two largest units that are not zero", () => {
    table(durationText, [
      [0, "0 s"],
      [0.1, "0.1 s"],
      [1.5, "1.5 s"],
      [45, "45 s"],
      [60, "1 min"],
      [245, "4 min 5 s"],
      [3600, "1 h"],
      [3605, "1 h"],
      [11_100, "3 h 5 min"],
      [187_200, "2 d 4 h"],
    ]);
  });
});

describe("countText", () => {
  it("puts the noun in the singular for one only", () => {
    assert.deepEqual(
      [0, 1, 2].map((count) => countText(count, "task")),
      ["0 tasks", "1 task", "2 tasks"],
    );
  });
});

describe("figureText", () => {
  it("keeps three digits that count and sets thousands apart", () => {
    table(figureText, [
      [0, "0"],
      [0.000123, "0.000123"],
      [0.5, "0.5"],
      [1.234, "1.23"],
      [12.34, "12.3"],
      [123.4, "123"],
      [999.6, "1,000"],
      [1_234_567.8, "1,234,568"],
      [-1234, "-1,234"],
    ]);
  });
});

describe("percentText", () => {
  it("never says 0 or 100 of what is not", () => {
    table(
      ([part, whole]: readonly [number, number]) => percentText(part, whole),
      [
        [[0, 10], "0 %"],
        [[0, 0], "0 %"],
        [[1, 3], "33.3 %"],
        [[1, 240], "0.42 %"],
        [[1, 1_000_000], "under 0.01 %"],
        [[999_999, 1_000_000], "over 99.99 %"],
        [[10, 10], "100 %"],
        [[99, 100], "99 %"],
      ],
    );
  });
});
