import type { PolicyLimits } from "./policy-limits";

/**
 * Policies of Elastic Load Balancing with TLS 1.2 or later, forward secrecy and no weak cipher.
 * Source: AWS Security Hub control ELB.17.
 */
const SSL_POLICIES = [
  "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
  "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04",
  "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-3-2021-06",
  "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04",
  "ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
];

/**
 * Actions without a resource of their own, of the services that the program uses.
 * Source: AWS Service Authorization Reference, actions with an empty column "Resource types".
 */
const RESOURCELESS_ACTIONS = [
  "application-autoscaling:Describe*",
  "autoscaling:Describe*",
  "cloudwatch:PutMetricData",
  "ec2:Describe*",
  "ecr:GetAuthorizationToken",
  "ecs:DeregisterTaskDefinition",
  "ecs:DescribeTaskDefinition",
  "ecs:DiscoverPollEndpoint",
  "ecs:ListClusters",
  "ecs:ListTaskDefinitionFamilies",
  "ecs:ListTaskDefinitions",
  "elasticloadbalancing:Describe*",
  "logs:DescribeLogGroups",
  "ssmmessages:*",
  "sts:GetCallerIdentity",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
];

/** Names that say of a setting that its value is a secret; case does not matter. */
const SECRET_NAMES = "SECRET|TOKEN|PASSWORD|PASSWD|API_?KEY|PRIVATE|CREDENTIAL";

/** What is the same in every environment. */
const EVERYWHERE = {
  "asg-desired-not-pinned": {},
  "service-desired-not-pinned": {},
  "service-autoscaled": { exemptServices: [] },
  "no-competing-scalers": { allowPredictive: false },
  "capacity-provider-step-within-group": {},
  "capacity-provider-termination-protection": {},
  "capacity-provider-group-protected": {},
  "capacity-strategy-bounded": { requireStrategy: true },
  "cooldown-and-warmup-bounds": {
    instanceWarmupSeconds: { min: 30, max: 600 },
    cooldownSeconds: { min: 60, max: 600 },
    graceSeconds: { min: 30, max: 600 },
  },
  "scheduled-actions-within-limits": {},
  "scheduled-actions-in-pairs": { requirePair: true },
  "tasks-fit-capacity": { reservedMemoryMiB: 256, eniTrunking: false },
  "drain-budget-within-deadline": { spotDeadlineSeconds: 120 },
  "health-check-grace": {},
  "ecs-task-hardened": { allowedCapabilities: [], exemptContainers: [] },
  "ecs-network-mode": { allowedModes: ["awsvpc", "bridge"] },
  "ecs-no-plaintext-secrets": { deniedNames: SECRET_NAMES, allowedNames: [] },
  "ecs-roles-separated": {},
  "launch-template-no-public-ip": {},
  "asg-uses-launch-template": {},
  "instance-access": {
    deniedNames: `${SECRET_NAMES}|AUTH_DATA`,
    amiParameterPrefixes: ["/aws/service/ecs/optimized-ami/"],
  },
  "launch-template-imdsv2": { maxHops: 1 },
  "security-group-ingress": { publicPorts: [80, 443] },
  "security-group-sources": {},
  "iam-least-privilege": {
    allowedWildcardActions: [],
    resourcelessActions: RESOURCELESS_ACTIONS,
  },
  "allowed-regions": {
    regions: ["eu-central-1", "eu-west-1", "eu-north-1", "us-east-1", "us-east-2", "us-west-2"],
  },
  "alb-waf": {},
  "required-alarms": {},
  "required-tags": { keys: ["Project", "Environment", "Owner", "CostCenter"] },
  "protected-resources": {
    types: [
      "aws:alb/loadBalancer:LoadBalancer",
      "aws:ecr/repository:Repository",
      "aws:lb/loadBalancer:LoadBalancer",
      "aws:s3/bucket:Bucket",
    ],
  },
} as const satisfies Partial<PolicyLimits>;

