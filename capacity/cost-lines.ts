import { type CostAssumptions, HOURS_PER_MONTH } from "./cost-assumptions";
import type { CostInventory } from "./cost-inventory";
import { always, type CostRange, round, scale, sum, wholeCents } from "./cost-range";
import type { GroupCost } from "./instance-cost";
import { listPrices, type PriceName, type PriceTable } from "./prices";
import { type Usage, usageOf } from "./usage";

/** One thing that is paid for. */
export interface CostLine {
  readonly item: string;
  /** To three decimals. */
  readonly quantity: CostRange;
  /** What is counted: instances, GiB, addresses. */
  readonly unit: string;
  /** In whole cents. */
  readonly usdPerMonth: CostRange;
  /** True where the quantity is an assumption about use and no property of the stack. */
  readonly isAllowance: boolean;
}

/** Everything that the inventory pays for, without what is zero at every load. */
export function costLines(
  inventory: CostInventory,
  groups: readonly GroupCost[],
  assumptions: CostAssumptions,
  prices: PriceTable = listPrices,
): readonly CostLine[] {
  const counts = groups.map(instancesOf);
  const usage = usageOf(inventory, sum(counts), assumptions);
  const lines = linesAt(prices);
  return [
    ...instanceLines(inventory, groups, counts, lines),
    ...networkLines(inventory, usage, lines),
    ...observabilityLines(inventory, usage, lines),
  ]
    .filter(({ usdPerMonth }) => usdPerMonth.worst > 0)
    .map((line) => ({ ...line, quantity: round(line.quantity, 3) }));
}

/**
 * Metrics of detailed monitoring that EC2 sends for an instance.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/manage-detailed-monitoring.html
 */
export const METRICS_PER_INSTANCE = 7;

function instanceLines(
  { groups }: CostInventory,
  costs: readonly GroupCost[],
  counts: readonly CostRange[],
  { monthly, hourly }: PricedLines,
): CostLine[] {
  const each = (perInstance: (group: CostInventory["groups"][number]) => number) =>
    sum(groups.map((group, index) => scale(counts[index] ?? always(0), perInstance(group))));
  return [
    {
      item: "EC2 instances",
      quantity: sum(counts),
      unit: "instances",
      usdPerMonth: wholeCents(sum(costs.map(usdOf))),
      isAllowance: false,
    },
    monthly(
      "Root volumes",
      each(({ volumeGiB }) => volumeGiB),
      "GiB",
      "volumeGiBMonth",
    ),
    monthly(
      "Detailed monitoring",
      each(({ detailedMonitoring }) => (detailedMonitoring ? METRICS_PER_INSTANCE : 0)),
      "metrics",
      "metricMonth",
    ),
    hourly(
      "Public IPv4, instances",
      each((group) => group.publicIpv4Addresses),
      "addresses",
      "publicIpv4AddressHour",
    ),
  ];
}

