import type { ContainerContract } from "../../infra/container-contract";
import { PlanError } from "../../infra/plan/faults";
import { planStack } from "../../infra/plan";
import type { StackPlan } from "../../infra/plan/stack-plan";
import type { StackConfig } from "../../infra/stack-config";

/** One level deep: a group takes the settings that differ. */
export type ConfigOverrides = { readonly [K in keyof StackConfig]?: Partial<StackConfig[K]> };

/** A stack that plans without a fault: two t4g types, one task to four, everything else switched off. */
export function aStackConfig(overrides: ConfigOverrides = {}): StackConfig {
  const base: StackConfig = {
    project: "ecs-on-ec2",
    stack: "dev",
    appName: "web",
    region: "eu-central-1",
    tags: { Environment: "dev" },
    network: {
      vpcCidr: "10.0.0.0/16",
      availabilityZones: 2,
      natGateways: "Single",
      interfaceEndpoints: false,
      flowLogs: false,
      surviveZoneLoss: false,
    },
    container: {
      composeFile: "app/compose.yaml",
      composeService: "app",
      architecture: "arm64",
      taskCpu: undefined,
      taskMemoryMiB: undefined,
      secretEnvironment: {},
    },
    image: { imageDigest: undefined, imageEncryption: "AES256", keepImages: 20 },
    service: {
      networkMode: "bridge",
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      healthCheckGraceSeconds: 60,
      executeCommand: false,
    },
    scaling: {
      minTasks: 1,
      maxTasks: 4,
      desiredTasks: undefined,
      cpuTargetPercent: 60,
      requestsPerTarget: 1000,
      scaleOutCooldownSeconds: 60,
      scaleInCooldownSeconds: 300,
      scheduledScaling: [],
    },
    capacity: {
      instanceTypes: ["t4g.small", "t4g.medium"],
      minInstances: undefined,
      maxInstances: undefined,
      onDemandBase: 0,
      onDemandPercentageAboveBase: 0,
      targetCapacityPercent: 100,
      maxScalingStep: 1,
      instanceWarmupSeconds: 60,
      amiSource: "latest",
      amiId: undefined,
      rootVolumeGiB: 30,
    },
    loadBalancer: {
      domainName: undefined,
      hostedZoneId: undefined,
      certificateArn: undefined,
      idleTimeoutSeconds: 60,
      deregistrationDelaySeconds: 15,
      accessLogs: false,
      accessLogRetentionDays: 90,
      webAcl: false,
      staticIngressIps: false,
    },
    observability: {
      containerInsights: "disabled",
      logRetentionDays: 7,
      notifiesByEmail: false,
      latencyAlarmMilliseconds: 1000,
    },
    permissionsBoundary: undefined,
    deletionProtection: false,
  };
  return {
    project: overrides.project ?? base.project,
    stack: overrides.stack ?? base.stack,
    appName: overrides.appName ?? base.appName,
    region: overrides.region ?? base.region,
    tags: overrides.tags === undefined ? base.tags : { ...(overrides.tags as typeof base.tags) },
    network: { ...base.network, ...overrides.network },
    container: { ...base.container, ...overrides.container },
    image: { ...base.image, ...overrides.image },
    service: { ...base.service, ...overrides.service },
    scaling: { ...base.scaling, ...overrides.scaling },
    capacity: { ...base.capacity, ...overrides.capacity },
    loadBalancer: { ...base.loadBalancer, ...overrides.loadBalancer },
    observability: { ...base.observability, ...overrides.observability },
    permissionsBoundary: overrides.permissionsBoundary ?? base.permissionsBoundary,
    deletionProtection: overrides.deletionProtection ?? base.deletionProtection,
  };
}

/** A container of a quarter vCPU and 512 MiB with a read-only root, as a Compose file would describe it. */
export function aContainer(overrides: Partial<ContainerContract> = {}): ContainerContract {
  return {
    file: "app/compose.yaml",
    service: "app",
    build: {
      context: "./app",
      dockerfile: "./app/Dockerfile",
      target: undefined,
      args: {},
      contentHash: "a".repeat(64),
    },
    ports: [{ containerPort: 3000, protocol: "tcp" }],
    environment: { PORT: "3000" },
    command: undefined,
    entryPoint: undefined,
    workingDirectory: undefined,
    user: "10001:10001",
    readOnlyRootFilesystem: true,
    capabilitiesAdded: [],
    capabilitiesDropped: ["ALL"],
    tmpfs: [{ containerPath: "/tmp", sizeMiB: 64, mountOptions: [] }],
    ulimits: [],
    init: true,
    healthCheck: {
      command: ["CMD", "node", "dist/healthcheck.js"],
      intervalSeconds: 15,
      timeoutSeconds: 5,
      retries: 3,
      startPeriodSeconds: 15,
    },
    stopTimeoutSeconds: 60,
    cpuUnits: 256,
    memoryMiB: 512,
    memoryReservationMiB: 256,
    labels: {},
    healthCheckPath: "/readyz",
    ...overrides,
  };
}

/** The plan of such a stack with its differences. */
export function aStackPlan(
  config: ConfigOverrides = {},
  container: Partial<ContainerContract> = {},
): StackPlan {
  return planStack(aStackConfig(config), aContainer(container));
}

/** The faults of such a stack's plan; none where it is valid. */
export function planFaults(
  config: ConfigOverrides = {},
  container: Partial<ContainerContract> = {},
): readonly string[] {
  try {
    aStackPlan(config, container);
    return [];
  } catch (error) {
    if (error instanceof PlanError) {
      return error.faults;
    }
    throw error;
  }
}