const DEV: PolicyLimits = {
  ...EVERYWHERE,
  "asg-size-within-limits": { minFloor: 0, maxCeiling: 4 },
  "asg-max-min-ratio": { maxRatio: 4 },
  "asg-headroom": { surviveZoneLoss: false },
  "service-capacity-within-limits": { minFloor: 1, maxCeiling: 4, maxRatio: 4, requireRoom: false },
  "service-scaling-policy-sane": {
    utilizationTargetPercent: { min: 30, max: 80 },
    requestsPerTarget: { min: 1, max: 10_000 },
    scaleOutCooldownSeconds: { min: 0, max: 300 },
    scaleInCooldownSeconds: { min: 60, max: 900 },
  },
  "step-scaling-bounded": { maxStep: 2, maxStepPercent: 100 },
  "capacity-provider-managed": { targetCapacityPercent: { min: 80, max: 100 } },
  "capacity-provider-step-sizes": { maxStep: 2, instanceWarmupSeconds: { min: 30, max: 600 } },
  "instance-type-allow-list": { families: ["t4g", "t3"], maxSize: "large", extra: [] },
  "fleet-vcpu-ceiling": { maxVcpus: 16, maxMemoryGiB: 64 },
  "scaling-change-within-limits": { maxRaisePercent: 300, maxLowerMinPercent: 100 },
  "multi-az": { minZones: 2 },
  "mixed-instances": { minTypes: 1, onDemandBaseMin: 0, onDemandPercentMin: 0 },
  "drain-budget": {
    deregistrationDelaySeconds: { min: 5, max: 60 },
    stopTimeoutSeconds: { min: 2, max: 120 },
  },
  "health-check-budget": { maxDetectionSeconds: 120 },
  "rolling-deploy-feasible": { minHealthyPercentMin: 50, maxPercentMax: 200 },
  "instance-refresh-safe": {
    minHealthyPercentMin: 50,
    lifetimeDays: { min: 1, max: 365, required: false },
  },
  // Container Insights costs by the metric, which an environment for trying things out need not pay.
  "ecs-container-insights": { allowed: ["enabled", "enhanced", "disabled"] },
  "ecs-task-limits": { maxCpu: 2048, maxMemoryMiB: 4096 },
  "ecs-logging": { allowExecuteCommand: true },
  "ecs-image-pinned": { requireDigest: false, extraRegistries: [] },
  "launch-template-ebs-encrypted": { maxGiB: 50 },
  "alb-https-only": { requireTls: false, sslPolicies: SSL_POLICIES },
  "alb-hardened": { requireDeletionProtection: false, requireAccessLogs: false },
  "ecr-hardened": { requireKms: false, allowForceDelete: true, exclusionFilters: [] },
  "ecr-lifecycle": { maxImages: 20 },
  "log-retention-bounds": { retentionDays: { min: 1, max: 30 } },
  "monthly-cost-ceiling": { steadyUsd: 120, worstUsd: 300 },
};

const PROD: PolicyLimits = {
  ...EVERYWHERE,
  "asg-size-within-limits": { minFloor: 2, maxCeiling: 20 },
  "asg-max-min-ratio": { maxRatio: 10 },
  "asg-headroom": { surviveZoneLoss: true },
  "service-capacity-within-limits": {
    minFloor: 2,
    maxCeiling: 50,
    maxRatio: 10,
    requireRoom: true,
  },
  "service-scaling-policy-sane": {
    utilizationTargetPercent: { min: 40, max: 70 },
    requestsPerTarget: { min: 1, max: 10_000 },
    scaleOutCooldownSeconds: { min: 0, max: 300 },
    scaleInCooldownSeconds: { min: 60, max: 900 },
  },
  "step-scaling-bounded": { maxStep: 5, maxStepPercent: 50 },
  "capacity-provider-managed": { targetCapacityPercent: { min: 70, max: 95 } },
  "capacity-provider-step-sizes": { maxStep: 5, instanceWarmupSeconds: { min: 30, max: 600 } },
  "instance-type-allow-list": {
    families: ["m7g", "m6g", "c7g", "r7g"],
    maxSize: "4xlarge",
    extra: [],
  },
  "fleet-vcpu-ceiling": { maxVcpus: 256, maxMemoryGiB: 1024 },
  "scaling-change-within-limits": { maxRaisePercent: 100, maxLowerMinPercent: 50 },
  "multi-az": { minZones: 2 },
  "mixed-instances": { minTypes: 2, onDemandBaseMin: 2, onDemandPercentMin: 50 },
  "drain-budget": {
    deregistrationDelaySeconds: { min: 15, max: 120 },
    stopTimeoutSeconds: { min: 2, max: 120 },
  },
  "health-check-budget": { maxDetectionSeconds: 60 },
  "rolling-deploy-feasible": { minHealthyPercentMin: 100, maxPercentMax: 200 },
  "instance-refresh-safe": {
    minHealthyPercentMin: 90,
    lifetimeDays: { min: 7, max: 30, required: false },
  },
  "ecs-container-insights": { allowed: ["enabled", "enhanced"] },
  "ecs-task-limits": { maxCpu: 4096, maxMemoryMiB: 16_384 },
  "ecs-logging": { allowExecuteCommand: false },
  "ecs-image-pinned": { requireDigest: true, extraRegistries: [] },
  "launch-template-ebs-encrypted": { maxGiB: 200 },
  "alb-https-only": { requireTls: true, sslPolicies: SSL_POLICIES },
  "alb-hardened": { requireDeletionProtection: true, requireAccessLogs: true },
  "ecr-hardened": { requireKms: true, allowForceDelete: false, exclusionFilters: [] },
  "ecr-lifecycle": { maxImages: 50 },
  "log-retention-bounds": { retentionDays: { min: 30, max: 400 } },
  "monthly-cost-ceiling": { steadyUsd: 800, worstUsd: 3000 },
};

/** Limits by environment, which is the name of the stack; any other environment gets prod's. */
export const LIMITS: Readonly<Record<"dev" | "prod", PolicyLimits>> = { dev: DEV, prod: PROD };

/** The limits of an environment as they are in this file. */
export function limitsOf(environment: string): PolicyLimits {
  return environment === "dev" ? LIMITS.dev : LIMITS.prod;
}
