import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { costAssumptions, notEstimated } from "../../capacity/cost-assumptions";
import { pricedRegion, priceList } from "../../capacity/prices";

const page = readFileSync("docs/cost.md", "utf8");
/** Cells of the rows of a table of the page, by their first cell. */
const rows = new Map(
  page
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .map(([, first = "", ...rest]) => [first, rest]),
);

describe("priceList", () => {
  it("is of the region that the instance catalogue is of", () => {
    assert.equal(pricedRegion, "us-east-1");
  });

  for (const [name, { usd, per, source, confirmedBy, confirmedOn }] of Object.entries(priceList)) {
    it(`has a price, its page and its confirmation for ${name}`, () => {
      assert.ok(usd > 0);
      assert.match(source, /^https:\/\/aws\.amazon\.com\/[a-z]+\/pricing\/$/);
      assert.equal(confirmedBy === null, confirmedOn === null);
      assert.match(confirmedBy ?? "https://", /^https:\/\//);
      assert.match(confirmedOn ?? "undated", /^(undated|20\d\d-\d\d(-\d\d)?)$/);
      assert.notEqual(per, "");
    });

    it(`is what docs/cost.md says of ${name}`, () => {
      const [price, confirmed] = rows.get(per) ?? [];

      assert.equal(price, `$${String(usd)}`);
      assert.equal(confirmed, confirmedOn ?? "not confirmed");
    });
  }
});

describe("docs/cost.md", () => {
  for (const [assumption, value] of [
    ["Spot price", `${String(costAssumptions.spotPriceShare * 100)} % of On-Demand`],
    ["Steady load", `${String(costAssumptions.steadyLoadShare * 100)} % of the way`],
    [
      "Requests, steady",
      `${String(costAssumptions.requestsPerTaskMinute.steady)} a minute and task`,
    ],
    ["Requests, worst", `${String(costAssumptions.requestsPerTaskMinute.worst)} a minute and task`],
    ["Traffic", `${String(costAssumptions.bytesPerRequest)} bytes a request`],
    ["Logs", `${String(costAssumptions.logBytesPerRequest)} bytes a request`],
    ["Egress", `${String(costAssumptions.egressGBPerInstance)} GB a month and instance`],
    [
      "Flow logs",
      `${String(costAssumptions.flowLogGB.steady)} GB a month, worst ${String(costAssumptions.flowLogGB.worst)} GB`,
    ],
    ["Container Insights", `${String(costAssumptions.insightsMetrics.enabled.cluster)} metrics`],
    [
      "Container Insights, enhanced",
      `${String(costAssumptions.insightsMetrics.enhanced.cluster)} metrics and ${String(costAssumptions.insightsMetrics.enhanced.task)} a task`,
    ],
  ] as const) {
    it(`says of ${assumption} what the estimate assumes`, () => {
      assert.equal(rows.get(assumption)?.[0], value);
    });
  }

  for (const left of notEstimated) {
    it(`explains that ${left} is not estimated`, () => {
      assert.ok(page.toLowerCase().includes(`- **${left.toLowerCase()}**`));
    });
  }
});
