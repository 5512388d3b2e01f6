import assert from "node:assert/strict";
import { type Clock, work } from "../../app/src/work";

const never = new AbortController().signal;

/**
 * A machine on which a look at the clock takes an eighth of a millisecond, and of which the load gets `share`
 * while it is busy. It notes what the load does, as text: busy and idle milliseconds.
 */
class FakeClock implements Clock {
  readonly events: string[] = [];
  #now = 1000;
  #used = 50;
  #noted = 50;

  constructor(readonly share: number) {}

  now(): number {
    return this.#now;
  }

  used(): number {
    this.#now += 0.125 / this.share;
    return (this.#used += 0.125);
  }

  turn(): Promise<void> {
    this.#note("turn");
    return Promise.resolve();
  }

  sleep(milliseconds: number): Promise<void> {
    this.#note(`sleep ${milliseconds}`);
    this.#now += milliseconds;
    return Promise.resolve();
  }

  #note(event: string): void {
    // The first look in a burst is where it begins.
    const busy = this.#used - this.#noted;
    this.#noted = this.#used;
    if (busy > 0) this.events.push(`busy ${busy - 0.125}`);
    this.events.push(event);
  }
}

describe("work", () => {
  it("is busy all the time for a whole processor, in bursts of 4 ms with a turn between", async () => {
    const clock = new FakeClock(1);
    const done = await work({ milliseconds: 20, busyShare: 1 }, never, clock);

    assert.deepEqual(clock.events, [
      ...["busy 4", "turn", "busy 4", "turn", "busy 4", "turn", "busy 4", "turn"],
      // To look at the clock five times before a burst took the rest.
      ...["busy 3.375", "turn", "turn"],
    ]);
    assert.deepEqual(done, { milliseconds: 20, busyMilliseconds: 19.375 });
  });

  it("spreads its bursts evenly for a part of a processor", async () => {
    const clock = new FakeClock(1);
    const done = await work({ milliseconds: 32, busyShare: 0.25 }, never, clock);

    assert.deepEqual(clock.events, ["busy 4", "sleep 11.875", "busy 4", "sleep 11.875", "turn"]);
    assert.deepEqual(done, { milliseconds: 32, busyMilliseconds: 8 });
  });

  it("is idle all the time for none", async () => {
    const clock = new FakeClock(1);
    const done = await work({ milliseconds: 32, busyShare: 0 }, never, clock);

    assert.deepEqual(clock.events, ["sleep 32"]);
    assert.deepEqual(done, { milliseconds: 32, busyMilliseconds: 0 });
  });

  it("ends in time with less done where it does not get the processor", async () => {
    const clock = new FakeClock(0.25);
    const done = await work({ milliseconds: 32, busyShare: 1 }, never, clock);

    assert.deepEqual(clock.events, ["busy 4", "turn", "busy 3.75", "turn", "turn"]);
    assert.deepEqual(done, { milliseconds: 32, busyMilliseconds: 7.75 });
  });

  it("uses the processor time that it says, and lets others run meanwhile", async () => {
    let isDone = false;
    let turns = 0;
    const count = (): void => {
      turns += 1;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    const before = process.cpuUsage();

    const done = await work({ milliseconds: 60, busyShare: 1 }, never);
    isDone = true;
    const { user, system } = process.cpuUsage(before);

    assert.ok(done.busyMilliseconds > 0);
    assert.ok(done.busyMilliseconds <= (user + system) / 1000);
    assert.ok(turns >= 1);
  });

  it("ends early when it is abandoned, while busy and while idle", async () => {
    for (const busyShare of [1, 0.01]) {
      const abandoned = new AbortController();
      setTimeout(() => {
        abandoned.abort();
      }, 20);

      const done = await work({ milliseconds: 60_000, busyShare }, abandoned.signal);

      assert.ok(done.milliseconds < 10_000, `took ${done.milliseconds} ms`);
    }
  });

  it("does nothing for one that is abandoned before it begins", async () => {
    const done = await work({ milliseconds: 60_000, busyShare: 1 }, AbortSignal.abort());

    assert.equal(done.busyMilliseconds, 0);
  });
});
