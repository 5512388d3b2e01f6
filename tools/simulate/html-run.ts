import { bindingIntervals, bindingText } from "./binding-intervals";
import { elasticityHeadings, elasticityRows, figuresOf, usdText } from "./figures";
import { html, type Markup, tableOf } from "./markup";
import { clockText, durationText, figureText } from "./quantities";
import type { RunResult } from "./run-result";
import {
  bindingBand,
  cpuPlot,
  frameOf,
  instancesPlot,
  latencyPlot,
  requestsPlot,
  tasksPlot,
} from "./svg-panels";
import { renderSvgPlot } from "./svg-plot";

const WIDTH = 1040;
const HEIGHT = 190;

/** Rows that a page holds; report.json beside it has all. */
const MOST_ROWS = 500;

/** The plots of one run, below each other on one axis of time. */
export function renderRunPlots({ simulation }: RunResult): Markup {
  const frame = frameOf(simulation, WIDTH, HEIGHT);
  const plots = [requestsPlot, tasksPlot, instancesPlot, latencyPlot, cpuPlot];
  return html`${plots.map((plot) => renderSvgPlot(plot(simulation), frame))}${bindingBand(simulation, WIDTH)}`;
}

/** Everything about one run in tables. */
export function renderRunDetails(run: RunResult): Markup {
  const { simulation, cost, notes } = run;
  const intervals = bindingIntervals(simulation.series);
  return html`<section aria-label="Figures">
      <h2>Figures</h2>
      ${tableOf("The run in figures", [], figuresOf(run))}
      ${tableOf("Elasticity: 0 is perfect", elasticityHeadings, elasticityRows(run), true)}
      ${notes.map((note) => html`<p class="note">${note}</p>`)}
    </section>
    <section aria-label="Cost">
      <h2>Cost</h2>
      ${tableOf(
        `USD, list prices of ${cost.pricedRegion}, instances of ${cost.instancesPricedOn}`,
        ["Item", "Quantity", "Unit", "Cost"],
        [
          ...cost.lines.map(({ item, quantity, unit, usd, isAllowance }) => [
            item,
            `${isAllowance ? "~ " : ""}${figureText(quantity)}`,
            unit,
            usdText(usd),
          ]),
          ["Total", "", "", usdText(cost.usd)],
        ],
        true,
      )}
      <p class="note">
        ~ marks an assumption about requests. What a stack pays for at any load, such as NAT
        gateways and addresses, is left out.
      </p>
    </section>
    <section aria-label="Binding">
      <h2>What was binding when</h2>
      ${
        intervals.length === 0
          ? html`<p>Nothing was binding at any time.</p>`
          : folded(
              `${intervals.length} stretches`,
              tableOf(
                "Stretches in which something held the service back",
                ["From", "To", "Length", "Binding"],
                intervals
                  .slice(0, MOST_ROWS)
                  .map(({ binding, fromSeconds, toSeconds }) => [
                    clockText(fromSeconds),
                    clockText(toSeconds),
                    durationText(toSeconds - fromSeconds),
                    bindingText[binding],
                  ]),
              ),
              intervals.length <= 15,
            )
      }
    </section>
    <section aria-label="Actions">
      <h2>Actions</h2>
      ${folded(
        `${simulation.actions.length} actions`,
        tableOf(
          "What scaling and events did",
          ["Time", "Level", "From", "To", "Because"],
          simulation.actions
            .slice(0, MOST_ROWS)
            .map(({ atSeconds, level, from, to, reason }) =>
              level === "event"
                ? [clockText(atSeconds), level, "", "", reason]
                : [clockText(atSeconds), level, from, to, reason],
            ),
        ),
        simulation.actions.length <= 15,
      )}
    </section>
    <section aria-label="Settings">
      <h2>Settings</h2>
      ${folded("The model that ran", html`<pre>${JSON.stringify(simulation.model, undefined, 2)}</pre>`, false)}
    </section> `;
}

function folded(title: string, content: Markup, open: boolean): Markup {
  return open
    ? content
    : html`<details>
        <summary>${title}</summary>
        ${content}
      </details>`;
}
