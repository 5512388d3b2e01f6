import { pricesExample } from "../simulate/closing-help";

/** What follows the options of `npm run tune -- --help`. */
export const closingHelp = `
Exit codes:
  0  a configuration meets the objective
  1  wrong arguments or wrong configuration; stderr says which
  3  no configuration within the limits meets the objective; the closest is shown

Prices of another region, each part optional but the region:
${pricesExample}

Examples:
  npm run tune -- prod --trace flash-crowd --objective "missed<=5"
  npm run tune -- prod --trace elb-requests --peak-tasks 20 --objective "p99<=250ms"
  npm run --silent tune -- prod --trace week.csv --json > tuned.json`;
