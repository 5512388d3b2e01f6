import type { Comparison } from "./comparison";
import { renderRunDetails } from "./html-run";
import { html, type Markup, tableOf } from "./markup";
import type { Report } from "./run-result";
import {
  bindingBand,
  frameOf,
  instancesPlot,
  latencyPlot,
  requestsPlot,
  sharedTops,
  tasksPlot,
} from "./svg-panels";
import { renderSvgPlot } from "./svg-plot";

const WIDTH = 360;
const HEIGHT = 140;

/** Configurations side by side: the table, plots with one scale for all, and each in its own figures. */
export function renderComparedRuns({ runs }: Report, comparison: Comparison): Markup {
  const tops = sharedTops(runs.map(({ simulation }) => simulation));
  const plots = [requestsPlot, tasksPlot, instancesPlot, latencyPlot];
  return html`<section aria-label="Comparison">
      <h2>Comparison</h2>
      ${comparison.verdict.map((sentence) => html`<p>${sentence}</p>`)}
      ${tableOf(
        "One load and one workload for all; ★ marks the best of a column",
        ["Configuration", ...comparison.headings],
        comparison.rows.map(({ run, figures }) => [
          run.name,
          ...figures.map(({ text, isBest }) =>
            isBest ? html`<span class="best">★ ${text}</span>` : text,
          ),
        ]),
        true,
      )}
    </section>
    <section aria-label="Over time">
      <h2>Over time, on one scale</h2>
      <div class="grid-of-runs small">
        ${runs.map(({ name, title, simulation }) => {
          const frame = frameOf(simulation, WIDTH, HEIGHT);
          return html`<section aria-label="${name}">
            <h3>${name}</h3>
            <p class="note">${title}</p>
            ${plots.map((plot) => renderSvgPlot(plot(simulation, tops), frame))}${bindingBand(simulation, WIDTH)}
          </section>`;
        })}
      </div>
    </section>
    <section aria-label="Each configuration">
      <h2>Each configuration</h2>
      ${runs.map(
        (run) =>
          html`<details>
            <summary>${run.name}: ${run.title}</summary>
            ${renderRunDetails(run)}
          </details>`,
      )}
    </section> `;
}
