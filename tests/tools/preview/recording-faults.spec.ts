import assert from "node:assert/strict";
import { FaultCollector, RecordingError } from "../../../tools/preview/recording-faults";

const nothingMissing = () => [];

describe("FaultCollector", () => {
  it("counts a fault once, whatever the SDK put before its message", async () => {
    const faults = new FaultCollector();
    const error = new Error("no tag");

    await faults.during(() => {
      faults.add(error);
      faults.add(error);
      error.message = `error serializing property "tags": error serializing property "tags": no tag`;
      faults.add(new Error("failed to register new resource web [aws:sns/topic:Topic]: no tag"));
      faults.addLog("Error serializing arguments for invoke aws:x: Error: no tag\n    at line 1");
      return Promise.resolve();
    });

    assert.deepEqual(faults.conclude(nothingMissing), [
      {
        message: 'error serializing property "tags": no tag',
        cause: error,
        place: "tests/tools/preview/recording-faults.spec.ts:9",
      },
    ]);
  });

  it("takes rejections that nobody handles, and leaves the listeners that were there", async () => {
    const faults = new FaultCollector();
    let heard = 0;
    const other = () => {
      heard += 1;
    };
    process.on("unhandledRejection", other);

    await faults.during(() => {
      void Promise.reject(new Error("lost"));
      return Promise.resolve();
    });
    const listeners = process.listeners("unhandledRejection");
    process.off("unhandledRejection", other);

    assert.deepEqual(
      faults.conclude(nothingMissing).map(({ message }) => message),
      ["lost"],
    );
    assert.equal(heard, 0);
    assert.equal(listeners.includes(other), true);
  });

  it("names what is missing one by one, and in one fault where something else went wrong", async () => {
    const missing = () => [{ label: 'a:b:C "d"' }];
    const [good, bad] = [new FaultCollector(), new FaultCollector()];

    await good.during(() => Promise.resolve());
    await bad.during(() => Promise.reject(new Error("thrown")));

    assert.deepEqual(good.conclude(nothingMissing), []);
    assert.deepEqual(
      good.conclude(missing).map(({ message }) => message),
      [
        'a:b:C "d" is declared and never registered: one of its inputs or its parent never gets a value',
      ],
    );
    assert.deepEqual(
      bad.conclude(missing).map(({ message }) => message),
      ["thrown", 'never registered, for want of an input or a parent: a:b:C "d"'],
    );
  });

  it("takes what is thrown as it is, also where it is no error", async () => {
    const faults = new FaultCollector();

    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what programs do
    await faults.during(() => Promise.reject("only text"));

    assert.deepEqual(faults.conclude(nothingMissing), [
      { message: "only text", cause: "only text" },
    ]);
  });

  it("shows an object that is thrown, and the name of an error without a message", async () => {
    const faults = new FaultCollector();

    await faults.during(() => {
      faults.add({ code: 7 });
      faults.add(new RangeError());
      return Promise.resolve();
    });

    assert.deepEqual(
      faults.conclude(nothingMissing).map(({ message }) => message),
      ["{ code: 7 }", "RangeError"],
    );
  });
});

describe("RecordingError", () => {
  it("has a line a fault, and the cause of a single one", () => {
    const cause = new Error("a");
    const fault = { message: "a", cause };

    assert.equal(new RecordingError([fault]).cause, cause);
    const both = new RecordingError([fault, { message: "b", cause: undefined }]);
    assert.equal(both.message, "a\nb");
    assert.equal(both.cause, undefined);
  });
});
