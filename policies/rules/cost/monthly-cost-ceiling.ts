import { estimateCost, type CostEstimate } from "../../../capacity/cost";
import type { CostRange } from "../../../capacity/cost-range";
import { costInventory } from "../../cost/inventory";
import { INVENTORY_TYPES } from "../../cost/resource-types";
import { stackPolicy } from "../../policy";

export const monthlyCostCeiling = stackPolicy({
  name: "monthly-cost-ceiling",
  description:
    "A month of the stack costs no more than the environment may, everyday and with everything at its maximum.",
  severity: "high",
  levels: { dev: "advisory", prod: "mandatory" },
  frameworks: [],
  remediationSteps:
    "Run `npm run preview` to see every line of the estimate. Lower maxTasks, maxInstances or minTasks, choose cheaper instanceTypes, or take fewer natGateways in Pulumi.<stack>.yaml. Where the environment has to cost more, raise the limit in policies/limits.ts in a change of its own.",
  url: "https://docs.aws.amazon.com/wellarchitected/latest/cost-optimization-pillar/welcome.html",
  reads: INVENTORY_TYPES,
  check: (stack, { limits, violate }) => {
    const estimate = estimateCost(costInventory(stack));
    for (const missing of estimate.missing) {
      violate({
        got: `the estimate has no price for the ${missing}`,
        allowed: "a price for everything that scales",
        fix: "name instance types that capacity/instance-types.json has, or add them there",
      });
    }
    if (estimate.usdPerMonth.steady > limits.steadyUsd) {
      violate({
        got: `the steady cost is ${described(estimate, "steady")}`,
        allowed: `at most ${usd(limits.steadyUsd)}`,
        fix: "lower minTasks, choose cheaper instanceTypes or take fewer natGateways",
      });
    }
    if (estimate.usdPerMonth.worst > limits.worstUsd) {
      violate({
        got: `the worst cost is ${described(estimate, "worst")}`,
        allowed: `at most ${usd(limits.worstUsd)}`,
        fix: "lower maxTasks or maxInstances, or take the dearest of instanceTypes out",
      });
    }
  },
});

/** Lines that a message names. */
const LARGEST_LINES = 3;

function described({ lines, usdPerMonth }: CostEstimate, load: keyof CostRange): string {
  const largest = [...lines]
    .sort((one, other) => other.usdPerMonth[load] - one.usdPerMonth[load])
    .slice(0, LARGEST_LINES)
    .map((line) => `${line.item} ${usd(line.usdPerMonth[load])}`);
  return `${usd(usdPerMonth[load])} a month (most of it ${largest.join(", ")})`;
}

function usd(amount: number): string {
  return `$${amount.toFixed(2)}`;
}
