import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadSeconds } from "../../../capacity/simulate/load";
import { peakRate } from "../../../tools/simulate/scale-load";
import { loadTrace, shippedTraces } from "../../../tools/simulate/trace";
import { aModel } from "./small-run";

const plain = { days: undefined, scale: 1, peakTasks: undefined, seed: 1 };
const load = (argument: string, options: Partial<Parameters<typeof loadTrace>[1]> = {}) =>
  loadTrace(argument, { ...plain, ...options }, aModel());

describe("loadTrace", () => {
  let directory = "";
  let file = "";
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "traces-"));
    file = join(directory, "mine.csv");
    writeFileSync(file, "time,requests\n0,600\n60,1200\n");
  });
  after(() => {
    rmSync(directory, { recursive: true });
  });

  it("draws a shape with the settings behind its name", async () => {
    const { load: drawn, notes } = await load("constant:peak=40", { days: 0.5 });

    assert.deepEqual([drawn.name, loadSeconds(drawn), notes], ["constant", 43_200, []]);
    assert.deepEqual(new Set(drawn.requests), new Set([400]));
  });

  it("takes a file's requests as they are, and scales them where that is asked", async () => {
    const requests = async (options: Parameters<typeof load>[1]) =>
      [...(await load(file, options)).load.requests].map(Math.round);

    assert.deepEqual(await requests({}), [600, 1200]);
    assert.deepEqual(await requests({ scale: 2.5 }), [1500, 3000]);
    // Six tasks at 1000 requests a minute, and twice that.
    assert.deepEqual(await requests({ peakTasks: 6 }), [3000, 6000]);
    assert.deepEqual(await requests({ peakTasks: 6, scale: 2 }), [6000, 12_000]);
  });

  it("brings a trace that comes with the project to the usual peak", async () => {
    const { load: taken, notes } = await load("elb-requests", { days: 1 });

    assert.equal(peakRate(taken).toFixed(4), ((0.8 * 20 * 1000) / 60).toFixed(4));
    assert.deepEqual(
      [loadSeconds(taken), taken.startsAt],
      [86_400, Date.UTC(2014, 3, 10, 0, 4) / 1000],
    );
    assert.deepEqual(notes, [
      "8 gaps filled in straight lines, the longest of 5 min after line 139",
      "rows of 5 min brought to steps of 1 min",
    ]);
  });

  it("reads every trace that comes with the project", async () => {
    const days = async (name: string) => loadSeconds((await load(name)).load) / 86_400;

    assert.deepEqual(
      await Promise.all(Object.keys(shippedTraces).map(async (name) => [name, await days(name)])),
      [
        ["elb-requests", 20_200 / 1440],
        ["nyc-taxi", 215],
      ],
    );
  });

  it("says where a trace is shorter than what is asked", async () => {
    assert.deepEqual((await load("elb-requests", { days: 30 })).notes.at(-1), "has 14.0 days only");
  });

  it("refuses a name that is no trace, with the one that is meant", async () => {
    await assert.rejects(load("dialy:peak=3"), {
      name: "InputFileError",
      message:
        "--trace: got 'dialy:peak=3', must be a CSV file or one of constant, step, ramp, daily, weekly, " +
        "flash-crowd, sawtooth, noise, elb-requests, nyc-taxi; did you mean 'daily'?",
    });
    await assert.rejects(load("./dialy.csv"), { message: "./dialy.csv: no such file" });
  });
});
