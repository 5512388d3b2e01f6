import { compareRuns } from "./comparison";
import { loadText, millisecondsText } from "./figures";
import { renderComparedRuns } from "./html-comparison";
import { renderRunDetails, renderRunPlots } from "./html-run";
import { style } from "./html-style";
import { html, Markup } from "./markup";
import { countText, percentText } from "./quantities";
import type { Report, RunResult } from "./run-result";

/**
 * A report as one page that needs nothing beside it: no script, no font, no image from elsewhere. Readable in light
 * and dark, by mouse, keyboard and screen reader: every plot has a title and a description, and tables repeat it.
 */
export function renderHtml(report: Report): string {
  const { runs, load, loadNotes, project } = report;
  const names = runs.map(({ name }) => name).join(", ");
  const title = `${names}: ${load.name}`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <style>
          ${new Markup(style)}
        </style>
      </head>
      <body>
        <header>
          <h1>
            ${runs.length === 1 ? `${names} under ${load.name}` : `${countText(runs.length, "configuration")} under ${load.name}`}
          </h1>
          <p class="sub">Project ${project}. ${loadText(report)}.</p>
          ${loadNotes.map((note) => html`<p class="note">${`${load.name}: ${note}.`}</p>`)}
        </header>
        <main>
          ${runs.length === 1 ? singleRun(runs[0]) : renderComparedRuns(report, compareRuns(report))}
        </main>
        <footer>
          <h2>What this is</h2>
          <p class="note">
            A simulation of both levels of scaling, tasks and instances, from the configuration of
            the stack. It is a model and no measurement: what a request costs is an assumption, and
            so are the delays of AWS. The same input gives the same page.
          </p>
        </footer>
      </body>
    </html> `;
  return page.text;
}

function singleRun(run: RunResult): Markup {
  return html`${cards(run)}
    <section aria-label="Over time">
      <h2>Over time</h2>
      ${renderRunPlots(run)}
    </section>
    ${renderRunDetails(run)}`;
}

/** The four figures that decide. */
function cards({ simulation: { summary, model }, cost }: RunResult): Markup {
  const { objectiveMilliseconds } = model.workload;
  const judged = (isGood: boolean) => (isGood ? "good" : "bad");
  const minutes = Math.ceil(summary.seconds / 60);
  const entries: [string, string, string][] = [
    [
      judged(summary.missedMinutes === 0),
      countText(summary.missedMinutes, "minute"),
      `of ${minutes} missed the objective`,
    ],
    [
      judged(summary.unmet === 0),
      percentText(summary.unmet, summary.requests),
      "of the requests were lost",
    ],
    [
      judged(summary.p99Milliseconds <= objectiveMilliseconds),
      millisecondsText(summary.p99Milliseconds),
      `p99, against ${millisecondsText(objectiveMilliseconds)}`,
    ],
    ["", `${summary.peakTasks} / ${summary.peakInstances}`, "most tasks / instances"],
    ["", `${cost.usd.toFixed(2)} USD`, "for this load"],
  ];
  return html`<ul class="cards">
    ${entries.map(
      ([kind, figure, text]) => html`<li class="${kind}"><b>${figure}</b><span>${text}</span></li>`,
    )}
  </ul>`;
}
