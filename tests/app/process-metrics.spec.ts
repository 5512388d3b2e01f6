import assert from "node:assert/strict";
import { renderProcessMetrics } from "../../app/src/process-metrics";

describe("renderProcessMetrics", () => {
  it("has processor time, memory, garbage collection and event-loop delay, from the first call on", async () => {
    const first = await renderProcessMetrics();

    for (const name of [
      "process_cpu_seconds_total",
      "process_resident_memory_bytes",
      "nodejs_eventloop_lag_mean_seconds",
      "nodejs_eventloop_lag_p99_seconds",
      "nodejs_heap_size_used_bytes",
      "nodejs_version_info",
    ]) {
      assert.match(first, new RegExp(`^${name}(\\{.*\\})? [0-9.e+-]+$`, "m"));
    }
    assert.match(first, /^# TYPE nodejs_gc_duration_seconds histogram$/m);
    assert.doesNotMatch(first, /NaN/);
  });

  it("can be asked by several at once and again", async () => {
    const [one, two] = await Promise.all([renderProcessMetrics(), renderProcessMetrics()]);

    assert.match(one, /^process_cpu_seconds_total /m);
    assert.match(two, /^process_cpu_seconds_total /m);
  });
});
