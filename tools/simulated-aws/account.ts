/** The account, region and partition in which the simulated AWS answers. */
export interface AwsAccount {
  readonly accountId: string;
  readonly region: string;
  /** First part of every ARN after `arn:`, for example `aws`. */
  readonly partition: string;
  /** Domain of the partition's endpoints, for example `amazonaws.com`. */
  readonly dnsSuffix: string;
  /** Tags that the provider adds to every resource that can be tagged. */
  readonly defaultTags: Readonly<Record<string, string>>;
}

/** AWS's own sample account number, as its documentation uses it. */
const SAMPLE_ACCOUNT_ID = "123456789012";

/**
 * Partitions by the form of their regions' names, most specific first.
 * Source: `partitions.json` of the AWS SDKs (regionRegex, dnsSuffix).
 */
const PARTITIONS = [
  { regions: /^cn-/, partition: "aws-cn", dnsSuffix: "amazonaws.com.cn" },
  { regions: /^us-gov-/, partition: "aws-us-gov", dnsSuffix: "amazonaws.com" },
  { regions: /^us-isof-/, partition: "aws-iso-f", dnsSuffix: "csp.hci.ic.gov" },
  { regions: /^us-isob-/, partition: "aws-iso-b", dnsSuffix: "sc2s.sgov.gov" },
  { regions: /^us-iso-/, partition: "aws-iso", dnsSuffix: "c2s.ic.gov" },
  { regions: /^eu-isoe-/, partition: "aws-iso-e", dnsSuffix: "cloud.adc-e.uk" },
  { regions: /^eusc-/, partition: "aws-eusc", dnsSuffix: "amazonaws.eu" },
] as const;

/** The partition that a region belongs to; regions of no special partition are in `aws`. */
export function partitionOf(region: string): { partition: string; dnsSuffix: string } {
  const special = PARTITIONS.find(({ regions }) => regions.test(region));
  return special === undefined
    ? { partition: "aws", dnsSuffix: "amazonaws.com" }
    : { partition: special.partition, dnsSuffix: special.dnsSuffix };
}

/**
 * The account that a stack's configuration points at.
 *
 * @param config values by full key; `aws:region` is required, `aws:defaultTags` is read if present
 * @throws where the region is missing, or the default tags are not JSON
 */
export function accountOf(config: Readonly<Record<string, string>>): AwsAccount {
  const region = config["aws:region"];
  if (region === undefined || region === "") {
    throw new Error(
      'aws:region is not set; set the region of the stack, for example "aws:region: eu-central-1" under config',
    );
  }
  return {
    accountId: SAMPLE_ACCOUNT_ID,
    region,
    ...partitionOf(region),
    defaultTags: defaultTagsOf(config["aws:defaultTags"]),
  };
}

function defaultTagsOf(json: string | undefined): Readonly<Record<string, string>> {
  if (json === undefined || json === "") {
    return {};
  }
  try {
    const { tags } = JSON.parse(json) as { tags?: Record<string, string> };
    return tags ?? {};
  } catch {
    throw new Error(
      `aws:defaultTags is ${JSON.stringify(json)}; it must be an object with "tags", a map from key to value`,
    );
  }
}
