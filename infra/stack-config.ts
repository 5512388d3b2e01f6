import type { Architecture, NetworkMode, ScheduledBounds } from "./plan/stack-plan";

/**
 * The settings of a stack, each checked by itself: types, ranges and forms hold. loadConfig() makes it.
 * What the settings say together is judged by planStack(). Pulumi.yaml describes each key.
 */
export interface StackConfig {
  /** Name of the Pulumi project: the namespace of its settings. */
  readonly project: string;
  /** Name of the stack: of its file, and in the family of its task definition. */
  readonly stack: string;
  readonly appName: string;
  /** Region of the AWS provider, for example `eu-central-1`. */
  readonly region: string;
  /** Default tags of the AWS provider. */
  readonly tags: Readonly<Record<string, string>>;
  readonly network: NetworkConfig;
  readonly container: ContainerConfig;
  readonly image: ImageConfig;
  readonly service: ServiceConfig;
  readonly scaling: ScalingConfig;
  readonly capacity: CapacityConfig;
  readonly loadBalancer: LoadBalancerConfig;
  readonly observability: ObservabilityConfig;
  /** ARN of the policy that bounds every role of the program, or undefined for none. */
  readonly permissionsBoundary: string | undefined;
  readonly deletionProtection: boolean;
}

interface NetworkConfig {
  readonly vpcCidr: string;
  readonly availabilityZones: number;
  readonly natGateways: "Single" | "OnePerAz" | "None";
  readonly interfaceEndpoints: boolean;
  readonly flowLogs: boolean;
  readonly surviveZoneLoss: boolean;
}

interface ContainerConfig {
  /** Relative to the project. */
  readonly composeFile: string;
  readonly composeService: string;
  readonly architecture: Architecture;
  /** CPU units in place of the Compose file's limit; 1024 = one vCPU. */
  readonly taskCpu: number | undefined;
  /** In place of the Compose file's limit. */
  readonly taskMemoryMiB: number | undefined;
  /** Environment variable to ARN of a secret or parameter, optionally with a JSON key. */
  readonly secretEnvironment: Readonly<Record<string, string>>;
}

interface ImageConfig {
  /** Digest of an image of the stack's own repository that runs, or undefined to build one. */
  readonly imageDigest: string | undefined;
  readonly imageEncryption: "AES256" | "KMS";
  readonly keepImages: number;
}

interface ServiceConfig {
  readonly networkMode: NetworkMode;
  readonly deploymentMinimumHealthyPercent: number;
  readonly deploymentMaximumPercent: number;
  readonly healthCheckGraceSeconds: number;
  readonly executeCommand: boolean;
}

interface ScalingConfig {
  readonly minTasks: number;
  readonly maxTasks: number;
  /** Tasks of the first deployment, or undefined for minTasks. */
  readonly desiredTasks: number | undefined;
  readonly cpuTargetPercent: number;
  /** Requests a minute and task. */
  readonly requestsPerTarget: number;
  readonly scaleOutCooldownSeconds: number;
  readonly scaleInCooldownSeconds: number;
  readonly scheduledScaling: readonly ScheduledBounds[];
}

export interface CapacityConfig {
  /** In order of preference; at least one, none twice. */
  readonly instanceTypes: readonly string[];
  /** Undefined derives it. */
  readonly minInstances: number | undefined;
  /** Undefined derives it. */
  readonly maxInstances: number | undefined;
  readonly onDemandBase: number;
  readonly onDemandPercentageAboveBase: number;
  readonly targetCapacityPercent: number;
  /** Undefined derives it. */
  readonly maxScalingStep: number | undefined;
  readonly instanceWarmupSeconds: number;
  readonly amiSource: "latest" | "pinned" | "launch";
  readonly amiId: string | undefined;
  readonly rootVolumeGiB: number;
}

interface LoadBalancerConfig {
  readonly domainName: string | undefined;
  readonly hostedZoneId: string | undefined;
  readonly certificateArn: string | undefined;
  readonly idleTimeoutSeconds: number;
  readonly deregistrationDelaySeconds: number;
  readonly accessLogs: boolean;
  readonly accessLogRetentionDays: number;
  readonly webAcl: boolean;
  readonly staticIngressIps: boolean;
}

interface ObservabilityConfig {
  readonly containerInsights: "disabled" | "enabled" | "enhanced";
  readonly logRetentionDays: number;
  /** True where alarmEmail is set; loadSecrets() gives the address. */
  readonly notifiesByEmail: boolean;
  readonly latencyAlarmMilliseconds: number;
}
