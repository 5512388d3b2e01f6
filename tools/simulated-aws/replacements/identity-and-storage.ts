import type { Replacements } from "./replacement";
import { REGION, terraform } from "./replacement";

/** Roles and policies of IAM, keys of KMS, buckets of S3 and parameters of Systems Manager. */
export const IDENTITY_AND_STORAGE_REPLACEMENTS: Replacements = {
  "aws:iam/role:Role": {
    properties: ["name", "namePrefix", "path"],
    source: terraform("iam/role.go"),
  },
  "aws:iam/rolePolicy:RolePolicy": {
    properties: ["name", "namePrefix", "role"],
    source: terraform("iam/role_policy.go"),
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    properties: ["policyArn", "role"],
    // Deleting the old one after making the new would detach what was just attached.
    deleteBeforeReplace: true,
    source: terraform("iam/role_policy_attachment.go"),
  },
  "aws:iam/instanceProfile:InstanceProfile": {
    properties: ["name", "namePrefix", "path"],
    source: terraform("iam/instance_profile.go"),
  },
  "aws:iam/policy:Policy": {
    properties: ["description", "name", "namePrefix", "path"],
    source: terraform("iam/policy.go"),
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    properties: ["url"],
    source: terraform("iam/openid_connect_provider.go"),
  },
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": {
    properties: ["awsServiceName", "customSuffix"],
    source: terraform("iam/service_linked_role.go"),
  },
  "aws:kms/key:Key": {
    properties: [
      "customKeyStoreId",
      "customerMasterKeySpec",
      "keyUsage",
      "multiRegion",
      "xksKeyId",
      REGION,
    ],
    source: terraform("kms/key.go"),
  },
  "aws:kms/alias:Alias": {
    properties: ["name", "namePrefix", REGION],
    source: terraform("kms/alias.go"),
  },
  "aws:ssm/parameter:Parameter": {
    properties: ["dataType", "name", REGION],
    conditional: [
      {
        property: "tier",
        reason: "Systems Manager does not take a parameter back from the advanced tier",
        when: [{ kind: "becomes", property: "tier", from: "Advanced", to: "Standard" }],
      },
    ],
    source: terraform("ssm/parameter.go"),
  },
  "aws:s3/bucket:Bucket": {
    properties: ["bucket", "bucketNamespace", "bucketPrefix", "objectLockEnabled", REGION],
    source: terraform("s3/bucket.go"),
  },
  "aws:s3/bucketPolicy:BucketPolicy": {
    properties: ["bucket", REGION],
    source: terraform("s3/bucket_policy.go"),
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    properties: ["bucket", REGION],
    source: terraform("s3/bucket_public_access_block.go"),
  },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    properties: ["bucket", "expectedBucketOwner", REGION],
    source: terraform("s3/bucket_server_side_encryption_configuration.go"),
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    properties: ["bucket", "expectedBucketOwner", REGION],
    source: terraform("s3/bucket_lifecycle_configuration.go"),
  },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
    properties: ["bucket", REGION],
    source: terraform("s3/bucket_ownership_controls.go"),
  },
  "aws:s3/bucketVersioning:BucketVersioning": {
    properties: ["bucket", "expectedBucketOwner", REGION],
    source: terraform("s3/bucket_versioning.go"),
  },
};
