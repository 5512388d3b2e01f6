import { scaleLinear, scaleLog, scaleUtc } from "d3-scale";
import { area, curveLinear, curveStepAfter, line } from "d3-shape";
import { html, type Markup } from "./markup";
import { figureText } from "./quantities";

/** What a plot draws of a quantity. */
interface Layer {
  readonly name: string;
  /** Class of the style sheet: the colour, and for lines the dashes. */
  readonly style: string;
  readonly values: Float64Array;
  /** For an area the values that it stands on. @default the axis */
  readonly from?: Float64Array;
  readonly form: "area" | "line";
  /** Drawn as stairs: for what is counted. */
  readonly stepped?: boolean;
}

export interface Plot {
  readonly title: string;
  /** What a reader who cannot see it has to know. */
  readonly description: string;
  readonly layers: readonly Layer[];
  /** A line across the plot, such as an objective. */
  readonly limit?: { readonly name: string; readonly value: number };
  readonly axis: "linear" | "milliseconds";
  /** Highest value of the axis, where several plots share it. @default the highest value */
  readonly top?: number;
}

/** What all plots of a run share. */
export interface PlotFrame {
  readonly startsAt: number;
  readonly sampleSeconds: number;
  readonly samples: number;
  readonly width: number;
  readonly height: number;
  /** Moments that are marked, by name. */
  readonly marks: readonly { readonly atSeconds: number; readonly name: string }[];
}

const LEFT = 56;
const RIGHT = 12;
const TOP = 8;
const BOTTOM = 22;
const NARROW = 600;

/** Stretches of the axis of time within which only the first, last, least and largest samples are drawn. */
const COLUMNS = 420;

/** A plot with axes, grid and legend as a figure of HTML; no script and nothing to load. */
export function renderSvgPlot(plot: Plot, frame: PlotFrame): Markup {
  const { width, height, startsAt, sampleSeconds, samples } = frame;
  const end = startsAt + sampleSeconds * samples;
  const x = scaleUtc([startsAt * 1000, end * 1000], [LEFT, width - RIGHT]);
  const y = verticalScale(plot, [height - BOTTOM, TOP]);
  const timeOf = (sample: number) => x((startsAt + sample * sampleSeconds) * 1000);
  const indexes = drawnSamples(plot.layers, samples);
  const ticks = x.ticks(Math.max(3, Math.round(width / 120)));
  return html`<figure>
    <figcaption><b>${plot.title}</b>${legend(plot)}</figcaption>
    <div class="scroll">
      <svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${plot.title}">
        <title>${plot.title}</title>
        <desc>${plot.description}</desc>
        <g class="grid">
          ${y.ticks.map((tick) => html`<path d="M${LEFT},${round(y.of(tick))}H${width - RIGHT}" />`)}
        </g>
        ${plot.layers.map((layer) => layerPath(layer, indexes, timeOf, y.of))}
        ${limitLine(plot, y.of, width)}
        ${frame.marks.map(({ atSeconds, name }) => mark(x((startsAt + atSeconds) * 1000), name, height))}
        <g class="axis">
          ${y.ticks.map((tick) => html`<text x="${LEFT - 8}" y="${round(y.of(tick) + 4)}" text-anchor="end">${y.text(tick)}</text>`)}
          <path d="M${LEFT},${height - BOTTOM}H${width - RIGHT}" />
          ${ticks.map((tick) => timeTick(tick, x(tick), width, height))}
        </g>
      </svg>
    </div>
  </figure> `;
}

interface VerticalScale {
  readonly of: (value: number) => number;
  readonly ticks: readonly number[];
  readonly text: (value: number) => string;
}

function verticalScale(plot: Plot, range: [number, number]): VerticalScale {
  const highest = Math.max(plot.top ?? 0, plot.limit?.value ?? 0, ...plot.layers.map(highestOf));
  if (plot.axis === "linear") {
    const scale = scaleLinear([0, highest === 0 ? 1 : highest], range).nice(4);
    return { of: (value) => scale(value), ticks: scale.ticks(4), text: figureText };
  }
  const least = Math.min(...plot.layers.map(lowestOf));
  const lowest = Number.isFinite(least) ? Math.max(1, least) : 1;
  const scale = scaleLog([lowest, Math.max(10 * lowest, highest)], range).nice();
  return {
    of: (value) => scale(Math.max(value, scale.domain()[0] ?? 1)),
    ticks: scale.ticks().filter((tick) => Number.isInteger(Math.log10(tick))),
    text: (tick) => (tick >= 1000 ? `${figureText(tick / 1000)} s` : `${figureText(tick)} ms`),
  };
}

