import assert from "node:assert/strict";
import {
  numberOptions,
  readNumbers,
  timingOf,
  workloadOf,
} from "../../../tools/simulate/run-options";

describe("readNumbers", () => {
  it("reads what is given and nothing else", () => {
    assert.deepEqual(readNumbers({ days: "0.5", seed: "0", waitMs: "0" }), {
      days: 0.5,
      seed: 0,
      waitMs: 0,
    });
  });

  it("refuses everything that is wrong at once, each with what is allowed", () => {
    const wrong = {
      days: "0",
      scale: "-1",
      peakTasks: "many",
      seed: "1.5",
      tick: "61",
      cpuMs: "0",
      waitMs: "1e3",
      objectiveShare: "2",
    };

    assert.throws(() => readNumbers(wrong), {
      name: "InputFileError",
      message: [
        "--days: got '0', must be days above 0, at most 366",
        "--scale: got '-1', must be a factor above 0",
        "--peak-tasks: got 'many', must be tasks above 0",
        "--seed: got '1.5', must be a whole number from 0 to 4294967295",
        "--tick: got '61', must be a whole number from 1 to 60",
        "--cpu-ms: got '0', must be milliseconds above 0",
        "--wait-ms: got '1e3', must be milliseconds, 0 or more",
        "--objective-share: got '2', must be a share from 0 to 1",
      ]
        .map((line) => `arguments: ${line}`)
        .join("\n"),
    });
  });
});

describe("workloadOf and timingOf", () => {
  it("bring every number of a request and every delay to its place", () => {
    const numbers = readNumbers(
      Object.fromEntries(Object.keys(numberOptions).map((name) => [name, "1"])),
    );

    assert.deepEqual(workloadOf(numbers), {
      cpuMillisecondsPerRequest: 1,
      waitMillisecondsPerRequest: 1,
      objectiveMilliseconds: 1,
      objectiveShare: 1,
      maxQueueSeconds: 1,
    });
    assert.deepEqual(timingOf(numbers), {
      instanceReadySeconds: 1,
      instanceReadyJitterSeconds: 1,
      imagePullSeconds: 1,
      applicationStartSeconds: 1,
      shutdownSeconds: 1,
      metricLagSeconds: { 20: 15, 60: 1 },
    });
  });

  it("say nothing of what is not given", () => {
    assert.deepEqual([workloadOf({}), timingOf({})], [{}, {}]);
  });
});
