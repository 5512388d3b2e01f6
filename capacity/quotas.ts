import type { CapacityReport } from "./capacity-report";
import { findInstanceType } from "./catalogue";

/** Limits of an AWS account that a plan can run into. */
export interface Quotas {
  readonly targetsPerTargetGroup: number;
  readonly tasksPerService: number;
  readonly instancesPerCluster: number;
  /** Tasks of a cluster that wait for capacity; the scheduler starts no more until some have it. */
  readonly provisioningTasks: number;
  /** vCPUs of running On-Demand instances of the standard families; undefined where the account's is not known. */
  readonly onDemandVcpus: number | undefined;
}

/**
 * What AWS grants an account that asked for nothing. The On-Demand quota grows by itself with use, so no default of
 * it means anything.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-on-demand-instances.html#ec2-on-demand-instances-limits
 */
export const defaultQuotas: Quotas = {
  targetsPerTargetGroup: 1000,
  tasksPerService: 5000,
  instancesPerCluster: 5000,
  provisioningTasks: 500,
  onDemandVcpus: undefined,
};

/** A quota that a plan exceeds. */
export interface QuotaFinding {
  readonly quota: keyof Quotas;
  readonly needed: number;
  readonly granted: number;
  /** What happens and what to do, in words. */
  readonly text: string;
}

/** What of a plan is held against quotas. */
export interface QuotaDemand {
  readonly report: CapacityReport;
  /** Instances that may all be On-Demand; Spot has a quota of its own. */
  readonly onDemandInstances: number;
}

/** The quotas that a plan exceeds at its largest, in the order of Quotas; none where it stays within all. */
export function exceededQuotas(
  { report, onDemandInstances }: QuotaDemand,
  quotas: Quotas = defaultQuotas,
): readonly QuotaFinding[] {
  const { deploymentTasks, maxInstances, minInstances, smallest, fits } = report;
  const waiting = Math.max(0, deploymentTasks - minInstances * smallest.tasks);
  const vCpus = fits.map(({ instanceType }) => findInstanceType(instanceType)?.vCpus ?? 0);
  const onDemandVcpus = onDemandInstances * Math.max(0, ...vCpus);
  const checks: [keyof Quotas, number, string][] = [
    [
      "targetsPerTargetGroup",
      deploymentTasks,
      `a deployment at maxTasks registers ${deploymentTasks} targets`,
    ],
    ["tasksPerService", deploymentTasks, `a deployment at maxTasks runs ${deploymentTasks} tasks`],
    ["instancesPerCluster", maxInstances, `the group may have ${maxInstances} instances`],
    [
      "provisioningTasks",
      waiting,
      `a deployment at maxTasks that finds the group at its minimum lets ${waiting} tasks wait for instances`,
    ],
    [
      "onDemandVcpus",
      onDemandVcpus,
      `${onDemandInstances} On-Demand instances of the largest type have ${onDemandVcpus} vCPUs`,
    ],
  ];
  return checks.flatMap(([quota, needed, what]) => {
    const granted = quotas[quota];
    if (granted === undefined || needed <= granted) return [];
    return { quota, needed, granted, text: `${what}, but ${REMEDIES[quota](granted)}` };
  });
}

const REMEDIES: Readonly<Record<keyof Quotas, (granted: number) => string>> = {
  targetsPerTargetGroup: (granted) =>
    `a target group takes ${granted}; lower maxTasks or deploymentMaximumPercent, or have the quota raised`,
  tasksPerService: (granted) =>
    `a service runs ${granted}; lower maxTasks or deploymentMaximumPercent, or have the quota raised`,
  instancesPerCluster: (granted) =>
    `a cluster has ${granted}; choose larger instance types, or have the quota raised`,
  provisioningTasks: (granted) =>
    `a cluster lets ${granted} wait and the quota is fixed, so the rest start later; raise minInstances, or lower deploymentMaximumPercent`,
  onDemandVcpus: (granted) =>
    `the account may run ${granted}; have the quota raised before the peak, or run more on Spot`,
};
