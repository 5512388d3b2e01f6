import { nearest } from "../lib/nearest";
import { type SettingFault, stackFileName } from "../setting-fault";

/**
 * What the AWS provider's package reads from `aws:`.
 *
 * @see https://www.pulumi.com/registry/packages/aws/installation-configuration/
 */
export const AWS_VARIABLES: readonly string[] = [
  "accessKey",
  "allowedAccountIds",
  "assumeRoleWithWebIdentity",
  "assumeRoles",
  "customCaBundle",
  "defaultTags",
  "ec2MetadataServiceEndpoint",
  "ec2MetadataServiceEndpointMode",
  "endpoints",
  "forbiddenAccountIds",
  "httpProxy",
  "httpsProxy",
  "ignoreTags",
  "insecure",
  "maxRetries",
  "noProxy",
  "profile",
  "region",
  "retryMode",
  "s3UsEast1RegionalEndpoint",
  "s3UsePathStyle",
  "secretKey",
  "sharedConfigFiles",
  "sharedCredentialsFiles",
  "skipCredentialsValidation",
  "skipMetadataApiCheck",
  "skipRegionValidation",
  "skipRequestingAccountId",
  "stsRegion",
  "tagPolicyCompliance",
  "token",
  "tokenBucketRateLimiterCapacity",
  "useDualstackEndpoint",
  "useFipsEndpoint",
  "userAgents",
];

/** Namespaces that the engine and other packages of the program read; their keys are for them to judge. */
const OTHER_NAMESPACES: readonly string[] = ["awsx", "docker", "pulumi"];

interface Namespace {
  readonly name: string;
  readonly keys: readonly string[];
  /** Which keys there may be, in words. */
  readonly rule: string;
}

/** Refuses the `<namespace>:<key>`s that nothing in the program reads: they would be without effect. */
export function unknownKeys(
  {
    project,
    stack,
    ownKeys,
  }: {
    readonly project: string;
    readonly stack: string;
    /** Names of the project's own settings. */
    readonly ownKeys: readonly string[];
  },
  keys: readonly string[],
): SettingFault[] {
  const checked: readonly Namespace[] = [
    {
      name: project,
      keys: ownKeys,
      rule: "must be one that Pulumi.yaml declares",
    },
    { name: "aws", keys: AWS_VARIABLES, rule: "must be one that @pulumi/aws reads" },
  ];
  const names = [...checked.map(({ name }) => name), ...OTHER_NAMESPACES];
  return keys.flatMap((path) => {
    const separator = path.indexOf(":");
    const namespace = path.slice(0, separator);
    const key = path.slice(separator + 1);
    const own = checked.find(({ name }) => name === namespace);
    if (own?.keys.includes(key) === true || OTHER_NAMESPACES.includes(namespace)) {
      return [];
    }
    const meant = meantPath(key, own, checked) ?? similarNamespace(namespace, key, names);
    return {
      file: stackFileName(stack),
      key: path,
      got: own === undefined ? "an unknown namespace" : "an unknown key",
      rule: own?.rule ?? `must be one of ${names.join(", ")}`,
      remedy: meant === undefined ? "remove it" : `did you mean ${meant}`,
    };
  });
}

/** The namespace that has the very key, or else the key of its own namespace that is spelt alike. */
function meantPath(
  key: string,
  own: Namespace | undefined,
  checked: readonly Namespace[],
): string | undefined {
  const owner = checked.find(({ keys }) => keys.includes(key));
  if (owner !== undefined) {
    return `${owner.name}:${key}`;
  }
  const similar = own === undefined ? undefined : nearest(key, own.keys);
  return own === undefined || similar === undefined ? undefined : `${own.name}:${similar}`;
}

function similarNamespace(
  namespace: string,
  key: string,
  names: readonly string[],
): string | undefined {
  const similar = names.includes(namespace) ? undefined : nearest(namespace, names);
  return similar === undefined ? undefined : `${similar}:${key}`;
}
