import assert from "node:assert/strict";
import { type Plot, type PlotFrame, renderSvgPlot } from "../../../tools/simulate/svg-plot";

const frame: PlotFrame = {
  startsAt: Date.UTC(2026, 0, 5) / 1000,
  sampleSeconds: 3600,
  samples: 24,
  width: 1000,
  height: 200,
  marks: [],
};
const hours = Float64Array.from({ length: 24 }, (_, hour) => hour);

const aPlot = (overrides: Partial<Plot> = {}): Plot => ({
  title: "Tasks",
  description: "From 0 to 23.",
  axis: "linear",
  layers: [{ name: "serving", style: "supply", values: hours, form: "line", stepped: true }],
  ...overrides,
});
const render = (plot: Plot, of: PlotFrame = frame) =>
  renderSvgPlot(plot, of).text.replace(/\s+/g, " ");
const pathOf = (text: string, style: string) =>
  new RegExp(`class="${style}" d="(M56[^"]*)"`).exec(text)?.[1] ?? "";

describe("renderSvgPlot", () => {
  it("names and describes itself for a reader who cannot see it", () => {
    const text = render(aPlot({ title: "<Tasks>" }));

    assert.match(text, /role="img" aria-label="&lt;Tasks&gt;"/);
    assert.match(text, /<title>&lt;Tasks&gt;<\/title> ?<desc>From 0 to 23\.<\/desc>/);
  });

  it("draws what is counted as stairs that hold to the end", () => {
    const path = pathOf(render(aPlot()), "line supply");

    assert.ok(path.startsWith("M56,178L94.8,178L94.8,171.2L133.7,171.2"), path);
    assert.ok(path.endsWith("L988,21.6"), path);
  });

  it("draws rates as straight lines and areas from what they stand on", () => {
    const layers: Plot["layers"] = [
      { name: "lost", style: "lack", values: hours, from: hours, form: "area" },
    ];
    const path = pathOf(render(aPlot({ layers })), "area lack");

    assert.ok(path.startsWith("M56,178L94.8,171.2L"), path);
    assert.ok(path.endsWith("L94.8,171.2L56,178Z"), path);
  });

  it("has round ticks, the hours of UTC and the day at midnight", () => {
    const text = render(aPlot());

    assert.deepEqual(
      [...text.matchAll(/text-anchor="end" ?>([^<]*)</g)].map(([, label]) => label),
      ["0", "5", "10", "15", "20", "25", "Tue 01-06"],
    );
    assert.match(text, />Mon 01-05</);
    assert.match(text, />12:00</);
  });

  it("leaves the label at the end out where there is little room", () => {
    assert.doesNotMatch(render(aPlot(), { ...frame, width: 360 }), /Tue 01-06/);
  });

  it("draws response times by their logarithm, and none below its start", () => {
    const values = Float64Array.from(hours, (hour) => (hour < 12 ? 0 : 100));
    const limit = { name: "objective", value: 1000 };
    const plot = aPlot({
      axis: "milliseconds",
      limit,
      layers: [{ name: "p99", style: "lack", values, form: "line" }],
    });
    const text = render(plot);

    assert.match(text, />100 ms</);
    assert.match(text, />1 s</);
    assert.match(text, /class="line limit" d="M56,8H988"/);
    assert.doesNotMatch(text, /NaN|Infinity/);
  });

  it("survives values that are all zero", () => {
    const values = new Float64Array(24);
    const layers: Plot["layers"] = [{ name: "none", style: "supply", values, form: "line" }];

    assert.doesNotMatch(render(aPlot({ layers })), /NaN|Infinity/);
    assert.doesNotMatch(render(aPlot({ layers, axis: "milliseconds" })), /NaN|Infinity/);
  });

  it("shares its axis with others where a top is given", () => {
    assert.match(render(aPlot({ top: 90 })), />100</);
  });

  it("marks events by name", () => {
    const text = render(aPlot(), {
      ...frame,
      marks: [{ atSeconds: 43_200, name: "loss of a zone" }],
    });

    assert.match(
      text,
      /<path d="M522,8V178" ?\/> ?<text x="526" y="18" ?>loss of a zone<\/text ?>/,
    );
  });

  it("keeps the highest and lowest sample of every stretch of many", () => {
    const samples = 100_000;
    const values = new Float64Array(samples).fill(5);
    values[12_345] = 40;
    values[54_321] = 0;
    const plot = aPlot({ layers: [{ name: "p99", style: "lack", values, form: "line" }] });
    const text = render(plot, { ...frame, samples, sampleSeconds: 10 });
    const path = pathOf(text, "line lack");

    assert.ok(text.length < 60_000, String(text.length));
    assert.match(path, /,8L/);
    assert.match(path, /,178L/);
  });
});
