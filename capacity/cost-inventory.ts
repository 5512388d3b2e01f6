/** What a stack pays for, in plain numbers. Counts are integers of at least 0. */
export interface CostInventory {
  /** Region of the stack, or undefined where it is not known. */
  readonly region: string | undefined;
  readonly groups: readonly InstanceGroup[];
  /** Tasks of all services together. */
  readonly tasks: { readonly min: number; readonly max: number };
  /** Requests a minute and task that the service is scaled to, or undefined without such scaling. */
  readonly requestsPerTaskMinute: number | undefined;
  readonly applicationLoadBalancers: number;
  readonly networkLoadBalancers: number;
  readonly natGateways: number;
  /** Public IPv4 addresses by who holds them; those of instances follow from the groups. */
  readonly publicIpv4Addresses: {
    readonly natGateways: number;
    /** One in each zone of an internet-facing load balancer without Elastic IPs of its own. */
    readonly loadBalancers: number;
    /** Elastic IPs of load balancers: static ingress. */
    readonly staticIngress: number;
    /** Elastic IPs of nobody known, which cost the same. */
    readonly other: number;
  };
  /** Interface endpoints, each counted once a zone. */
  readonly interfaceEndpointZones: number;
  readonly kmsKeys: number;
  /** Metrics that alarms read; an alarm on an expression reads several. */
  readonly alarmMetrics: number;
  readonly dashboards: number;
  readonly webAcls: number;
  /** Rules and managed rule groups of all web ACLs. */
  readonly webAclRules: number;
  readonly flowLogs: number;
  /** Clusters by their Container Insights. */
  readonly insightsClusters: { readonly enabled: number; readonly enhanced: number };
  /** What should be priced and could not be read, in words; an estimate with one is too low. */
  readonly unreadable: readonly string[];
  /** Types of resources in the stack that cost something and are not estimated. */
  readonly otherTypes: readonly string[];
}

/** An Auto Scaling group of EC2 instances. */
export interface InstanceGroup {
  readonly name: string;
  readonly minSize: number;
  readonly maxSize: number;
  /** Allowed instance types in order of preference. */
  readonly instanceTypes: readonly string[];
  readonly onDemandBase: number;
  /** On-Demand share of the instances above the base in percent; the rest is Spot. */
  readonly onDemandPercentageAboveBase: number;
  /** Size of all volumes of an instance. */
  readonly volumeGiB: number;
  readonly detailedMonitoring: boolean;
  /** Public IPv4 addresses of an instance. */
  readonly publicIpv4Addresses: number;
}
