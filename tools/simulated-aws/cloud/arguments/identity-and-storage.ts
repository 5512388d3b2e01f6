import type { ArgumentTable } from "./argument";
import { named } from "./argument";
import { arn, between, json, lengthBetween, oneOf, startsWith } from "./argument-checks";

/** Roles and policies of IAM, keys of KMS, buckets of S3 and parameters of Systems Manager. */
export const IDENTITY_AND_STORAGE_ARGUMENTS: ArgumentTable = {
  "aws:iam/role:Role": {
    ...named(64),
    required: ["assumeRolePolicy"],
    defaults: { forceDetachPolicies: false, maxSessionDuration: 3600, path: "/" },
    checks: [
      ["assumeRolePolicy", json],
      ["maxSessionDuration", between(3600, 43200)],
      ["name", lengthBetween(1, 64)],
    ],
  },
  "aws:iam/rolePolicy:RolePolicy": {
    ...named(),
    required: ["policy", "role"],
    checks: [["policy", json]],
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    required: ["policyArn", "role"],
    checks: [["policyArn", arn]],
  },
  "aws:iam/instanceProfile:InstanceProfile": {
    ...named(),
    defaults: { path: "/" },
  },
  "aws:iam/policy:Policy": {
    ...named(),
    required: ["policy"],
    defaults: { path: "/" },
    checks: [["policy", json]],
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    required: ["clientIdLists", "url"],
    terraformNames: { clientIdLists: "client_id_list" },
    checks: [["url", startsWith("https://")]],
  },
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": { required: ["awsServiceName"] },
  "aws:kms/key:Key": {
    defaults: {
      bypassPolicyLockoutSafetyCheck: false,
      customerMasterKeySpec: "SYMMETRIC_DEFAULT",
      enableKeyRotation: false,
      isEnabled: true,
      keyUsage: "ENCRYPT_DECRYPT",
    },
    checks: [
      ["deletionWindowInDays", between(7, 30)],
      ["policy", json],
      ["rotationPeriodInDays", between(90, 2560)],
    ],
  },
  "aws:kms/alias:Alias": {
    autoname: { property: "name", maximumLength: 238, prefix: "alias/" },
    required: ["targetKeyId"],
    checks: [["name", startsWith("alias/")]],
  },
  "aws:ssm/parameter:Parameter": {
    ...named(),
    required: ["type"],
    checks: [
      ["tier", oneOf("Standard", "Advanced", "Intelligent-Tiering")],
      ["type", oneOf("String", "StringList", "SecureString")],
    ],
    secrets: ["value", "valueWo"],
  },
  "aws:s3/bucket:Bucket": {
    autoname: { property: "bucket", maximumLength: 63, lowerCase: true },
    defaults: { forceDestroy: false },
    checks: [["bucket", lengthBetween(0, 63)]],
  },
  "aws:s3/bucketPolicy:BucketPolicy": {
    required: ["bucket", "policy"],
    checks: [["policy", json]],
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    required: ["bucket"],
    defaults: {
      blockPublicAcls: false,
      blockPublicPolicy: false,
      ignorePublicAcls: false,
      restrictPublicBuckets: false,
    },
  },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    required: ["bucket", "rules"],
    terraformNames: { rules: "rule" },
    checks: [
      [
        "rules[*].applyServerSideEncryptionByDefault.sseAlgorithm",
        oneOf("AES256", "aws:fsx", "aws:kms", "aws:kms:dsse"),
      ],
    ],
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    required: ["bucket"],
    checks: [["rules[*].status", oneOf("Enabled", "Disabled")]],
    terraformNames: { rules: "rule" },
  },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
    required: ["bucket", "rule"],
    checks: [
      [
        "rule.objectOwnership",
        oneOf("BucketOwnerPreferred", "ObjectWriter", "BucketOwnerEnforced"),
      ],
    ],
  },
  "aws:s3/bucketVersioning:BucketVersioning": {
    required: ["bucket", "versioningConfiguration"],
    checks: [
      ["versioningConfiguration.status", oneOf("Enabled", "Suspended", "Disabled")],
      ["versioningConfiguration.mfaDelete", oneOf("Enabled", "Disabled")],
    ],
  },
};
