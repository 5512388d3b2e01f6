import { type CostAssumptions, costAssumptions, HOURS_PER_MONTH } from "./cost-assumptions";
import type { CostInventory } from "./cost-inventory";
import { costLines, METRICS_PER_INSTANCE } from "./cost-lines";
import { capacityUnitHours } from "./load-balancer-capacity";
import { listPrices, type PriceTable } from "./prices";
import type { Simulation } from "./simulate/simulation";

/** What of a run is priced and how. */
export interface RunCostOptions {
  readonly prices?: PriceTable;
  /** Spot share, bytes of a request, log lines and so on. */
  readonly assumptions?: CostAssumptions;
  /**
   * The stack that ran: adds what it pays for by the hour whatever the load, volumes and addresses of the
   * instances, and NAT or endpoint data. Without it only instances, load balancer capacity and logs count.
   */
  readonly inventory?: CostInventory;
}

/** One thing that a run pays for. */
interface RunCostLine {
  readonly item: string;
  readonly quantity: number;
  readonly unit: string;
  readonly usd: number;
  /** True where the quantity is an assumption about requests and not a result of the run. */
  readonly isAllowance: boolean;
}

/** What a simulated run costs in US dollars before tax, unrounded. */
export interface RunCost {
  readonly pricedRegion: string;
  readonly instancesPricedOn: string;
  readonly seconds: number;
  /** Without those of nothing. */
  readonly lines: readonly RunCostLine[];
  /** Sum of the lines. */
  readonly usd: number;
  /** The part of `usd` that scaling decides: instances and what belongs to each. */
  readonly instancesUsd: number;
  readonly usdPerHour: number;
  /** Undefined for a run without a request. */
  readonly usdPerMillionRequests: number | undefined;
  /** Instance types without a price, in words: with one of these the figures are too low. */
  readonly missing: readonly string[];
}

/**
 * The least that EC2 charges of a launch on Linux.
 *
 * @see https://aws.amazon.com/ec2/pricing/on-demand/
 */
const LEAST_BILLED_SECONDS = 60;

const BYTES_PER_GB = 1e9;

/** Prices what a simulated run used. Pure: the same run gives the same cost. */
export function costOfRun(
  simulation: Pick<Simulation, "summary" | "series">,
  { prices = listPrices, assumptions = costAssumptions, inventory }: RunCostOptions = {},
): RunCost {
  const { seconds, requests } = simulation.summary;
  const ofInstances = instanceLines(simulation, prices, assumptions, inventory);
  const lines = [
    ...ofInstances,
    ...requestLines(simulation, prices, assumptions, inventory),
    ...(inventory === undefined ? [] : fixedLines(simulation, prices, assumptions, inventory)),
  ].filter(({ usd }) => usd > 0);
  const usd = total(lines);
  return {
    pricedRegion: prices.region,
    instancesPricedOn: prices.instancesPricedOn,
    seconds,
    lines,
    usd,
    instancesUsd: total(ofInstances),
    usdPerHour: seconds === 0 ? 0 : (usd * 3600) / seconds,
    usdPerMillionRequests: requests === 0 ? undefined : (usd * 1e6) / requests,
    missing: unpriced(simulation, prices),
  };
}

function total(lines: readonly RunCostLine[]): number {
  return lines.reduce((sum, { usd }) => sum + usd, 0);
}

type Run = Pick<Simulation, "summary" | "series">;

/** Instances by type and market, and the volumes, metrics and addresses that each has. */
function instanceLines(
  { summary }: Run,
  { usd, usdPerInstanceHour }: PriceTable,
  { spotPriceShare }: CostAssumptions,
  inventory: CostInventory | undefined,
): RunCostLine[] {
  const lines = summary.instanceSeconds.map(({ instanceType, market, seconds, instances }) => {
    // Of the launches only their sum is known, so this is the least that the minimum can make of it.
    const hours = Math.max(seconds, instances * LEAST_BILLED_SECONDS) / 3600;
    const share = market === "spot" ? spotPriceShare : 1;
    return {
      item: `${instanceType} ${market === "spot" ? "Spot" : "On-Demand"}`,
      quantity: hours,
      unit: "instance hours",
      usd: hours * share * (usdPerInstanceHour.get(instanceType) ?? 0),
      isAllowance: false,
    };
  });
  const group = inventory?.groups[0];
  if (group === undefined) return lines;
  const hours = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const months = hours / HOURS_PER_MONTH;
  const metrics = group.detailedMonitoring ? METRICS_PER_INSTANCE : 0;
  return [
    ...lines,
    used("Root volumes", months * group.volumeGiB, "GiB months", usd.volumeGiBMonth),
    used("Detailed monitoring", months * metrics, "metric months", usd.metricMonth),
    used(
      "Public IPv4, instances",
      hours * group.publicIpv4Addresses,
      "address hours",
      usd.publicIpv4AddressHour,
    ),
  ];
}

