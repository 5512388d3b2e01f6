import type { CostAssumptions } from "./cost-assumptions";
import type { Series } from "./simulate/simulation";

/**
 * What one capacity unit (LCU) of an application load balancer holds. An hour costs its largest dimension, each
 * averaged over the hour. Rules are free up to ten of them, so they never decide here.
 *
 * @see https://aws.amazon.com/elasticloadbalancing/pricing/
 */
const UNIT = { newConnectionsPerSecond: 25, activeConnections: 3000, bytesPerHour: 1e9 };

const HOUR_SECONDS = 3600;

/**
 * LCU hours of a run. Each request opens a connection, as in the monthly estimate, and holds it for the median
 * response time (Little's law); requests that were refused are counted, for the load balancer answers them.
 */
export function capacityUnitHours(
  { sampleSeconds, requestsPerSecond, p50Milliseconds }: Series,
  { bytesPerRequest }: CostAssumptions,
): number {
  const samplesPerHour = HOUR_SECONDS / sampleSeconds;
  let unitHours = 0;
  for (let hour = 0; hour * samplesPerHour < requestsPerSecond.length; hour += 1) {
    const from = Math.floor(hour * samplesPerHour);
    const to = Math.min(Math.floor((hour + 1) * samplesPerHour), requestsPerSecond.length);
    let requests = 0;
    let connectionSeconds = 0;
    for (let sample = from; sample < to; sample += 1) {
      const arrived = (requestsPerSecond[sample] ?? 0) * sampleSeconds;
      requests += arrived;
      connectionSeconds += (arrived * (p50Milliseconds[sample] ?? 0)) / 1000;
    }
    // Divided by what a unit holds in an hour, each is in unit hours; a last part of an hour counts as its part.
    unitHours += Math.max(
      requests / (UNIT.newConnectionsPerSecond * HOUR_SECONDS),
      connectionSeconds / (UNIT.activeConnections * HOUR_SECONDS),
      (requests * bytesPerRequest) / UNIT.bytesPerHour,
    );
  }
  return unitHours;
}
