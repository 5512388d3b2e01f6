import assert from "node:assert/strict";
import { Deadlines, goDuration } from "../../../../tools/simulated-aws/server/deadline";

const never = new Promise<string>(() => undefined);

describe("Deadlines", () => {
  it("gives what the operation gives, or throws", async () => {
    const deadlines = new Deadlines();

    assert.equal(await deadlines.within(1, "available", Promise.resolve("made")), "made");
    await assert.rejects(deadlines.within(1, "available", Promise.reject(new Error("refused"))), {
      message: "refused",
    });
  });

  it("refuses what takes longer than its timeout in the provider's wording", async () => {
    const deadlines = new Deadlines();

    await assert.rejects(deadlines.within(0.02, "available", never), {
      message: "timeout while waiting for state to become 'available' (timeout: 20ms)",
    });
    await assert.rejects(deadlines.within(0.02, "gone", never), {
      message: "timeout while waiting for resource to be gone (timeout: 20ms)",
    });
  });

  it("refuses everything under way when the engine cancels, and nothing afterwards", async () => {
    const deadlines = new Deadlines();
    const waiting = [1, 0].map((seconds) => deadlines.within(seconds, "available", never));

    deadlines.cancel();

    for (const operation of waiting) {
      await assert.rejects(operation, { message: "context canceled" });
    }
    assert.equal(await deadlines.within(1, "gone", Promise.resolve("gone")), "gone");
  });
});

describe("goDuration", () => {
  it("writes durations as Go does", () => {
    const texts = [0.25, 1.5, 59, 60, 90, 1200, 3600, 5401].map(goDuration);

    assert.deepEqual(texts, [
      "250ms",
      "1.5s",
      "59s",
      "1m0s",
      "1m30s",
      "20m0s",
      "1h0m0s",
      "1h30m1s",
    ]);
  });
});
