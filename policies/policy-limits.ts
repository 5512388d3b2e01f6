/** Limits of one environment, one entry a policy. A policy without a number of its own has an empty entry. */
export interface PolicyLimits {
  // Scaling
  readonly "asg-size-within-limits": { readonly minFloor: number; readonly maxCeiling: number };
  readonly "asg-max-min-ratio": { readonly maxRatio: number };
  readonly "asg-headroom": { readonly surviveZoneLoss: boolean };
  readonly "asg-desired-not-pinned": None;
  readonly "service-desired-not-pinned": None;
  readonly "service-autoscaled": { readonly exemptServices: readonly string[] };
  readonly "service-capacity-within-limits": {
    readonly minFloor: number;
    readonly maxCeiling: number;
    readonly maxRatio: number;
    /** The bounds have to leave room to scale: minimum below maximum. */
    readonly requireRoom: boolean;
  };
  readonly "service-scaling-policy-sane": {
    readonly utilizationTargetPercent: Bounds;
    readonly requestsPerTarget: Bounds;
    readonly scaleOutCooldownSeconds: Bounds;
    readonly scaleInCooldownSeconds: Bounds;
  };
  readonly "step-scaling-bounded": { readonly maxStep: number; readonly maxStepPercent: number };
  readonly "no-competing-scalers": { readonly allowPredictive: boolean };
  readonly "capacity-provider-managed": { readonly targetCapacityPercent: Bounds };
  readonly "capacity-provider-step-sizes": {
    readonly maxStep: number;
    readonly instanceWarmupSeconds: Bounds;
  };
  readonly "capacity-provider-step-within-group": None;
  readonly "capacity-provider-termination-protection": None;
  readonly "capacity-provider-group-protected": None;
  readonly "capacity-strategy-bounded": { readonly requireStrategy: boolean };
  readonly "cooldown-and-warmup-bounds": {
    readonly instanceWarmupSeconds: Bounds;
    readonly cooldownSeconds: Bounds;
    readonly graceSeconds: Bounds;
  };
  readonly "scheduled-actions-within-limits": None;
  readonly "scheduled-actions-in-pairs": { readonly requirePair: boolean };
  readonly "instance-type-allow-list": {
    readonly families: readonly string[];
    readonly maxSize: string;
    /** Whole types that are allowed besides. */
    readonly extra: readonly string[];
  };
  readonly "fleet-vcpu-ceiling": { readonly maxVcpus: number; readonly maxMemoryGiB: number };
  readonly "tasks-fit-capacity": {
    readonly reservedMemoryMiB: number;
    readonly eniTrunking: boolean;
  };
  readonly "scaling-change-within-limits": {
    /** Most by which one change may raise a maximum or the largest instance, of what it was before. */
    readonly maxRaisePercent: number;
    /** Most by which one change may lower a minimum, of what it was before. */
    readonly maxLowerMinPercent: number;
  };
  readonly "multi-az": { readonly minZones: number };
  readonly "mixed-instances": {
    readonly minTypes: number;
    readonly onDemandBaseMin: number;
    readonly onDemandPercentMin: number;
  };
  readonly "drain-budget": {
    readonly deregistrationDelaySeconds: Bounds;
    readonly stopTimeoutSeconds: Bounds;
  };
  readonly "drain-budget-within-deadline": { readonly spotDeadlineSeconds: number };
  readonly "health-check-budget": { readonly maxDetectionSeconds: number };
  readonly "health-check-grace": None;
  readonly "rolling-deploy-feasible": {
    readonly minHealthyPercentMin: number;
    readonly maxPercentMax: number;
  };
  readonly "instance-refresh-safe": {
    readonly minHealthyPercentMin: number;
    /** Bounds of maxInstanceLifetime; 0 (never by age) is allowed where `required` is false. */
    readonly lifetimeDays: Bounds & { readonly required: boolean };
  };
  // Container
  readonly "ecs-container-insights": {
    /** Values of the cluster's setting; a repair sets the first. */
    readonly allowed: readonly string[];
  };
  readonly "ecs-task-hardened": {
    readonly allowedCapabilities: readonly string[];
    readonly exemptContainers: readonly string[];
  };
  readonly "ecs-network-mode": { readonly allowedModes: readonly string[] };
  readonly "ecs-task-limits": { readonly maxCpu: number; readonly maxMemoryMiB: number };
  readonly "ecs-no-plaintext-secrets": {
    /** Regular expression that names of environment variables must not match. */
    readonly deniedNames: string;
    readonly allowedNames: readonly string[];
  };
  readonly "ecs-logging": { readonly allowExecuteCommand: boolean };
  readonly "ecs-image-pinned": {
    readonly requireDigest: boolean;
    /** Regular expressions of registries besides the account's own ECR. */
    readonly extraRegistries: readonly string[];
  };
  readonly "ecs-roles-separated": None;
  // Compute
  readonly "launch-template-imdsv2": { readonly maxHops: number };
  readonly "launch-template-ebs-encrypted": { readonly maxGiB: number };
  readonly "launch-template-no-public-ip": None;
  readonly "asg-uses-launch-template": None;
  readonly "instance-access": {
    /** Regular expression that names of settings in the user data must not match. */
    readonly deniedNames: string;
    /** Beginnings of the parameters that may name an image. */
    readonly amiParameterPrefixes: readonly string[];
  };
  // Network and identity
  readonly "security-group-ingress": { readonly publicPorts: readonly number[] };
  readonly "security-group-sources": None;
  readonly "iam-least-privilege": {
    readonly allowedWildcardActions: readonly string[];
    /** Actions that AWS cannot restrict to a resource; `*` at the end stands for the rest of a name. */
    readonly resourcelessActions: readonly string[];
  };
  readonly "allowed-regions": { readonly regions: readonly string[] };
  readonly "alb-https-only": {
    /** HTTP only redirects to HTTPS. */
    readonly requireTls: boolean;
    readonly sslPolicies: readonly string[];
  };
  readonly "alb-hardened": {
    readonly requireDeletionProtection: boolean;
    readonly requireAccessLogs: boolean;
  };
  readonly "alb-waf": None;
  // Registry
  readonly "ecr-hardened": {
    readonly requireKms: boolean;
    readonly allowForceDelete: boolean;
    readonly exclusionFilters: readonly string[];
  };
  readonly "ecr-lifecycle": { readonly maxImages: number };
  // Observability
  readonly "log-retention-bounds": { readonly retentionDays: Bounds };
  readonly "required-alarms": None;
  // Cost and hygiene
  readonly "monthly-cost-ceiling": { readonly steadyUsd: number; readonly worstUsd: number };
  readonly "required-tags": { readonly keys: readonly string[] };
  readonly "protected-resources": { readonly types: readonly string[] };
}

/** Both ends are allowed. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** A policy without limits of its own. */
type None = Readonly<Record<string, never>>;

export type PolicyName = keyof PolicyLimits;
