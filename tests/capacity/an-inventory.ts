import type { CostInventory, InstanceGroup } from "../../capacity/cost-inventory";

/** A group of small instances between two and six, all On-Demand. */
export function aGroup(overrides: Partial<InstanceGroup> = {}): InstanceGroup {
  return {
    name: "web",
    minSize: 2,
    maxSize: 6,
    instanceTypes: ["t4g.small"],
    onDemandBase: 0,
    onDemandPercentageAboveBase: 100,
    volumeGiB: 0,
    detailedMonitoring: false,
    publicIpv4Addresses: 0,
    ...overrides,
  };
}

/** A stack that pays for nothing. */
export function anInventory(overrides: Partial<CostInventory> = {}): CostInventory {
  return {
    region: "us-east-1",
    groups: [],
    tasks: { min: 0, max: 0 },
    requestsPerTaskMinute: undefined,
    applicationLoadBalancers: 0,
    networkLoadBalancers: 0,
    natGateways: 0,
    publicIpv4Addresses: { natGateways: 0, loadBalancers: 0, staticIngress: 0, other: 0 },
    interfaceEndpointZones: 0,
    kmsKeys: 0,
    alarmMetrics: 0,
    dashboards: 0,
    webAcls: 0,
    webAclRules: 0,
    flowLogs: 0,
    insightsClusters: { enabled: 0, enhanced: 0 },
    unreadable: [],
    otherTypes: [],
    ...overrides,
  };
}
