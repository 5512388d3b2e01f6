import {
  amiId,
  certificateArn,
  domainName,
  hostedZoneId,
  logRetentionDays,
  policyArn,
  secretEnvironment,
} from "./aws-values";
import {
  boolean,
  type Check,
  fail,
  integer,
  integerOrZero,
  oneOf,
  oneOfNamed,
  optional,
  pass,
  show,
  text,
} from "./checks";
import { vpcCidr } from "./cidr";
import { scheduledScaling } from "./schedules";
import type { CheckedValues } from "./setting-reader";
import { listOf, scalar } from "./structures";

/** Also a name in ECR, which takes no two hyphens in a row. */
export const appName = text(
  /^(?=.{2,16}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
  "must be 2 to 16 lower-case letters, digits and single hyphens, a letter first and no hyphen last",
  "choose a shorter or plainer name",
);

const composeFile = text(
  /^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$))[^\\]+\.ya?ml$/,
  "must be the path of a .yaml or .yml file relative to and inside the project",
  "write one such as app/compose.yaml",
);

/** Also the name of the ECS container, which takes no dot. */
const composeService = text(
  /^[A-Za-z0-9][A-Za-z0-9_-]{0,254}$/,
  "must be letters, digits, hyphens and underscores",
  "write a service's name of the Compose file",
);

/** Docker, Node.js and Linux distributions have names of their own. */
const architecture = oneOfNamed(
  ["arm64", "x86_64"],
  new Map([
    ["amd64", "x86_64"],
    ["x64", "x86_64"],
    ["x86", "x86_64"],
    ["aarch64", "arm64"],
    ["arm", "arm64"],
  ]),
);

/** The one algorithm that ECR computes digests with. */
const imageDigest = text(
  /^sha256:[0-9a-f]{64}$/,
  "must be sha256: and 64 lower-case hexadecimal digits",
  "let `npm run promote` set it, or copy what follows @ in the output `image` of the stack that runs the image",
);

const MOST_INSTANCE_TYPES = 40;

/**
 * At least one type, none twice, at most as many as a mixed instances policy may have overrides.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-mixed-instances-groups.html
 */
const instanceTypes: Check<readonly string[]> = (json) => {
  const types = listOf(
    "a list of instance types",
    scalar(text(/./, "must not be empty", "write a type such as t4g.small")),
  )(json);
  if (!types.ok) {
    return types;
  }
  const repeated = types.value.find((type, index) => types.value.indexOf(type) < index);
  if (repeated !== undefined) {
    return fail(show(json), "must name every type once", `remove the second ${repeated}`);
  }
  return types.value.length >= 1 && types.value.length <= MOST_INSTANCE_TYPES
    ? pass(types.value)
    : fail(show(json), `must have 1 to ${MOST_INSTANCE_TYPES} types`, "add or remove some");
};

/**
 * How every setting but alarmEmail is read; Pulumi.yaml declares the same keys, with their defaults.
 * None may be encrypted: they decide what exists and how large it is, which a preview has to show.
 */
export const plainSettings = {
  appName,

  vpcCidr: vpcCidr(16, 24),
  availabilityZones: integer(2, 4),
  natGateways: oneOf("Single", "OnePerAz", "None"),
  interfaceEndpoints: boolean,
  flowLogs: boolean,
  surviveZoneLoss: boolean,

  composeFile,
  composeService,
  architecture,
  taskCpu: integerOrZero(128, 196_608),
  taskMemoryMiB: integerOrZero(32, 1_048_576),
  secretEnvironment,
  imageDigest: optional(imageDigest),
  imageEncryption: oneOf("AES256", "KMS"),
  keepImages: integer(2, 1000),

  networkMode: oneOf("bridge", "awsvpc"),
  minTasks: integer(1, 1000),
  maxTasks: integer(1, 1000),
  desiredTasks: integerOrZero(1, 1000),
  cpuTargetPercent: integer(10, 90),
  requestsPerTarget: integer(1, 1_000_000),
  scaleOutCooldownSeconds: integer(0, 3600),
  scaleInCooldownSeconds: integer(0, 3600),
  scheduledScaling,
  deploymentMinimumHealthyPercent: integer(0, 100),
  deploymentMaximumPercent: integer(101, 400),
  healthCheckGraceSeconds: integer(0, 3600),
  executeCommand: boolean,

  instanceTypes,
  minInstances: integerOrZero(1, 1000),
  maxInstances: integerOrZero(1, 1000),
  onDemandBase: integer(0, 1000),
  onDemandPercentageAboveBase: integer(0, 100),
  targetCapacityPercent: integer(1, 100),
  maxScalingStep: integerOrZero(1, 100),
  instanceWarmupSeconds: integer(0, 3600),
  amiSource: oneOf("latest", "pinned", "launch"),
  amiId: optional(amiId),
  rootVolumeGiB: integer(30, 1000),

  domainName: optional(domainName),
  hostedZoneId: optional(hostedZoneId),
  certificateArn: optional(certificateArn),
  idleTimeoutSeconds: integer(1, 4000),
  deregistrationDelaySeconds: integer(0, 3600),
  accessLogs: boolean,
  accessLogRetentionDays: integer(1, 3650),
  webAcl: boolean,
  staticIngressIps: boolean,

  containerInsights: oneOf("disabled", "enabled", "enhanced"),
  logRetentionDays,
  latencyAlarmMilliseconds: integer(1, 60_000),

  permissionsBoundary: optional(policyArn),

  deletionProtection: boolean,
};

/** The typed value of every plain setting. */
export type PlainSettings = CheckedValues<typeof plainSettings>;

/** The one setting whose value may be encrypted; nothing depends on its text. */
export const SECRET_SETTING = "alarmEmail";
