import type { Bag, ResourceNode } from "../../../preview/graph";
import { openness, type Aspect, type Stand } from "../aspect";
import type { ComparedSide } from "../compared-sides";
import { bagOf, isTrue, listOf, textsOf } from "../values";
import { LOAD_BALANCER_TYPES } from "./public-access";

/** What protects data and traffic: encryption, firewalls, locks. */
export const PROTECTION: readonly Aspect[] = [
  {
    types: ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"],
    read: (node, side) => ({
      "public access": publicAccess(node, side),
      "deletion with its objects": lock(isTrue(node.inputs["forceDestroy"]), "allowed", "refused"),
      encryption: bucketEncryption(node, side),
    }),
  },
  {
    types: LOAD_BALANCER_TYPES,
    read: (node, side) => ({
      "web ACL": lock(
        side.referring(node, "resourceArn", WEB_ACL_ASSOCIATION).length === 0,
        "no web ACL",
        "behind a web ACL",
      ),
      "deletion protection": locked(isTrue(node.inputs["enableDeletionProtection"])),
    }),
  },
  { types: ["aws:wafv2/webAcl:WebAcl"], read: ({ inputs }) => webAclStands(inputs) },
  {
    types: ["aws:rds/instance:Instance", "aws:rds/cluster:Cluster"],
    read: ({ inputs }) => ({
      encryption: encrypted(isTrue(inputs["storageEncrypted"])),
      "deletion protection": locked(isTrue(inputs["deletionProtection"])),
    }),
  },
  {
    types: ["aws:ec2/launchTemplate:LaunchTemplate"],
    read: ({ inputs }) =>
      Object.fromEntries(
        listOf(inputs["blockDeviceMappings"]).map((mapping, index) => [
          `volume ${textsOf(bagOf(mapping)["deviceName"])[0] ?? String(index)}`,
          encrypted(isTrue(bagOf(bagOf(mapping)["ebs"])["encrypted"])),
        ]),
      ),
  },
  {
    types: ["aws:ebs/volume:Volume", "aws:efs/fileSystem:FileSystem"],
    read: ({ inputs }) => ({ encryption: encrypted(isTrue(inputs["encrypted"])) }),
  },
  {
    types: ["aws:cloudwatch/logGroup:LogGroup"],
    read: ({ inputs }) => ({ encryption: byOwnKey(inputs["kmsKeyId"] !== undefined) }),
  },
  {
    types: ["aws:sns/topic:Topic", "aws:sqs/queue:Queue"],
    read: ({ inputs }) => ({
      encryption: byOwnKey(
        ["kmsMasterKeyId", "kmsMasterKeyArn"].some((key) => inputs[key] !== undefined),
      ),
    }),
  },
  {
    types: ["aws:ecr/repository:Repository"],
    read: ({ inputs }) => ({
      tags: lock(inputs["imageTagMutability"] !== "IMMUTABLE", "can be moved", "immutable"),
      encryption: byOwnKey(
        listOf(inputs["encryptionConfigurations"]).some(
          (item) => bagOf(item)["encryptionType"] === "KMS",
        ),
      ),
      "deletion with its images": lock(isTrue(inputs["forceDelete"]), "allowed", "refused"),
    }),
  },
  {
    types: ["aws:kms/key:Key"],
    read: ({ inputs }) => ({
      rotation: lock(!isTrue(inputs["enableKeyRotation"]), "off", "on"),
    }),
  },
  {
    types: ["aws:ssm/parameter:Parameter"],
    read: ({ inputs }) => ({
      encryption: lock(inputs["type"] !== "SecureString", "plain text", "encrypted"),
    }),
  },
  {
    types: ["aws:iam/role:Role", "aws:iam/user:User"],
    read: ({ inputs }) => {
      const [boundary] = textsOf(inputs["permissionsBoundary"]);
      return {
        "permissions boundary": lock(boundary === undefined, "none", boundary ?? ""),
      };
    },
  },
];

/** What holds for every type: the lock of Pulumi itself. */
export const PROTECT: Pick<Aspect, "read"> = {
  read: ({ options }) => ({
    protect: lock(options.protect !== true, "can be deleted by Pulumi", "protected from deletion"),
  }),
};

const WEB_ACL_ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";
const PUBLIC_ACCESS_BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const ENCRYPTION = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
];
const BLOCKS = [
  "blockPublicAcls",
  "blockPublicPolicy",
  "ignorePublicAcls",
  "restrictPublicBuckets",
];

/** Whoever creates a resource without it takes nothing away. */
const lock = (isOpen: boolean, open: string, closed: string): Stand =>
  openness(isOpen, open, closed, { isOrdinary: true });
const locked = (isLocked: boolean): Stand => lock(!isLocked, "off", "on");
const encrypted = (isEncrypted: boolean): Stand =>
  openness(!isEncrypted, "not encrypted", "encrypted");
const byOwnKey = (isOwn: boolean): Stand =>
  lock(!isOwn, "no key of KMS, at most one of AWS", "by a key of KMS");

function publicAccess(bucket: ResourceNode, side: ComparedSide): Stand {
  const [block] = side.referring(bucket, "bucket", PUBLIC_ACCESS_BLOCK);
  const open = BLOCKS.filter((name) => !isTrue(block?.inputs[name]));
  return {
    text:
      block === undefined
        ? "no public access block"
        : open.length === 0
          ? "blocked"
          : `blocked without ${open.join(", ")}`,
    rank: open.length,
  };
}

function bucketEncryption(bucket: ResourceNode, side: ComparedSide): Stand {
  const [configuration] = side.referring(bucket, "bucket", ...ENCRYPTION);
  const [rule] = listOf(configuration?.inputs["rules"]).map(bagOf);
  const algorithm = bagOf(rule?.["applyServerSideEncryptionByDefault"])["sseAlgorithm"];
  return byOwnKey(textsOf(algorithm).some((name) => name.startsWith("aws:kms")));
}

/** A rule that only counts lets through. */
function webAclStands(inputs: Bag): Readonly<Record<string, Stand>> {
  const allows = bagOf(inputs["defaultAction"])["allow"] !== undefined;
  return {
    "requests that no rule meets": lock(allows, "allowed", "blocked"),
    ...Object.fromEntries(
      listOf(inputs["rules"])
        .map(bagOf)
        .map((rule) => {
          const counts = [rule["action"], rule["overrideAction"]].some(
            (action) => bagOf(action)["count"] !== undefined,
          );
          return [
            `rule ${textsOf(rule["name"])[0] ?? ""}`,
            { ...lock(counts, "counts only", "in force"), absentRank: 2 },
          ];
        }),
    ),
  };
}
