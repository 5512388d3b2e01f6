import * as pulumi from "@pulumi/pulumi";
import { readSettings, type Settings } from "./config/read-settings";
import { SECRET_SETTING } from "./config/settings";
import type { CapacityConfig, StackConfig } from "./stack-config";

// The SDK exports the function, but leaves it out of its type declarations.
declare module "@pulumi/pulumi/runtime/config" {
  /** True for `<namespace>:<key>` of a value that the stack file holds encrypted. */
  export function isConfigSecret(key: string): boolean;
}

/** The values that may be encrypted; each is a secret Output where the stack file encrypts it. */
export interface StackSecrets {
  /** Address that alarms are sent to, or undefined for none. */
  readonly alarmEmail: pulumi.Output<string> | undefined;
}

/**
 * The settings of the current stack: Pulumi.<stack>.yaml over the defaults of Pulumi.yaml, which the engine merges.
 * Throws one ConfigError that lists every key that is unknown, missing, encrypted without need, of another type,
 * out of range or malformed.
 */
export function loadConfig(): StackConfig {
  const names = { project: pulumi.getProject(), stack: pulumi.getStack() };
  const settings = readSettings({
    ...names,
    values: pulumi.runtime.allConfig(),
    isEncrypted: pulumi.runtime.isConfigSecret,
  });
  return { ...names, ...groupSettings(settings) };
}

/** The settings that loadConfig() keeps out of StackConfig because they may be encrypted. */
export function loadSecrets(): StackSecrets {
  const config = new pulumi.Config();
  const alarmEmail = config.get(SECRET_SETTING) ?? "";
  if (pulumi.runtime.isConfigSecret(`${config.name}:${SECRET_SETTING}`)) {
    return { alarmEmail: pulumi.secret(alarmEmail) };
  }
  return { alarmEmail: alarmEmail === "" ? undefined : pulumi.output(alarmEmail) };
}

/** Names the stack whose repository alone a run declares. */
const REPOSITORY_ONLY = "REPOSITORY_ONLY_OF";

/**
 * True in the run that makes the image's repository before the first deployment, which `npm run promote`
 * starts with a target and without a preview. It is no setting, because a stack that kept it would lose all the rest.
 *
 * @throws Error in a preview, as every run by a person begins with one
 */
export function isForRepository({ stack }: Pick<StackConfig, "stack">): boolean {
  if (process.env[REPOSITORY_ONLY] !== stack) {
    return false;
  }
  if (pulumi.runtime.isDryRun()) {
    throw new Error(
      `${REPOSITORY_ONLY}: got ${stack}, which is for \`npm run promote\` alone, as the stack would lose everything else; unset it`,
    );
  }
  return true;
}

/** Groups the settings by what they describe. */
function groupSettings(settings: Settings): Omit<StackConfig, "project" | "stack"> {
  const { appName, region, tags, permissionsBoundary, deletionProtection } = settings;
  return {
    appName,
    region,
    tags,
    network: pick(
      settings,
      "vpcCidr",
      "availabilityZones",
      "natGateways",
      "interfaceEndpoints",
      "flowLogs",
      "surviveZoneLoss",
    ),
    container: pick(
      settings,
      "composeFile",
      "composeService",
      "architecture",
      "taskCpu",
      "taskMemoryMiB",
      "secretEnvironment",
    ),
    image: pick(settings, "imageDigest", "imageEncryption", "keepImages"),
    service: pick(
      settings,
      "networkMode",
      "deploymentMinimumHealthyPercent",
      "deploymentMaximumPercent",
      "healthCheckGraceSeconds",
      "executeCommand",
    ),
    scaling: pick(
      settings,
      "minTasks",
      "maxTasks",
      "desiredTasks",
      "cpuTargetPercent",
      "requestsPerTarget",
      "scaleOutCooldownSeconds",
      "scaleInCooldownSeconds",
      "scheduledScaling",
    ),
    capacity: toCapacityConfig(settings),
    loadBalancer: pick(
      settings,
      "domainName",
      "hostedZoneId",
      "certificateArn",
      "idleTimeoutSeconds",
      "deregistrationDelaySeconds",
      "accessLogs",
      "accessLogRetentionDays",
      "webAcl",
      "staticIngressIps",
    ),
    observability: pick(
      settings,
      "containerInsights",
      "logRetentionDays",
      "notifiesByEmail",
      "latencyAlarmMilliseconds",
    ),
    permissionsBoundary,
    deletionProtection,
  };
}

function toCapacityConfig(settings: Settings): CapacityConfig {
  return pick(
    settings,
    "instanceTypes",
    "minInstances",
    "maxInstances",
    "onDemandBase",
    "onDemandPercentageAboveBase",
    "targetCapacityPercent",
    "maxScalingStep",
    "instanceWarmupSeconds",
    "amiSource",
    "amiId",
    "rootVolumeGiB",
  );
}

function pick<T extends object, K extends keyof T>(from: T, ...keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, K>;
}
