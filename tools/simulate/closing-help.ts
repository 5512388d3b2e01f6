import { presets } from "../../capacity/presets";
import { type Shape, shapes } from "./shapes";
import { columnNames } from "./trace-rows";
import { shippedTraces } from "./trace";

/** What a file of prices holds. */
export const pricesExample = `  { "region": "eu-central-1", "pricedOn": "2026-11-01",
    "instanceTypes": { "m7g.large": 0.0978 }, "prices": { "logGB": 0.63 } }`;

/** Exit codes, traces, presets and examples, below the options. */
export const closingHelp = `
Traces:
${rows([
  ...Object.entries(shapes).map(([name, shape]) => [name, shapeText(shape)] as const),
  ...Object.entries(shippedTraces).map(([name, { meaning }]) => [name, meaning] as const),
  ["FILE", `CSV with a header; times: ${columnNames.time} (ISO 8601, or seconds);`],
  ["", `requests: ${columnNames.requests}`],
])}
  Settings follow the name: flash-crowd:peak=4000,base=500,at=1h. All forms take peak and base (requests a
  second, the base also as 20%) and noise (0 to 1). Where nothing is said the peak is what 80 % of the stack's
  maxTasks serve at their target, and the base a fifth of it. The requests of a file are taken as they are.

Presets:
${rows(presets.map(({ name, title, version }) => [name, `${title}, ${version}`] as const))}

Prices of another region, each part optional but the region:
${pricesExample}

Exit codes:
  0  the load was simulated, whatever became of it
  1  wrong arguments, wrong configuration or a wrong trace; stderr says which

Examples:
  npm run simulate -- prod --trace flash-crowd
  npm run simulate -- prod --with minTasks=3 --with minInstances=12
  npm run simulate -- prod --trace requests.csv --days 7 --scale 2 --out report
  npm run simulate -- prod --compare aws,cdk --trace daily:noise=0.1 --event zone-loss@14h+30m
  npm run --silent simulate -- --compare dev,prod --json > runs.json

docs/simulate.md says more, docs/scaling.md what the model does not know.`;

function shapeText({ meaning, parameters }: Shape): string {
  const own = Object.entries(parameters).map(
    ([name, parameter]) => `${name} (${parameter.meaning})`,
  );
  return own.length === 0 ? meaning : `${meaning}: ${own.join(", ")}`;
}

function rows(entries: readonly (readonly [string, string])[]): string {
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`).join("\n");
}