/** What follows from the requests of the run and the assumed size of each. */
function requestLines(
  { summary, series }: Run,
  { usd }: PriceTable,
  assumptions: CostAssumptions,
  inventory: CostInventory | undefined,
): RunCostLine[] {
  const logGB = (summary.requests * assumptions.logBytesPerRequest) / BYTES_PER_GB;
  const lines = [allowed("Logs", logGB, "GB", usd.logGB)];
  if (inventory === undefined || inventory.applicationLoadBalancers > 0) {
    const hours = capacityUnitHours(series, assumptions);
    const each = usd.applicationCapacityUnitHour;
    lines.push(allowed("Load balancer capacity", hours, "LCU hours", each));
  }
  if (inventory === undefined) return lines;
  if (inventory.networkLoadBalancers > 0) {
    // A capacity unit of a network load balancer is a GB an hour of TCP.
    const units = (summary.requests * assumptions.bytesPerRequest) / BYTES_PER_GB;
    const each = usd.networkCapacityUnitHour;
    lines.push(allowed("Network load balancer capacity", units, "NLCU hours", each));
  }
  if (inventory.webAcls > 0) {
    const millions = summary.requests / 1e6;
    lines.push(allowed("WAF requests", millions, "million requests", usd.webAclMillionRequests));
  }
  const instanceMonths = instanceHours(summary) / HOURS_PER_MONTH;
  const egressGB = logGB + instanceMonths * assumptions.egressGBPerInstance;
  if (inventory.interfaceEndpointZones > 0) {
    lines.push(allowed("Interface endpoint data", egressGB, "GB", usd.interfaceEndpointGB));
  } else if (inventory.natGateways > 0) {
    lines.push(allowed("NAT gateway data", egressGB, "GB", usd.natGatewayGB));
  }
  return lines;
}

/** What the stack pays for as long as it stands, for the time of the run: its estimate without groups and requests. */
function fixedLines(
  { summary }: Run,
  prices: PriceTable,
  assumptions: CostAssumptions,
  inventory: CostInventory,
): RunCostLine[] {
  const tasks = summary.seconds === 0 ? 0 : summary.taskSeconds / summary.seconds;
  const months = summary.seconds / 3600 / HOURS_PER_MONTH;
  return costLines(
    { ...inventory, groups: [], tasks: { min: tasks, max: tasks } },
    [],
    { ...assumptions, requestsPerTaskMinute: { steady: 0, worst: 0 } },
    prices,
  ).map(({ item, quantity, unit, usdPerMonth, isAllowance }) => ({
    item,
    quantity: quantity.steady,
    unit,
    usd: usdPerMonth.steady * months,
    isAllowance,
  }));
}

function instanceHours({ instanceSeconds }: Run["summary"]): number {
  return instanceSeconds.reduce((sum, { seconds }) => sum + seconds, 0) / 3600;
}

function unpriced({ summary }: Run, { usdPerInstanceHour }: PriceTable): string[] {
  const types = new Set(summary.instanceSeconds.map(({ instanceType }) => instanceType));
  return [...types]
    .filter((type) => !usdPerInstanceHour.has(type))
    .map((type) => `instance type ${type}, which capacity/instance-types.json lacks`);
}

function used(item: string, quantity: number, unit: string, usdEach: number): RunCostLine {
  return { item, quantity, unit, usd: quantity * usdEach, isAllowance: false };
}

function allowed(item: string, quantity: number, unit: string, usdEach: number): RunCostLine {
  return { ...used(item, quantity, unit, usdEach), isAllowance: true };
}
