import type { Answer, ResourceTypes } from "../resource-type";
import { arn, fixed, globalArn, hex, input, nameOr, prefixed, text, uuid } from "../resource-type";

/** IAM's unique ids: a prefix for the kind and 17 upper-case characters. */
const iamId =
  (prefix: string): Answer<string> =>
  (resource) =>
    prefix + hex(resource, 17).toUpperCase();

const createDate = fixed("2030-01-01T00:00:00Z");

const bucketName = nameOr("bucket");
const bucketArn: Answer<string> = (resource, account) =>
  `arn:${account.partition}:s3:::${bucketName(resource, account)}`;

/** `parameter/NAME`, where a name that is a path begins with the slash already. */
const parameterPath: Answer<string> = (resource, account) =>
  `parameter/${nameOr()(resource, account).replace(/^\//, "")}`;

/** Settings of a bucket that are resources of their own carry the bucket's name as id. */
const bucketSetting = { id: input("bucket") };

/** Roles and policies of IAM, keys of KMS, buckets of S3 and parameters of Systems Manager. */
export const IDENTITY_AND_STORAGE_TYPES: ResourceTypes = {
  "aws:iam/role:Role": {
    id: nameOr(),
    global: true,
    taggable: true,
    computed: {
      arn: globalArn("iam", prefixed("role/", nameOr())),
      createDate,
      name: nameOr(),
      uniqueId: iamId("AROA"),
    },
  },
  "aws:iam/rolePolicy:RolePolicy": {
    id: (resource, account) => `${text(resource, "role") ?? ""}:${nameOr()(resource, account)}`,
    global: true,
    computed: { name: nameOr() },
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    id: (resource) => `${text(resource, "role") ?? ""}/${text(resource, "policyArn") ?? ""}`,
    global: true,
  },
  "aws:iam/instanceProfile:InstanceProfile": {
    id: nameOr(),
    global: true,
    taggable: true,
    computed: {
      arn: globalArn("iam", prefixed("instance-profile/", nameOr())),
      createDate,
      name: nameOr(),
      uniqueId: iamId("AIPA"),
    },
  },
  "aws:iam/policy:Policy": {
    id: globalArn("iam", prefixed("policy/", nameOr())),
    global: true,
    taggable: true,
    computed: {
      arn: globalArn("iam", prefixed("policy/", nameOr())),
      attachmentCount: fixed(0),
      name: nameOr(),
      policyId: iamId("ANPA"),
    },
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    id: globalArn("iam", prefixed("oidc-provider/", issuer)),
    global: true,
    taggable: true,
    computed: {
      arn: globalArn("iam", prefixed("oidc-provider/", issuer)),
      thumbprintLists: fixed([]),
    },
  },
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": {
    id: globalArn("iam", serviceRolePath),
    global: true,
    taggable: true,
    computed: {
      arn: globalArn("iam", serviceRolePath),
      createDate,
      name: (resource) => resource.name,
      path: (resource) => `/aws-service-role/${text(resource, "awsServiceName") ?? ""}/`,
      uniqueId: iamId("AROA"),
    },
  },
  "aws:kms/key:Key": {
    id: uuid,
    taggable: true,
    computed: { arn: arn("kms", prefixed("key/", uuid)), keyId: uuid },
  },
  "aws:kms/alias:Alias": {
    id: nameOr(),
    computed: {
      arn: arn("kms", nameOr()),
      name: (resource) => `alias/${resource.name}-${hex(resource, 7)}`,
      targetKeyArn: arn("kms", prefixed("key/", input("targetKeyId"))),
    },
  },
  "aws:ssm/parameter:Parameter": {
    id: nameOr(),
    taggable: true,
    computed: {
      arn: arn("ssm", parameterPath),
      dataType: fixed("text"),
      hasValueWo: fixed(false),
      name: nameOr(),
      tier: fixed("Standard"),
      version: fixed(1),
    },
  },
  "aws:s3/bucket:Bucket": {
    id: bucketName,
    taggable: true,
    computed: {
      arn: bucketArn,
      bucket: bucketName,
      bucketDomainName: (resource, account) =>
        `${bucketName(resource, account)}.s3.${account.dnsSuffix}`,
      bucketRegion: (_, account) => account.region,
      bucketRegionalDomainName: (resource, account) =>
        `${bucketName(resource, account)}.s3.${account.region}.${account.dnsSuffix}`,
      hostedZoneId: (resource) => `Z${hex(resource, 13).toUpperCase()}`,
      websiteDomain: fixed(""),
      websiteEndpoint: fixed(""),
    },
  },
  "aws:s3/bucketPolicy:BucketPolicy": bucketSetting,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": bucketSetting,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    bucketSetting,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": bucketSetting,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": bucketSetting,
  "aws:s3/bucketVersioning:BucketVersioning": bucketSetting,
};

function issuer(resource: Parameters<Answer>[0]): string {
  return (text(resource, "url") ?? "").replace(/^https:\/\//, "");
}

function serviceRolePath(resource: Parameters<Answer>[0]): string {
  return `role/aws-service-role/${text(resource, "awsServiceName") ?? ""}/${resource.name}`;
}
