import { type CostEstimate, estimateCost } from "../../capacity/cost";
import type { CostLine } from "../../capacity/cost-lines";
import type { CostRange } from "../../capacity/cost-range";
import type { GroupCost, InstanceMix } from "../../capacity/instance-cost";
import { costInventory } from "../../policies/cost/inventory";
import type { StackResource } from "../../policies/policy";
import { Stack } from "../../policies/stack-under-judgement";
import { type Json, type ResourceGraph, type ResourceNode, UNKNOWN } from "./graph";
import { alignColumns, heading } from "./screen";
import type { Screen } from "./screen";

const indent = "    ";

/** What a recorded stack costs: the policies' own estimate of the same resources. */
export function graphCost({ resources }: ResourceGraph): CostEstimate {
  return estimateCost(costInventory(new Stack(stackResources(resources))));
}

/** What a stack costs at three loads, line by line, and what the figures do not hold. */
export function renderCost(estimate: CostEstimate, screen: Screen): string {
  const { colors } = screen;
  const { lines, usdPerMonth, usdPerHour } = estimate;
  const rows = [
    ["USD a month", "Minimum", "Steady", "Worst", "Quantity"],
    ...lines.map((line) => [line.item, ...amounts(line.usdPerMonth), quantityOf(line)]),
    ["Total", ...amounts(usdPerMonth), ""],
    ["An hour", ...amounts(usdPerHour), ""],
  ];
  const table = alignColumns(rows, [1, 2, 3]).map((cells, index) => {
    const line = `${indent}${cells.join("  ")}`.trimEnd();
    return index === 0 || index === rows.length - 2 ? colors.bold(line) : line;
  });
  return [
    heading("Cost:", screen),
    ...table,
    "",
    ...estimate.missing.map((missing) => colors.yellow(`${indent}No price: ${missing}`)),
    ...explanations(estimate).map((line) => colors.dim(`${indent}${line}`)),
  ].join("\n");
}

function explanations(estimate: CostEstimate): string[] {
  const { region, pricedRegion, instancesPricedOn, assumptions, lines, notEstimated } = estimate;
  const elsewhere =
    region === undefined || region === pricedRegion ? "" : `; the stack is in ${region}`;
  const { spotPriceShare } = assumptions;
  return [
    ...estimate.groups.map(sharesOf),
    `List prices of ${pricedRegion}, instances of ${instancesPricedOn}${elsewhere}.`,
    `Spot counts as ${String(spotPriceShare * 100)} % of On-Demand; the worst has everything at its maximum, all On-Demand.`,
    ...(lines.some(({ isAllowance }) => isAllowance)
      ? ["Lines with ~ are allowances for use. docs/cost.md has the assumptions."]
      : []),
    ...wrapped(`Not estimated: ${notEstimated.join("; ")}.`),
  ];
}

/** On-Demand and Spot instances of a group at each load. */
function sharesOf({ name, minimum, steady, worst }: GroupCost): string {
  return `Instances of ${name}: ${[minimum, steady, worst].map(mixText).join(" / ")}.`;
}

/** `3 On-Demand and 2 Spot m7g.large`. */
function mixText({ onDemand, spot, instanceType }: InstanceMix): string {
  const shares = [
    ...(onDemand > 0 ? [`${String(onDemand)} On-Demand`] : []),
    ...(spot > 0 ? [`${String(spot)} Spot`] : []),
  ];
  return shares.length === 0 ? "none" : `${shares.join(" and ")} ${instanceType}`.trimEnd();
}

/** Columns of an explanation: as wide as the longest of the others. */
const TEXT_COLUMNS = 92;

/** The text in lines that break between words. */
function wrapped(text: string): string[] {
  return text.split(" ").reduce<string[]>((lines, word) => {
    const line = lines.at(-1);
    return line === undefined || line.length + 1 + word.length > TEXT_COLUMNS
      ? [...lines, word]
      : [...lines.slice(0, -1), `${line} ${word}`];
  }, []);
}

function amounts({ minimum, steady, worst }: CostRange): string[] {
  return [minimum, steady, worst].map((amount) => amount.toFixed(2));
}

/** `gateways 3`, or at each load where they differ: `instances 1 / 2 / 4`. */
function quantityOf({ quantity, unit, isAllowance }: CostLine): string {
  const figures = [quantity.minimum, quantity.steady, quantity.worst].map(figure);
  const shown = new Set(figures).size === 1 ? (figures[0] ?? "") : figures.join(" / ");
  return `${unit} ${isAllowance ? "~ " : ""}${shown}`;
}

function figure(value: number): string {
  return value < 10 ? String(Math.round(value * 10) / 10) : String(Math.round(value));
}

/** The recorded resources as policies read them, each made where it is asked for. */
function stackResources(nodes: readonly ResourceNode[]): readonly StackResource[] {
  const made = new Map<string, StackResource>();
  const find = (urns: readonly string[]) => urns.flatMap((urn) => made.get(urn) ?? []);
  for (const node of nodes) {
    const { type, urn, name, parent, options, dependencies, propertyDependencies } = node;
    made.set(urn, {
      type,
      urn,
      name,
      props: knownOf(node.outputs) as Readonly<Record<string, unknown>>,
      options: { protect: options.protect ?? false, ignoreChanges: options.ignoreChanges ?? [] },
      get parent() {
        return parent === undefined ? undefined : made.get(parent);
      },
      get dependencies() {
        return find(dependencies);
      },
      get propertyDependencies() {
        return Object.fromEntries(
          Object.entries(propertyDependencies).map(([property, urns]) => [property, find(urns)]),
        );
      },
    });
  }
  return [...made.values()];
}

/** The value with nothing where only the deployment tells; absent, as a policy finds it. */
function knownOf(value: Json): unknown {
  if (Array.isArray(value)) return value.map(knownOf);
  if (value === null || typeof value !== "object") return value === UNKNOWN ? undefined : value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, knownOf(field)]));
}
