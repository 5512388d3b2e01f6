import type { CapacityReport } from "../../capacity/capacity-report";
import { ceilDiv } from "../../capacity/instance-bounds";
import type { StackConfig } from "../stack-config";
import type { PlanFaults } from "./faults";
import type { NetworkPlan } from "./stack-plan";

/** What instances and tasks need of AWS when they are to work without the internet. */
const INTERFACE_ENDPOINTS = [
  "ecr.api",
  "ecr.dkr",
  "logs",
  "ecs",
  "ecs-agent",
  "ecs-telemetry",
  "ssm",
  "ssmmessages",
  "secretsmanager",
] as const;

/** Zones that a stack may have, as its configuration checks; each has its share of the block from the beginning. */
const MOST_ZONES = 4;

const PREFERRED_PUBLIC_PREFIX = 24;
const PREFERRED_PRIVATE_PREFIX = 20;

/**
 * Addresses of a subnet that AWS keeps for itself.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
const RESERVED_ADDRESSES = 5;

/**
 * Free addresses that a load balancer asks of each of its subnets.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
 */
const LOAD_BALANCER_ADDRESSES = 8;

/** Plans the VPC; flow logs are kept as long as all logs. */
export function planNetwork(config: StackConfig, faults: PlanFaults): NetworkPlan {
  const { network, observability, deletionProtection } = config;
  checkEgress(config, faults);
  return {
    cidrBlock: network.vpcCidr,
    availabilityZones: network.availabilityZones,
    natStrategy: network.natGateways,
    ...subnetPrefixLengths(prefixLength(network.vpcCidr)),
    interfaceEndpoints: network.interfaceEndpoints ? INTERFACE_ENDPOINTS : [],
    flowLogs: network.flowLogs
      ? { retentionDays: observability.logRetentionDays, deletionProtection }
      : undefined,
  };
}

/**
 * Prefix lengths of a zone's share and of the public and the private subnet in it: /24 and /20 where the block
 * has room, otherwise the halves of the share.
 *
 * By itself awsx (subnetStrategy "Auto") cuts the block into the next power of two of the zones, so that a third
 * zone would move the subnets of the second to addresses that others still have, which AWS refuses. With the
 * share of the most zones given, a zone that is added leaves the others alone. In each share a subnet begins
 * at the next multiple of its own size: in one that is at least twice the larger subnet both fit in either
 * order. A /24 still leaves /27, the smallest that a load balancer takes.
 *
 * @see https://github.com/pulumi/pulumi-awsx/blob/master/awsx/ec2/subnetDistributorNew.ts
 */
export function subnetPrefixLengths(
  vpcPrefixLength: number,
): Pick<NetworkPlan, "zonePrefixLength" | "publicPrefixLength" | "privatePrefixLength"> {
  const zonePrefixLength = vpcPrefixLength + Math.log2(MOST_ZONES);
  const half = zonePrefixLength + 1;
  return {
    zonePrefixLength,
    publicPrefixLength: Math.max(PREFERRED_PUBLIC_PREFIX, half),
    privatePrefixLength: Math.max(PREFERRED_PRIVATE_PREFIX, half),
  };
}

/** Addresses of a subnet that resources can have. */
export function usableAddresses(prefixLength: number): number {
  return 2 ** (32 - prefixLength) - RESERVED_ADDRESSES;
}

/**
 * The private subnets have to hold what stands in them when the group is at its maximum during a deployment:
 * an address for each instance, one for each task with awsvpc, one for each interface endpoint, and those of the
 * internal load balancer behind static addresses. Where the loss of a zone is survived, the other zones hold it all.
 */
export function checkAddresses(
  config: StackConfig,
  network: NetworkPlan,
  report: CapacityReport,
  faults: PlanFaults,
): void {
  const { surviveZoneLoss } = config.network;
  const zones = network.availabilityZones - (surviveZoneLoss ? 1 : 0);
  const awsvpc = config.service.networkMode === "awsvpc";
  const parts: [count: number, what: string][] = [
    [ceilDiv(report.maxInstances, zones), "instances"],
    [awsvpc ? ceilDiv(report.deploymentTasks, zones) : 0, "tasks"],
    [network.interfaceEndpoints.length, "interface endpoints"],
    [config.loadBalancer.staticIngressIps ? LOAD_BALANCER_ADDRESSES : 0, "for the load balancer"],
  ];
  const needed = parts.reduce((sum, [count]) => sum + count, 0);
  const usable = usableAddresses(network.privatePrefixLength);
  if (needed > usable) {
    const sum = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
    faults.setting("vpcCidr", {
      got: network.cidrBlock,
      rule: `but its private subnets of /${network.privatePrefixLength} have ${usable} addresses each and ${zones} zones need ${needed} in each (${sum.join(" + ")})`,
      remedy: "choose a larger block, at best a /16, or lower maxTasks",
    });
  }
}

function checkEgress({ network }: StackConfig, faults: PlanFaults): void {
  const { natGateways, interfaceEndpoints, surviveZoneLoss } = network;
  if (natGateways === "None" && !interfaceEndpoints) {
    faults.setting("natGateways", {
      got: natGateways,
      rule: "but without interfaceEndpoints no instance can reach Amazon ECS or pull the image",
      remedy: "set interfaceEndpoints to true, or natGateways to Single",
    });
  }
  if (surviveZoneLoss && natGateways === "Single") {
    faults.setting("natGateways", {
      got: natGateways,
      rule: "but with surviveZoneLoss the loss of its zone must not cut off the others",
      remedy: "set natGateways to OnePerAz, or to None with interfaceEndpoints",
    });
  }
}

function prefixLength(cidrBlock: string): number {
  return Number(cidrBlock.slice(cidrBlock.indexOf("/") + 1));
}
