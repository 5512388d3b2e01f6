import type { Bag, Json } from "../preview/graph";
import { UNKNOWN } from "../preview/graph";
import type { AwsAccount } from "./account";
import { secretValue } from "./protocol-values";
import { digits, hex } from "./resource-type";

type FunctionAnswer<T extends Json = Json> = (args: Bag, account: AwsAccount) => T;

/** What a provider function answers; arguments that belong to the result are repeated in it. */
interface AwsFunction {
  /** What follows from the arguments and the configuration. */
  readonly known: (args: Bag, account: AwsAccount) => Bag;
  /** What only AWS can tell. */
  readonly computed: Readonly<Record<string, FunctionAnswer>>;
}

/**
 * Zones of a region where they are not the first three letters; the zones that a new account sees.
 * Source: "AWS Availability Zones" in the AWS documentation of regions and zones.
 */
const ZONE_LETTERS: Readonly<Record<string, string>> = {
  "us-east-1": "abcdef",
  "us-west-2": "abcd",
  "ap-northeast-1": "acd",
  "ap-northeast-2": "abcd",
  "ca-central-1": "abd",
};

const regionOf = (args: Bag, account: AwsAccount): string => text(args, "region") ?? account.region;

const zoneLetters = (args: Bag, account: AwsAccount): readonly string[] =>
  (ZONE_LETTERS[regionOf(args, account)] ?? "abc").split("");

/** A password of ECR for the region; the same in every run. */
const password: FunctionAnswer<string> = (args, account) =>
  hex({ type: "ecr", name: regionOf(args, account), inputs: {} }, 64);

/** The image that was asked for, or the one that a tag would name. */
const imageDigest: FunctionAnswer<string> = (args) =>
  text(args, "imageDigest") ??
  `sha256:${hex({ type: "image", name: text(args, "imageTag") ?? "", inputs: {} }, 64)}`;

/** The value of an AMI parameter, the only kind that the program reads. */
const amiId: FunctionAnswer = (args) =>
  `ami-0${hex({ type: "ami", name: text(args, "name") ?? "", inputs: {} }, 16)}`;

const zone = (args: Bag) => ({
  type: "zone",
  name: `${text(args, "zoneId") ?? ""} ${text(args, "name") ?? ""}`,
  inputs: {},
});

const zoneId: FunctionAnswer<string> = (args) =>
  text(args, "zoneId") ?? `Z${hex(zone(args), 13).toUpperCase()}`;

const nameServers = [1, 2, 3, 4].map((number) => `ns-${String(number)}.example.com`);

