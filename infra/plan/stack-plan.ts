import type { CapacityReport } from "../../capacity/capacity-report";
import type { ContainerBuild, ContainerPort } from "../container-contract";

/**
 * Everything that the program declares, decided: plain data without a Pulumi type in it.
 * planStack() makes it, declareStack() turns it into resources, the preview prints its capacity.
 */
export interface StackPlan {
  /** Prefix of every resource's logical name. */
  readonly name: string;
  /** Tags of what the provider's default tags do not reach: instances and volumes that the group launches. */
  readonly tags: Readonly<Record<string, string>>;
  /** ARN of the policy that bounds what every role of the program may do at most, or undefined for none. */
  readonly permissionsBoundary: string | undefined;
  readonly network: NetworkPlan;
  readonly image: ImagePlan;
  readonly cluster: ClusterPlan;
  readonly capacity: CapacityPlan;
  readonly loadBalancer: LoadBalancerPlan;
  readonly service: ServicePlan;
  readonly scaling: ScalingPlan;
  readonly observability: ObservabilityPlan;
  /** How tasks and instances fit together; printed by the preview. */
  readonly report: CapacityReport;
}

export type Architecture = "arm64" | "x86_64";
export type NetworkMode = "bridge" | "awsvpc";

export interface NetworkPlan {
  readonly cidrBlock: string;
  readonly availabilityZones: number;
  readonly natStrategy: "Single" | "OnePerAz" | "None";
  /** Prefix length of each zone's share of the block: that of the most zones, so that one more moves no subnet. */
  readonly zonePrefixLength: number;
  /** Prefix length of each public subnet. */
  readonly publicPrefixLength: number;
  /** Prefix length of each private subnet. */
  readonly privatePrefixLength: number;
  /** Short names of the services with an interface endpoint, for example `ecr.api`; empty for none. */
  readonly interfaceEndpoints: readonly string[];
  /** Flow logs of rejected traffic, or undefined for none. */
  readonly flowLogs:
    { readonly retentionDays: number; readonly deletionProtection: boolean } | undefined;
}

export interface ImagePlan {
  readonly source: ImageSource;
  readonly keepImages: number;
  readonly encryption: "AES256" | "KMS";
  readonly deletionProtection: boolean;
}

/** Where the image that runs comes from. */
export type ImageSource =
  /** Built where `pulumi up` runs. */
  | {
      readonly kind: "build";
      readonly build: ContainerBuild;
      /** Docker's name of the architecture, for example `linux/arm64`. */
      readonly platform: string;
      /** Tag made from the content of the build context, so that an immutable repository never sees a tag twice. */
      readonly tag: string;
    }
  /** Built and tested by another stack, and copied to this one's repository. */
  | { readonly kind: "digest"; readonly digest: string };

export interface ClusterPlan {
  readonly containerInsights: "disabled" | "enabled" | "enhanced";
  readonly logRetentionDays: number;
  readonly deletionProtection: boolean;
}

export interface CapacityPlan {
  readonly architecture: Architecture;
  /** In order of preference. */
  readonly instanceTypes: readonly string[];
  readonly ami: AmiPlan;
  readonly rootVolumeGiB: number;
  readonly minInstances: number;
  readonly maxInstances: number;
  readonly onDemandBase: number;
  readonly onDemandPercentageAboveBase: number;
  /** True where any instance may be a Spot instance. */
  readonly usesSpot: boolean;
  readonly targetCapacityPercent: number;
  readonly maxScalingStep: number;
  readonly instanceWarmupSeconds: number;
  /** Memory that the ECS agent keeps away from tasks (ECS_RESERVED_MEMORY). */
  readonly reservedMemoryMiB: number;
  /** Longest stop of a container that sets none of its own (ECS_CONTAINER_STOP_TIMEOUT). */
  readonly stopTimeoutSeconds: number;
  readonly deletionProtection: boolean;
}

/** Where the ECS-optimized Amazon Linux 2023 image comes from. */
export type AmiPlan =
  /** The newest at deployment: a change starts a rolling refresh of the instances. */
  | { readonly source: "latest"; readonly parameter: string }
  /** A fixed image, moved on by a change of the stack file. */
  | { readonly source: "pinned"; readonly amiId: string }
  /**
   * The newest at each launch: no diff in a preview, and instances that run keep theirs until a refresh.
   * Age replaces none: instances with tasks are protected from it.
   */
  | { readonly source: "launch"; readonly parameter: string };

