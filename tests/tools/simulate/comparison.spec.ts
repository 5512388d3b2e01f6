import assert from "node:assert/strict";
import { compareRuns } from "../../../tools/simulate/comparison";
import type { RunResult } from "../../../tools/simulate/run-result";
import { aCost, aReport, aRun, aSimulation } from "./small-run";

function run(
  name: string,
  figures: { missedMinutes?: number; unmet?: number; p99Milliseconds?: number },
  usd: number,
): RunResult {
  const simulation = aSimulation();
  return aRun({
    name,
    simulation: { ...simulation, summary: { ...simulation.summary, ...figures } },
    cost: aCost({ usd }),
  });
}

describe("compareRuns", () => {
  const { headings, rows, verdict } = compareRuns(
    aReport(
      run("prod", { missedMinutes: 3, unmet: 1000 }, 9),
      run("aws", { missedMinutes: 31, unmet: 2000, p99Milliseconds: 500 }, 8),
      run("cdk", { missedMinutes: 3, unmet: 1001 }, 9.5),
    ),
  );
  const column = (heading: string) =>
    rows.map(({ figures }) => {
      const { text, isBest } = figures[headings.indexOf(heading)]!;
      return isBest ? `* ${text}` : text;
    });

  it("marks every least figure of a column", () => {
    assert.deepEqual(headings, [
      "Missed min",
      "Lost",
      "p99",
      "Task hours",
      "Instance hours",
      "Cost USD",
      "Flaps",
    ]);
    assert.deepEqual(column("Missed min"), ["* 3", "31", "* 3"]);
    assert.deepEqual(column("p99"), ["9.8 s", "* 500 ms", "9.8 s"]);
    assert.deepEqual(column("Cost USD"), ["9.00", "* 8.00", "9.50"]);
  });

  it("calls none the best where all read the same, and figures that read the same equally good", () => {
    assert.deepEqual(column("Task hours"), ["18.8", "18.8", "18.8"]);
    assert.deepEqual(column("Lost"), ["* 0.09 %", "0.19 %", "* 0.09 %"]);
  });

  it("names the cheaper of those who miss as few, and who costs least with what it misses", () => {
    assert.deepEqual(verdict, [
      "prod misses as few as any: 3 missed minutes at 9.00 USD.",
      "aws costs least: 31 missed minutes at 8.00 USD.",
    ]);
  });

  it("says that one misses least only where no other misses as few", () => {
    const [prod, aws] = [run("prod", { missedMinutes: 3 }, 9), run("aws", { missedMinutes: 4 }, 8)];
    assert.deepEqual(compareRuns(aReport(prod, aws)).verdict, [
      "prod misses least: 3 missed minutes at 9.00 USD.",
      "aws costs least: 4 missed minutes at 8.00 USD.",
    ]);
  });

  it("says it once where one configuration is both", () => {
    assert.deepEqual(
      compareRuns(aReport(run("prod", { missedMinutes: 1 }, 5), run("aws", {}, 8))).verdict,
      ["prod misses least and costs least: 1 missed minute at 5.00 USD."],
    );
  });
});