const FUNCTIONS: Readonly<Record<string, AwsFunction>> = {
  "aws:index/getRegion:getRegion": {
    known: (args, account) => {
      const region = regionOf(args, account);
      return { id: region, name: region, region, endpoint: `ec2.${region}.${account.dnsSuffix}` };
    },
    computed: { description: (args, account) => `Region ${regionOf(args, account)}` },
  },
  "aws:index/getPartition:getPartition": {
    known: (_, { partition, dnsSuffix }) => ({
      id: partition,
      partition,
      dnsSuffix,
      reverseDnsPrefix: dnsSuffix.split(".").reverse().join("."),
    }),
    computed: {},
  },
  "aws:index/getCallerIdentity:getCallerIdentity": {
    known: () => ({}),
    computed: {
      id: (_, { accountId }) => accountId,
      accountId: (_, { accountId }) => accountId,
      arn: (_, { accountId, partition }) => `arn:${partition}:iam::${accountId}:user/deployer`,
      // The sample id of AWS's own documentation.
      userId: () => "AIDACKCEVSQ6C2EXAMPLE",
    },
  },
  "aws:index/getAvailabilityZones:getAvailabilityZones": {
    known: (args, account) => {
      const region = regionOf(args, account);
      return { ...args, id: region, region };
    },
    computed: {
      groupNames: (args, account) => [`${regionOf(args, account)}-zg-1`],
      names: (args, account) =>
        zoneLetters(args, account).map((letter) => regionOf(args, account) + letter),
      zoneIds: (args, account) =>
        zoneLetters(args, account).map(
          (_, index) => `${shortRegion(regionOf(args, account))}-az${String(index + 1)}`,
        ),
    },
  },
  "aws:ssm/getParameter:getParameter": {
    known: (args, account) => ({
      ...args,
      id: text(args, "name") ?? "",
      region: regionOf(args, account),
    }),
    computed: {
      arn: (args, account) =>
        `arn:${account.partition}:ssm:${regionOf(args, account)}::parameter${text(args, "name") ?? ""}`,
      insecureValue: amiId,
      type: () => "String",
      value: (args, account) => secretValue(amiId(args, account)),
      version: () => 1,
    },
  },
  "aws:ecr/getAuthorizationToken:getAuthorizationToken": {
    // ECR has this one user for tokens.
    known: (args, account) => ({ ...args, region: regionOf(args, account), userName: "AWS" }),
    computed: {
      id: regionOf,
      authorizationToken: (args, account) =>
        secretValue(Buffer.from(`AWS:${password(args, account)}`).toString("base64")),
      expiresAt: () => "2030-01-01T12:00:00Z",
      password: (args, account) => secretValue(password(args, account)),
      proxyEndpoint: (args, account) =>
        `https://${account.accountId}.dkr.ecr.${regionOf(args, account)}.${account.dnsSuffix}`,
    },
  },
  "aws:ecr/getImage:getImage": {
    known: (args, account) => ({ ...args, region: regionOf(args, account) }),
    computed: {
      id: imageDigest,
      imageDigest,
      imagePushedAt: () => 1_767_268_800,
      imageSizeInBytes: () => 60_000_000,
      imageTags: () => [],
      imageUri: (args, account) =>
        `${account.accountId}.dkr.ecr.${regionOf(args, account)}.${account.dnsSuffix}/${text(args, "repositoryName") ?? ""}@${imageDigest(args, account)}`,
      registryId: (_, { accountId }) => accountId,
      repositoryName: (args) => text(args, "repositoryName") ?? "",
    },
  },
  "aws:route53/getZone:getZone": {
    known: (args) => args,
    computed: {
      arn: (args, account) =>
        `arn:${account.partition}:route53:::hostedzone/${zoneId(args, account)}`,
      callerReference: (args) => digits(zone(args), 12),
      comment: () => "",
      id: zoneId,
      linkedServiceDescription: () => "",
      linkedServicePrincipal: () => "",
      name: () => "example.com",
      nameServers: () => nameServers,
      primaryNameServer: () => nameServers[0] ?? "",
      resourceRecordSetCount: () => 2,
      tags: () => ({}),
      zoneId,
    },
  },
};

/**
 * What a provider function answers.
 *
 * @param token as the SDK sends it, for example `aws:index/getRegion:getRegion`
 * @param preview true answers UNKNOWN for what only AWS can tell
 * @throws where the function is not in the table
 */
export function invokeFunction(
  token: string,
  args: Bag,
  account: AwsAccount,
  preview: boolean,
): Bag {
  const found = FUNCTIONS[token];
  if (found === undefined) {
    throw new Error(
      `function "${token}" is not known to the simulated AWS; ` +
        "add it with its results to the table in tools/simulated-aws/functions.ts",
    );
  }
  // Arguments that were not given are null on the wire.
  const given = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== null));
  const result: Bag = { ...found.known(given, account) };
  for (const [property, answer] of Object.entries(found.computed)) {
    result[property] ??= preview ? UNKNOWN : answer(given, account);
  }
  return result;
}

function text(args: Bag, property: string): string | undefined {
  const value = args[property];
  return typeof value === "string" ? value : undefined;
}

/** The region as zone ids spell it, for example `euc1` for eu-central-1. */
function shortRegion(region: string): string {
  const [area = "", direction = "", number = ""] = region.split("-");
  return `${area}${direction.slice(0, 1)}${number}`;
}