export interface LoadBalancerPlan {
  /** What the outside reaches the service by; HTTP only, or HTTPS with HTTP redirected to it. */
  readonly tls: TlsPlan | undefined;
  /** A Route 53 record for the service, or undefined. */
  readonly dns: { readonly domainName: string; readonly hostedZoneId: string } | undefined;
  readonly idleTimeoutSeconds: number;
  readonly accessLogs: { readonly retentionDays: number } | undefined;
  readonly webAcl: boolean;
  /** A network load balancer with one Elastic IP a zone in front of an internal load balancer. */
  readonly staticIngressIps: boolean;
  readonly deletionProtection: boolean;
  readonly target: TargetPlan;
}

export type TlsPlan =
  | { readonly kind: "issued"; readonly domainName: string; readonly hostedZoneId: string }
  | { readonly kind: "existing"; readonly certificateArn: string };

export interface TargetPlan {
  /** Port of the container. */
  readonly port: number;
  /** `instance` with bridge networking (dynamic host ports), `ip` with awsvpc. */
  readonly targetType: "instance" | "ip";
  readonly healthCheck: {
    readonly path: string;
    readonly intervalSeconds: number;
    readonly timeoutSeconds: number;
    readonly healthyThreshold: number;
    readonly unhealthyThreshold: number;
  };
  readonly deregistrationDelaySeconds: number;
}

export interface ServicePlan {
  /** Stable family of the task definition. */
  readonly family: string;
  readonly architecture: Architecture;
  readonly networkMode: NetworkMode;
  readonly taskCpu: number;
  readonly taskMemoryMiB: number;
  /** The ECS container definition without what only deployment knows: image, log group and region. */
  readonly container: ContainerDefinition;
  /** Port that the load balancer sends requests to. */
  readonly containerPort: number;
  /** ARNs that the execution role may read, sorted. */
  readonly secretArns: readonly string[];
  readonly desiredTasks: number;
  readonly deploymentMinimumHealthyPercent: number;
  readonly deploymentMaximumPercent: number;
  readonly healthCheckGraceSeconds: number;
  readonly executeCommand: boolean;
  /** In the order in which ECS applies them. */
  readonly placementStrategies: readonly {
    readonly type: "spread" | "binpack";
    readonly field: string;
  }[];
  readonly logRetentionDays: number;
  readonly deletionProtection: boolean;
}

/** An ECS container definition as the API spells it; every key is one of RegisterTaskDefinition's. */
export interface ContainerDefinition {
  readonly name: string;
  readonly essential: true;
  readonly cpu: number;
  readonly memory: number;
  readonly memoryReservation?: number;
  readonly portMappings: readonly (ContainerPort & { readonly hostPort: number })[];
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly secrets: readonly { readonly name: string; readonly valueFrom: string }[];
  readonly command?: readonly string[];
  readonly entryPoint?: readonly string[];
  readonly workingDirectory?: string;
  readonly user?: string;
  readonly readonlyRootFilesystem: boolean;
  readonly linuxParameters: {
    readonly initProcessEnabled: boolean;
    readonly capabilities: { readonly add: readonly string[]; readonly drop: readonly string[] };
    readonly tmpfs: readonly {
      readonly containerPath: string;
      readonly size: number;
      readonly mountOptions: readonly string[];
    }[];
  };
  readonly ulimits: readonly {
    readonly name: string;
    readonly softLimit: number;
    readonly hardLimit: number;
  }[];
  readonly healthCheck?: {
    readonly command: readonly string[];
    readonly interval: number;
    readonly timeout: number;
    readonly retries: number;
    readonly startPeriod: number;
  };
  readonly stopTimeout: number;
  readonly dockerLabels: Readonly<Record<string, string>>;
}

export interface ScalingPlan {
  readonly minTasks: number;
  readonly maxTasks: number;
  readonly cpuTargetPercent: number;
  /** Requests a minute and task. */
  readonly requestsPerTarget: number;
  readonly scaleOutCooldownSeconds: number;
  readonly scaleInCooldownSeconds: number;
  readonly scheduled: readonly ScheduledBounds[];
}

export interface ScheduledBounds {
  readonly name: string;
  /** `cron(…)`, `rate(…)` or `at(…)` as Application Auto Scaling reads it. */
  readonly schedule: string;
  /** IANA name of the time zone. */
  readonly timezone: string;
  readonly minTasks: number;
  readonly maxTasks: number;
}

export interface ObservabilityPlan {
  /** True where alarmEmail is set; the address itself may be a secret and stays in the configuration. */
  readonly notifiesByEmail: boolean;
  readonly latencyAlarmMilliseconds: number;
  readonly minTasks: number;
  readonly maxInstances: number;
}
