import assert from "node:assert/strict";
import { ConstantLoad } from "./constant-load";
import type { Answer } from "./target";

describe("ConstantLoad", () => {
  const loads: ConstantLoad[] = [];
  const start = (send: (path: string) => Promise<Answer>, paths = ["/"]): ConstantLoad => {
    const load = new ConstantLoad(send, { requestsPerSecond: 2000, paths });
    loads.push(load);
    return load;
  };
  afterEach(() => {
    for (const load of loads.splice(0)) load.end();
  });

  const answer = (request: number, status = 200, fault?: string): Answer => ({
    request,
    status,
    target: undefined,
    fault,
  });

  it("sends path after path, and counts what came in since the last count", async () => {
    const sent: string[] = [];
    const load = start(
      (path) => Promise.resolve(answer(sent.push(path), path === "/b" ? 503 : 200)),
      ["/a", "/b", "/c"],
    );

    await load.answers(30);
    await load.stop();
    const first = load.tally();
    const second = load.tally();

    const failed = sent.flatMap((path, index) => (path === "/b" ? [index + 1] : []));
    assert.ok(first.answered >= 30);
    assert.equal(first.answered, sent.length);
    assert.deepEqual(
      sent,
      sent.map((_, index) => ["/b", "/c", "/a"][index % 3]),
    );
    assert.deepEqual(
      first.failures.map(({ request }) => request),
      failed,
    );
    assert.deepEqual(second, { answered: 0, failures: [] });
  });

  it("goes on while answers are missing, up to a bound, and waits for them when it stops", async () => {
    const open: (() => void)[] = [];
    let full: () => void = () => assert.fail("full before it waits for that");
    const isFull = new Promise<void>((resolve) => (full = resolve));
    const load = start(
      () =>
        new Promise((resolve) => {
          const number = open.push(() => {
            resolve(answer(number));
          });
          if (number === 200) full();
        }),
    );

    await isFull;
    const stopped = load.stop();
    assert.deepEqual([open.length, load.tally().answered], [200, 0]);
    for (const resolve of open) resolve();
    await stopped;

    assert.deepEqual(load.tally(), { answered: 200, failures: [] });
  });

  it("counts an answer that the load balancer gave in a target's place as a failure", async () => {
    const load = start(() => Promise.resolve(answer(1, 200, "cut short")));

    await load.answers(1);
    await load.stop();

    assert.ok(load.tally().failures.length >= 1);
  });
});
