import assert from "node:assert/strict";
import { inProcessClient } from "../../../tools/preview/in-process-client";
import type { Rpcs } from "../../../tools/preview/in-process-client";

type Call = (request: unknown, done: (error: unknown, response?: unknown) => void) => void;

/** The answer to one call, or what it fails with, and what the client reported. */
function answer(rpcs: Rpcs, name: string, request: unknown) {
  const reported: unknown[] = [];
  const client = inProcessClient(rpcs, (error) => reported.push(error)) as Record<string, Call>;
  return new Promise<{ error: unknown; response: unknown; reported: unknown[] }>((resolve) => {
    client[name]?.(request, (error, response) => {
      resolve({ error, response, reported });
    });
  });
}

describe("inProcessClient", () => {
  it("answers with what the method returns, or promises", async () => {
    const rpcs: Rpcs = { now: (n: number) => n + 1, later: (n: number) => Promise.resolve(n + 2) };

    assert.deepEqual(await answer(rpcs, "now", 1), { error: null, response: 2, reported: [] });
    assert.deepEqual(await answer(rpcs, "later", 1), { error: null, response: 3, reported: [] });
  });

  it("fails as a gRPC client does, and reports what the method threw", async () => {
    const thrown = new Error("refused");
    const rpcs: Rpcs = {
      now: () => {
        throw thrown;
      },
      later: () => Promise.reject(thrown),
    };

    for (const name of ["now", "later"]) {
      const { error, reported } = await answer(rpcs, name, 1);
      assert.ok(error instanceof Error);
      assert.equal(error.message, "refused");
      assert.deepEqual(Object.entries(error), [
        ["code", 2],
        ["details", "refused"],
      ]);
      assert.deepEqual(reported, [thrown]);
    }
  });
});
