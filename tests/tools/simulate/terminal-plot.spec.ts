import assert from "node:assert/strict";
import { createColors } from "picocolors";
import { renderPlot } from "../../../tools/simulate/terminal-plot";
import { aSeries } from "./small-run";

const screen = (columns: number | undefined, colors = false) => ({
  colors: createColors(colors),
  columns,
});
const zeros = new Float64Array(120);

describe("renderPlot", () => {
  it("draws load, tasks, instances, p99 and losses on one axis of time", () => {
    assert.deepEqual(renderPlot(aSeries(), 1000, screen(50)), [
      "         requests/s",
      "     240 ┤                    ░░░░████████████████",
      "         ┤                    ▃▃▃▃████████████████",
      "         ┤                    ████████████████████",
      "       0 ┤████████████████████████████████████████",
      "         tasks that serve",
      "      17 ┤                        ████████████████",
      "         ┤                    ░░░░████████████████",
      "         ┤                    ░░░░████████████████",
      "       0 ┤████████████████████████████████████████",
      "         instances",
      "       5 ┤                        ████████████████",
      "         ┤                    ░░░░████████████████",
      "         ┤▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅████████████████",
      "       0 ┤████████████████████████████████████████",
      "         p99",
      "    10 s ┤                    ░░░░",
      "         ┤                    ▅▅▅▅",
      "         ┤▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂████▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃",
      "   10 ms ┤████████████████████████████████████████",
      "         lost requests/s",
      "     100 ┤                    ░░░░",
      "       0 ┤                    ░░░░",
      " binding ┤                    dii",
      "         └┬─────────┬─────────┬─────────┬─────────",
      "          00:00     00:30     01:00     01:30",
      "          █ there   ░ lost, short or too slow",
      "          d metrics, alarms and cooldowns",
      "          i instances that start",
    ]);
  });

  it("fits the width that there is, 100 columns without one and 160 at most", () => {
    const widest = (columns: number | undefined) =>
      Math.max(...renderPlot(aSeries(), 1000, screen(columns)).map(({ length }) => length));

    assert.deepEqual([60, undefined, 500].map(widest), [60, 100, 160]);
  });

  it("leaves losses and binding out where there are none", () => {
    const calm = aSeries({ unmetPerSecond: zeros, binding: Array.from(zeros, () => "nothing") });
    const text = renderPlot(calm, 1000, screen(60)).join("\n");

    assert.doesNotMatch(text, /lost requests|binding|metrics/);
  });

  it("draws a run without a request", () => {
    const nothing = aSeries({
      requestsPerSecond: zeros,
      unmetPerSecond: zeros,
      p50Milliseconds: zeros,
      p99Milliseconds: zeros,
    });
    const lines = renderPlot(nothing, 1000, screen(60));

    assert.deepEqual(lines.slice(0, 5), [
      "         requests/s",
      "       0 ┤",
      "         ┤",
      "         ┤",
      "       0 ┤",
    ]);
  });

  it("shows a shortage of one sample among many", () => {
    const healthyTasks = Float64Array.from({ length: 10_000 }, (_, at) => (at === 5100 ? 1 : 4));
    const demandedTasks = healthyTasks.map(() => 4);
    const flat = healthyTasks.map(() => 1);
    const lines = renderPlot(
      aSeries({
        requestsPerSecond: flat,
        unmetPerSecond: flat.map(() => 0),
        p99Milliseconds: flat,
        healthyTasks,
        demandedTasks,
        registeredInstances: flat,
        demandedInstances: flat,
        binding: Array.from(flat, () => "nothing"),
      }),
      1000,
      screen(60),
    );

    assert.equal(lines[6], `       4 ┤${"█".repeat(25)}░${"█".repeat(24)}`);
  });

  it("paints what is lacking red on a terminal", () => {
    const text = renderPlot(aSeries(), 1000, screen(60, true)).join("\n");

    assert.ok(text.includes(createColors(true).red("░░░░░")));
  });

  it("labels days where the run has several", () => {
    const lines = renderPlot(aSeries({ sampleSeconds: 3600 }), 1000, screen(60));

    assert.equal(lines.at(-4), "          day 1     day 2     day 3     day 4     day 5");
  });
});
