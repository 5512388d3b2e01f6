import assert from "node:assert/strict";
import { renderMarkdown } from "../../../bench/app/render-comparison";

describe("renderMarkdown", () => {
  const spread = (median: number) => ({ median, lowest: median / 2, highest: median * 2 });

  it("shows setting, load, starts and targets", () => {
    const text = renderMarkdown({
      setting: {
        processor: "a processor",
        processors: 2,
        memoryBytes: 16e9,
        system: "Linux x64",
        node: "20.19.0",
        loadAverage: 0.123,
        rounds: 7,
        seconds: 4,
        connections: 100,
      },
      load: [],
      starts: [],
      comparison: {
        load: [
          {
            label: "the service",
            logging: "each",
            requestsPerSecond: spread(10_000.4),
            p99Milliseconds: spread(5.25),
            cpuMicroseconds: 40.04,
            timesBare: spread(0.925),
          },
          {
            label: "bare node:http",
            logging: "none",
            requestsPerSecond: spread(20_000),
            p99Milliseconds: spread(3),
            cpuMicroseconds: undefined,
            timesBare: spread(1),
          },
        ],
        starts: [
          {
            label: "the service",
            readyMilliseconds: spread(100.2),
            restingRssBytes: spread(58e6),
          },
        ],
        targets: [
          { target: "binding", limit: 0.9, measured: spread(0.5), reached: false, binding: true },
          { target: "shown", limit: 1, measured: spread(0.5), reached: false, binding: false },
          { target: "fine", limit: 1.25, measured: spread(1), reached: true, binding: true },
        ],
      },
    });
    const [setting = "", what = "", ...tables] = text.split("\n\n");

    assert.equal(
      setting,
      [
        "2 x a processor, 16 GB, Linux x64, Node 20.19.0;",
        "100 connections, 7 rounds of 4 s after one to warm up, load average at the start 0.12.",
      ].join("\n"),
    );
    assert.match(what, /bare node:http and Express do none of it/);
    assert.equal(
      tables.join("\n\n"),
      `| Server | Requests logged | Requests a second | Lowest to highest | Times bare | 99th percentile | CPU a request |
| --- | --- | ---: | ---: | ---: | ---: | ---: |
| the service | each | 10000 | 5000 to 20001 | 0.93 | 5.3 ms | 40.0 µs |
| bare node:http | none | 20000 | 10000 to 40000 | 1.00 | 3.0 ms | unknown |

| Server | Time to ready | Lowest to highest | Memory at rest |
| --- | ---: | ---: | ---: |
| the service | 100 ms | 50 ms to 200 ms | 58 MB |

| Target | Measured | Reached |
| --- | ---: | --- |
| binding | 0.50, rounds 0.25 to 1.00 (limit 0.90) | **no** |
| for comparison: shown | 0.50, rounds 0.25 to 1.00 (limit 1.00) | no |
| fine | 1.00, rounds 0.50 to 2.00 (limit 1.25) | yes |
`,
    );
  });
});
