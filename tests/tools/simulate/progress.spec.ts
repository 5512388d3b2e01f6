import assert from "node:assert/strict";
import { Progress } from "../../../tools/simulate/progress";

function reported(
  isTTY: boolean,
  steps: readonly (readonly [milliseconds: number, share: number])[],
): string[] {
  const written: string[] = [];
  let now = 0;
  const progress = new Progress({ isTTY, write: (text) => written.push(text) }, () => now);
  for (const [milliseconds, share] of steps) {
    now = milliseconds;
    progress.report("simulating prod", share);
  }
  progress.end();
  return written;
}

describe("Progress", () => {
  it("says nothing of what takes less than a second, or than five off a terminal", () => {
    assert.deepEqual(
      reported(true, [
        [0, 0],
        [500, 0.5],
        [999, 0.99],
      ]),
      [],
    );
    assert.deepEqual(
      reported(false, [
        [0, 0],
        [4999, 0.99],
      ]),
      [],
    );
  });

  it("draws one line over and over on a terminal, at most ten times a second, and clears it", () => {
    assert.deepEqual(
      reported(true, [
        [1000, 0.1],
        [1050, 0.15],
        [1100, 0.2],
      ]),
      ["\r\u001b[2Ksimulating prod:  10 %", "\r\u001b[2Ksimulating prod:  20 %", "\r\u001b[2K"],
    );
  });

  it("writes a line every ten seconds elsewhere", () => {
    assert.deepEqual(
      reported(false, [
        [5000, 0.1],
        [14_999, 0.5],
        [15_000, 0.555],
        [26_000, 1],
      ]),
      ["simulating prod:  10 %\n", "simulating prod:  55 %\n", "simulating prod: 100 %\n"],
    );
  });
});