function networkLines(
  inventory: CostInventory,
  usage: Usage,
  { monthly, hourly, allowance }: PricedLines,
): CostLine[] {
  const { publicIpv4Addresses: addresses, applicationLoadBalancers, webAcls } = inventory;
  const hasEndpoints = inventory.interfaceEndpointZones > 0;
  // AWS's services are reached through their endpoints where the VPC has them, which leaves little to NAT.
  const natGB = hasEndpoints || inventory.natGateways === 0 ? always(0) : usage.egressGB;
  return [
    hourly(
      "Application load balancers",
      applicationLoadBalancers,
      "load balancers",
      "applicationLoadBalancerHour",
    ),
    allowance(
      "Load balancer capacity",
      scale(usage.applicationCapacityUnitHours, applicationLoadBalancers > 0 ? 1 : 0),
      "LCU hours",
      "applicationCapacityUnitHour",
    ),
    hourly(
      "Network load balancers",
      inventory.networkLoadBalancers,
      "load balancers",
      "networkLoadBalancerHour",
    ),
    allowance(
      "Network load balancer capacity",
      scale(usage.networkCapacityUnitHours, inventory.networkLoadBalancers > 0 ? 1 : 0),
      "NLCU hours",
      "networkCapacityUnitHour",
    ),
    hourly("NAT gateways", inventory.natGateways, "gateways", "natGatewayHour"),
    allowance("NAT gateway data", natGB, "GB", "natGatewayGB"),
    hourly("Public IPv4, NAT gateways", addresses.natGateways, "addresses", IPV4),
    hourly("Public IPv4, load balancers", addresses.loadBalancers, "addresses", IPV4),
    hourly("Public IPv4, static ingress", addresses.staticIngress, "addresses", IPV4),
    hourly("Public IPv4, other", addresses.other, "addresses", IPV4),
    hourly(
      "Interface endpoints",
      inventory.interfaceEndpointZones,
      "endpoint zones",
      "interfaceEndpointHour",
    ),
    allowance(
      "Interface endpoint data",
      hasEndpoints ? usage.egressGB : always(0),
      "GB",
      "interfaceEndpointGB",
    ),
    monthly("WAF web ACLs", webAcls, "web ACLs", "webAclMonth"),
    monthly("WAF rules", inventory.webAclRules, "rules", "webAclRuleMonth"),
    allowance(
      "WAF requests",
      scale(usage.millionRequests, webAcls > 0 ? 1 : 0),
      "million requests",
      "webAclMillionRequests",
    ),
  ];
}

const IPV4: PriceName = "publicIpv4AddressHour";

function observabilityLines(
  inventory: CostInventory,
  usage: Usage,
  { monthly, allowance }: PricedLines,
): CostLine[] {
  return [
    monthly("KMS keys", inventory.kmsKeys, "keys", "kmsKeyMonth"),
    monthly("Alarms", inventory.alarmMetrics, "metrics", "alarmMetricMonth"),
    monthly("Dashboards", inventory.dashboards, "dashboards", "dashboardMonth"),
    allowance("Container Insights", usage.insightsMetrics.enabled, "metrics", "metricMonth"),
    allowance(
      "Container Insights, enhanced",
      usage.insightsMetrics.enhanced,
      "metrics",
      "enhancedMetricMonth",
    ),
    allowance("Logs", usage.logGB, "GB", "logGB"),
    allowance("Flow logs", usage.flowLogGB, "GB", "vendedLogGB"),
  ];
}

function instancesOf({ minimum, steady, worst }: GroupCost): CostRange {
  return {
    minimum: minimum.onDemand + minimum.spot,
    steady: steady.onDemand + steady.spot,
    worst: worst.onDemand + worst.spot,
  };
}

function usdOf({ minimum, steady, worst }: GroupCost): CostRange {
  return {
    minimum: minimum.usdPerMonth,
    steady: steady.usdPerMonth,
    worst: worst.usdPerMonth,
  };
}

/** Makes a line of an item: how many of a unit, and what one costs. */
type MakeLine = (
  item: string,
  count: CostRange | number,
  unit: string,
  price: PriceName,
) => CostLine;

interface PricedLines {
  /** Of what has a price a month or a piece. */
  readonly monthly: MakeLine;
  /** Of what has a price an hour and is there all month. */
  readonly hourly: MakeLine;
  /** Of what depends on use. */
  readonly allowance: MakeLine;
}

function linesAt({ usd }: PriceTable): PricedLines {
  const line = (item: string, count: CostRange | number, unit: string, usdEach: number) => {
    const quantity = typeof count === "number" ? always(count) : count;
    const usdPerMonth = wholeCents(scale(quantity, usdEach));
    return { item, quantity, unit, usdPerMonth, isAllowance: false };
  };
  return {
    monthly: (item, count, unit, price) => line(item, count, unit, usd[price]),
    hourly: (item, count, unit, price) => line(item, count, unit, usd[price] * HOURS_PER_MONTH),
    allowance: (item, count, unit, price) => ({
      ...line(item, count, unit, usd[price]),
      isAllowance: true,
    }),
  };
}
