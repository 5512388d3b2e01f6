import { type CostAssumptions, HOURS_PER_MONTH } from "./cost-assumptions";
import type { CostInventory } from "./cost-inventory";
import { steadyCount } from "./instance-cost";
import { type CostRange, multiply, scale, sum } from "./cost-range";

/** What the stack would use in a month: allowances, not bounds. */
export interface Usage {
  readonly tasks: CostRange;
  readonly millionRequests: CostRange;
  /** Load balancer capacity units times hours. */
  readonly applicationCapacityUnitHours: CostRange;
  readonly networkCapacityUnitHours: CostRange;
  readonly logGB: CostRange;
  readonly flowLogGB: CostRange;
  /** Through NAT gateways or interface endpoints. */
  readonly egressGB: CostRange;
  /** Metrics of Container Insights by its mode. */
  readonly insightsMetrics: { readonly enabled: CostRange; readonly enhanced: CostRange };
}

/**
 * New connections an hour that one capacity unit of an application load balancer holds (25 a second):
 * the dimension that ends first where each request opens a connection and is small.
 *
 * @see https://aws.amazon.com/elasticloadbalancing/pricing/
 */
const REQUESTS_PER_CAPACITY_UNIT_HOUR = 25 * 3600;

/**
 * The usage that follows from tasks and instances: no request at the minimum, the assumed ones at the steady load,
 * and at the worst every task at the requests that it is scaled to, all month.
 */
export function usageOf(
  inventory: CostInventory,
  instances: CostRange,
  assumptions: CostAssumptions,
): Usage {
  const { requestsPerTaskMinute: assumed, insightsMetrics } = assumptions;
  const tasks = {
    minimum: inventory.tasks.min,
    steady: steadyCount(inventory.tasks.min, inventory.tasks.max, assumptions),
    worst: Math.max(inventory.tasks.min, inventory.tasks.max),
  };
  const perTaskMonth = {
    minimum: 0,
    steady: assumed.steady * MINUTES_PER_MONTH,
    worst:
      Math.max(assumed.steady, inventory.requestsPerTaskMinute ?? assumed.worst) *
      MINUTES_PER_MONTH,
  };
  const requests = multiply(tasks, perTaskMonth);
  const logGB = scale(requests, assumptions.logBytesPerRequest / BYTES_PER_GB);
  const traffic = scale(requests, assumptions.bytesPerRequest / BYTES_PER_GB);
  const { enabled, enhanced } = inventory.insightsClusters;
  return {
    tasks,
    millionRequests: scale(requests, 1e-6),
    applicationCapacityUnitHours: scale(requests, 1 / REQUESTS_PER_CAPACITY_UNIT_HOUR),
    // A capacity unit of a network load balancer is a GB an hour of TCP.
    networkCapacityUnitHours: traffic,
    logGB,
    flowLogGB: scale({ minimum: 0, ...assumptions.flowLogGB }, inventory.flowLogs),
    egressGB: sum([logGB, scale(instances, assumptions.egressGBPerInstance)]),
    insightsMetrics: {
      enabled: metricsOf(enabled, tasks, insightsMetrics.enabled),
      enhanced: metricsOf(enhanced, tasks, insightsMetrics.enhanced),
    },
  };
}

const MINUTES_PER_MONTH = HOURS_PER_MONTH * 60;
const BYTES_PER_GB = 1e9;

function metricsOf(
  clusters: number,
  tasks: CostRange,
  metrics: { readonly cluster: number; readonly task: number },
): CostRange {
  const at = (count: number) =>
    clusters === 0 ? 0 : clusters * metrics.cluster + count * metrics.task;
  return { minimum: at(tasks.minimum), steady: at(tasks.steady), worst: at(tasks.worst) };
}