function highestOf({ values }: Layer): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function lowestOf({ values }: Layer): number {
  return values.reduce((least, value) => (value > 0 ? Math.min(least, value) : least), Infinity);
}

/** Samples that a plot needs to look as with all of them: four of each stretch and layer. */
function drawnSamples(layers: readonly Layer[], samples: number): number[] {
  // One more than there are: the last sample holds to the end.
  if (samples <= COLUMNS * 2) return Array.from({ length: samples + 1 }, (_, sample) => sample);
  const drawn = new Set<number>([samples]);
  for (let column = 0; column < COLUMNS; column += 1) {
    const first = Math.floor((column * samples) / COLUMNS);
    const end = Math.floor(((column + 1) * samples) / COLUMNS);
    drawn.add(first).add(end - 1);
    for (const { values } of layers) {
      let least = first;
      let most = first;
      for (let sample = first; sample < end; sample += 1) {
        if ((values[sample] ?? 0) < (values[least] ?? 0)) least = sample;
        if ((values[sample] ?? 0) > (values[most] ?? 0)) most = sample;
      }
      drawn.add(least).add(most);
    }
  }
  return [...drawn].sort((one, other) => one - other);
}

function layerPath(
  { style, values, from, form, stepped }: Layer,
  indexes: number[],
  x: (sample: number) => number,
  y: (value: number) => number,
): Markup {
  const curve = stepped === true ? curveStepAfter : curveLinear;
  const at = (of: Float64Array, sample: number) => of[Math.min(sample, of.length - 1)] ?? 0;
  const top = (sample: number) => y(at(values, sample));
  const path =
    form === "line"
      ? line<number>(x, top).curve(curve).digits(1)(indexes)
      : area<number>(x, (sample) => y(from === undefined ? 0 : at(from, sample)), top)
          .curve(curve)
          .digits(1)(indexes);
  return html`<path class="${form} ${style}" d="${path ?? ""}" /> `;
}

function limitLine({ limit }: Plot, y: (value: number) => number, width: number): Markup {
  if (limit === undefined) return html``;
  return html`<path class="line limit" d="M${LEFT},${round(y(limit.value))}H${width - RIGHT}" /> `;
}

function mark(x: number, name: string, height: number): Markup {
  return html`<g class="mark"
    ><title>${name}</title><path d="M${round(x)},${TOP}V${height - BOTTOM}" /><text
      x="${round(x) + 4}"
      y="${TOP + 10}"
      >${name}</text
    ></g
  > `;
}

/** A label of the axis of time: the hour, and the day where one begins. */
function timeTick(time: Date, x: number, width: number, height: number): Markup {
  const iso = time.toISOString();
  const clock = iso.slice(11, 16);
  const text = clock === "00:00" ? `${DAYS[time.getUTCDay()] ?? ""} ${iso.slice(5, 10)}` : clock;
  const isLast = x > width - RIGHT - 24;
  // Where there is little room, the end of the axis would overlap the tick before it.
  if (isLast && width < NARROW) return html``;
  const anchor = isLast ? "end" : "middle";
  return html`<path d="M${round(x)},${height - BOTTOM}v4" /><text
      x="${round(x)}"
      y="${height - 5}"
      text-anchor="${anchor}"
      >${text}</text
    >`;
}

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

function legend({ layers, limit }: Plot): Markup {
  const entries = layers.map(({ name, style, form }) => ({ name, style: `${form} ${style}` }));
  if (limit !== undefined) entries.push({ name: limit.name, style: "line limit" });
  return html`<span class="legend"
    >${entries.map(
      ({ name, style }) =>
        html`<span class="key"
          ><svg viewBox="0 0 22 10" aria-hidden="true">
            <path
              class="${style}"
              d="${style.startsWith("area") ? "M0,1H22V9H0Z" : "M0,5H22"}"
            /></svg
          >${name}</span
        >`,
    )}</span
  >`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
