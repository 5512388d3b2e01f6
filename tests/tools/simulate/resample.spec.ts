import assert from "node:assert/strict";
import fc from "fast-check";
import { resample } from "../../../tools/simulate/resample";

const rows = (times: readonly number[], counts: readonly number[]) =>
  resample({ times: Float64Array.from(times), counts: Float64Array.from(counts) });
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

describe("resample", () => {
  it("leaves rows of equal distance up to a minute as they are", () => {
    assert.deepEqual(rows([0, 10, 20], [1, 2, 3]), {
      stepSeconds: 10,
      requests: Float64Array.of(1, 2, 3),
      rowSeconds: 10,
      isRegular: true,
      isResampled: false,
      gaps: [],
    });
  });

  it("draws rows longer than a minute in straight lines and keeps their counts", () => {
    const { stepSeconds, requests } = rows([0, 240, 480], [240, 240, 720]);

    assert.equal(stepSeconds, 60);
    assert.deepEqual(
      [requests.slice(0, 4), requests.slice(4, 8), requests.slice(8)].map((each) =>
        Math.round(sum(each)),
      ),
      [240, 240, 720],
    );
    const [first, second] = [requests[5] ?? 0, requests[7] ?? 0];
    assert.ok(second > first, `${second} after ${first}`);
  });

  it("fills missing rows between their neighbours", () => {
    const { requests, gaps } = rows([0, 10, 20, 30, 40, 50, 80], [1, 1, 1, 1, 1, 2, 5]);

    assert.deepEqual([...requests], [1, 1, 1, 1, 1, 2, 3, 4, 5]);
    assert.deepEqual(gaps, [{ after: 5, seconds: 20 }]);
  });

  it("lets rows of uneven distance count until the next", () => {
    const { isRegular, gaps, stepSeconds, requests } = rows([0, 4, 6, 16, 17], [8, 6, 20, 1, 4]);

    assert.deepEqual([isRegular, gaps, stepSeconds], [false, [], 4]);
    assert.deepEqual([...requests].map(Math.round), [8, 10, 8, 8, 4, 1]);
  });

  it("loses no request and makes none, whatever the rows", () => {
    const row = fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 0, max: 100_000 }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 60 }), (pairs) => {
        let time = 0;
        const times = pairs.map(([distance]) => (time += distance));
        const { requests, gaps, stepSeconds } = rows(
          times,
          pairs.map(([, count]) => count),
        );
        const counted = sum(pairs.map(([, count]) => count));

        assert.ok(stepSeconds >= 1 && stepSeconds <= 60);
        assert.ok(requests.every((count) => count >= 0 && Number.isFinite(count)));
        if (gaps.length === 0) assert.ok(Math.abs(sum(requests) - counted) < 1e-6 * (1 + counted));
        else assert.ok(sum(requests) >= counted * (1 - 1e-9));
      }),
    );
  });
});
