import assert from "node:assert/strict";
import { createColors } from "picocolors";
import { renderText } from "../../../tools/simulate/render-text";
import { aReport, aRun, aSeries, aSimulation } from "./small-run";

const plain = { colors: createColors(false), columns: undefined };

/** The lines of a section, without those around it. */
function section(text: string, heading: string): string[] {
  const lines = text.split("\n");
  const start = lines.indexOf(heading);
  assert.ok(start >= 0, heading);
  return lines.slice(start + 1, lines.indexOf("", start));
}

describe("renderText", () => {
  it("begins with what was simulated and what was done to the trace", () => {
    assert.deepEqual(renderText(aReport(), plain).split("\n").slice(0, 5), [
      "Simulating prod",
      "    rise, 2 h from 2026-01-05 00:00 UTC, up to 240 requests/s",
      "    rise: rows of 5 min brought to steps of 1 min",
      "",
      "         requests/s",
    ]);
  });

  it("shows figures, elasticity, what was binding and what was done", () => {
    const text = renderText(aReport(), plain);

    assert.equal(section(text, "Result:").length, 12);
    assert.deepEqual(section(text, "Elasticity:"), [
      "    Percent    Under, amount  Over, amount  Under, time  Over, time  Instability",
      "    tasks                4.6          50.5          8.3        91.7          1.7",
      "    instances            2.0          50.5          8.3        91.7          1.7",
    ]);
    assert.deepEqual(section(text, "Binding:"), [
      "    01:00:00 to 01:05:00  5 min  metrics, alarms and cooldowns",
      "    01:05:00 to 01:10:00  5 min  instances that start",
    ]);
    assert.deepEqual(section(text, "Actions:"), [
      "    01:05:00  tasks      4 to 17  cpu 100 % above 60 %",
      "    01:06:00  instances  2 to 5   reservation 250 % above 100 %",
      "    01:30:00  event               deployment <1> & more",
    ]);
  });

  it("says none where nothing was binding and nothing was done", () => {
    const series = aSeries({ binding: Array.from({ length: 120 }, () => "nothing") });
    const text = renderText(
      aReport(aRun({ simulation: aSimulation({ series, actions: [] }) })),
      plain,
    );

    assert.deepEqual(
      [section(text, "Binding:"), section(text, "Actions:")],
      [["    none"], ["    none"]],
    );
  });

  it("keeps the longest stretches and the largest actions, and counts the others", () => {
    const binding = Array.from({ length: 120 }, (_, at) =>
      at % 10 === 0 || at === 1 ? ("maxTasks" as const) : ("nothing" as const),
    );
    const actions = Array.from({ length: 13 }, (_, at) => ({
      atSeconds: at,
      level: "tasks" as const,
      from: 4,
      to: at === 0 ? 5 : 9,
      reason: "cpu",
    }));
    const simulation = aSimulation({ series: aSeries({ binding }), actions });
    const text = renderText(aReport(aRun({ simulation })), plain);

    assert.deepEqual(section(text, "Binding:").slice(0, 2), [
      "    00:00:00 to 00:02:00  2 min  maxTasks",
      "    00:10:00 to 00:11:00  1 min  maxTasks",
    ]);
    assert.equal(section(text, "Binding:").at(-1), "    and 2 shorter stretches");
    assert.equal(section(text, "Actions:")[0], "    00:00:01  tasks  4 to 9  cpu");
    assert.equal(section(text, "Actions:").at(-1), "    and 1 smaller action");
  });

  it("puts several configurations in a table with the best marked", () => {
    const simulation = aSimulation();
    const worse = { ...simulation, summary: { ...simulation.summary, missedMinutes: 22 } };
    const cdk = aRun({
      name: "cdk",
      title: "CDK defaults, 2.276.0",
      notes: ["A note."],
      simulation: worse,
    });

    assert.equal(
      renderText(aReport(aRun(), cdk), plain),
      `Simulating prod, cdk
    rise, 2 h from 2026-01-05 00:00 UTC, up to 240 requests/s
    rise: rows of 5 min brought to steps of 1 min

Comparison:
    Configuration  Missed min    Lost    p99  Task hours  Instance hours  Cost USD  Flaps
    prod                 * 10  5.56 %  9.8 s        18.8            6.67      1.08      0
    cdk                    22  5.56 %  9.8 s        18.8            6.67      1.08      0
    * best of its column

    prod misses least and costs least: 10 missed minutes at 1.08 USD.

    cdk: CDK defaults, 2.276.0
    cdk: A note.
    2 configurations, one load and one workload for all.

A model, not a measurement: what a request costs is an assumption (--cpu-ms, --wait-ms), and so are
the delays of AWS. docs/scaling.md says what it does not know.
`,
    );
  });

  it("paints on a terminal and marks the same without colours", () => {
    const painted = renderText(aReport(), { colors: createColors(true), columns: 100 });
    const escape = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g");

    assert.notEqual(painted, renderText(aReport(), plain));
    assert.equal(painted.replace(escape, ""), renderText(aReport(), plain));
  });
});
