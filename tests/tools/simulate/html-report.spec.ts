import assert from "node:assert/strict";
import { renderHtml } from "../../../tools/simulate/html-report";
import { aReport, aRun, aSimulation } from "./small-run";

/** Text as a reader sees it. */
const visible = (page: string) =>
  page
    .replace(/<style>.*?<\/style>/s, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");

describe("renderHtml", () => {
  const single = renderHtml(aReport());

  it("needs nothing beside it: no script, no reference to elsewhere", () => {
    const compared = renderHtml(aReport(aRun(), aRun({ name: "cdk", title: "CDK" })));

    for (const page of [single, compared]) {
      assert.doesNotMatch(page, /<script|<link|<img|<iframe|@import|url\(|https?:|\son\w+=/i);
    }
  });

  it("is a page with language, title, one heading of the first rank and a scheme for light and dark", () => {
    assert.match(single, /^<!doctype html>\s*<html lang="en">/);
    assert.match(single, /<title>prod: rise<\/title>/);
    assert.equal(single.match(/<h1>/g)?.length, 1);
    assert.match(single, /prefers-color-scheme: dark/);
    assert.match(single, /<meta name="color-scheme" content="light dark" ?\/?>/);
  });

  it("shows the figures, the plots and every table", () => {
    const text = visible(single);

    for (const part of [
      "Project shop. rise, 2 h from 2026-01-05 00:00 UTC, up to 240 requests/s.",
      "rise: rows of 5 min brought to steps of 1 min.",
      "10 minutes of 120 missed the objective",
      "9.8 s p99, against 1 s",
      "Between 4 and 17 tasks serve; the objective takes up to 9.",
      "metrics, alarms and cooldowns: 01:00:00 to 01:05:00, 5 min",
      "m7g.large On-Demand 6.67 instance hours 0.54 USD",
      "~ 1.08",
      "01:05:00 tasks 4 17 cpu 100 % above 60 %",
    ]) {
      assert.ok(text.includes(part), part);
    }
    assert.equal(single.match(/<svg viewBox="0 0 1040/g)?.length, 6);
    assert.doesNotMatch(single, /NaN|Infinity|undefined/);
  });

  it("escapes names and reasons", () => {
    const name = "<img src=x onerror=alert(1)>";
    const simulation = aSimulation({ load: { ...aSimulation().load, name: "<b>load</b>" } });
    const page = renderHtml(
      aReport(aRun({ name, title: name, notes: [name], simulation }), aRun({ name })),
    );

    assert.doesNotMatch(page, /<img|<b>load/);
    assert.match(page, /deployment &lt;1&gt; &amp; more/);
  });

  it("puts configurations side by side on one scale, with the best marked", () => {
    const simulation = aSimulation();
    const twice = simulation.series.healthyTasks.map((tasks) => 2 * tasks);
    const cdk = aRun({
      name: "cdk",
      title: "CDK defaults",
      simulation: {
        ...simulation,
        series: { ...simulation.series, healthyTasks: twice },
        summary: { ...simulation.summary, missedMinutes: 22 },
      },
    });
    const page = renderHtml(aReport(aRun(), cdk));

    assert.match(page, /<span class="best">★ 10<\/span>/);
    assert.match(
      visible(page),
      /prod misses least and costs least: 10 missed minutes at 1.08 USD\./,
    );
    // The axis of the tasks goes to 34 tasks in both.
    assert.equal(page.match(/>40<\/text/g)?.length, 2);
  });

  it("gives the same page for the same report", () => {
    assert.equal(renderHtml(aReport()), single);
  });
});
