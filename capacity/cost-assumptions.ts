/** What an estimate takes for granted, because neither a stack nor a price list tells it. */
export interface CostAssumptions {
  /** Spot price as a share of the On-Demand price, 0 to 1. */
  readonly spotPriceShare: number;
  /** Where between its bounds everything that scales stands on average, 0 (minimum) to 1 (maximum). */
  readonly steadyLoadShare: number;
  /** Requests a minute and task; `worst` where the service is not scaled by requests. */
  readonly requestsPerTaskMinute: { readonly steady: number; readonly worst: number };
  /** Bytes that a request and its response take through a load balancer. */
  readonly bytesPerRequest: number;
  /** Bytes that a task logs for a request. */
  readonly logBytesPerRequest: number;
  /** GB a month that an instance exchanges with AWS and the internet besides logs. */
  readonly egressGBPerInstance: number;
  /** GB a month of each flow log. */
  readonly flowLogGB: { readonly steady: number; readonly worst: number };
  /** Metrics of Container Insights: those of a cluster with its service, and those of a task. */
  readonly insightsMetrics: {
    readonly enabled: { readonly cluster: number; readonly task: number };
    readonly enhanced: { readonly cluster: number; readonly task: number };
  };
}

/**
 * The assumptions of this project. docs/cost.md gives the reason for each; the Spot share is within
 * what AWS shows in its example of Spot prices (38 to 56 % of On-Demand).
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/weights-spot-price-per-unit-hour-example.html
 */
export const costAssumptions: CostAssumptions = {
  spotPriceShare: 0.5,
  steadyLoadShare: 0.25,
  requestsPerTaskMinute: { steady: 100, worst: 1000 },
  bytesPerRequest: 10_000,
  logBytesPerRequest: 500,
  egressGBPerInstance: 2,
  flowLogGB: { steady: 1, worst: 10 },
  insightsMetrics: {
    enabled: { cluster: 25, task: 0 },
    enhanced: { cluster: 30, task: 25 },
  },
};

/** Hours of a month as AWS's own calculator counts them: 365 x 24 / 12. */
export const HOURS_PER_MONTH = 730;

/** What no estimate of this project holds, for a person; docs/cost.md says more of each. */
export const notEstimated: readonly string[] = [
  "data transfer",
  "stored images and logs",
  "surplus CPU credits",
  "instances above the maximum during a refresh",
  "volumes other than plain gp3",
  "requests to KMS, S3, SNS and the like",
  "taxes, support and discounts",
];
