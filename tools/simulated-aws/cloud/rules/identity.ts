import { AwsError } from "../cloud";
import { isSet, textOf } from "./rule";
import type { Reference, RuleTable } from "./rule";

/**
 * Roles, policies, instance profiles and keys.
 * Source of the wording: answers of the IAM and KMS APIs as moto (moto/iam/models.py) and the issues of
 * hashicorp/terraform-provider-aws quote them. The provider takes a role out of its instance profiles
 * by itself (internal/service/iam/role.go), so a profile keeps no role from going.
 */

const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/policy:Policy";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const INLINE = "aws:iam/rolePolicy:RolePolicy";

/** Managed policies of AWS whose path is part of their ARN; a wrong path is a policy that does not exist. */
const SERVICE_ROLE_POLICIES = [
  "AmazonEC2ContainerServiceforEC2Role",
  "AmazonECSTaskExecutionRolePolicy",
];

const role = (by: string): Reference => ({
  path: "role",
  to: [ROLE],
  by,
  missing: (name) => new AwsError("NoSuchEntity", `The role with name ${name} cannot be found.`),
});

const exists = (noun: string) => (resource: Parameters<typeof textOf>[0]) =>
  new AwsError("EntityAlreadyExists", `${noun} ${textOf(resource, "name")} already exists.`);

export const IDENTITY_RULES: RuleTable = {
  [ROLE]: {
    unique: [{ properties: ["name"], taken: exists("Role with name") }],
    obstacles: [
      {
        by: [INLINE],
        unless: isSet("forceDetachPolicies"),
        waits: true,
        refusal: () =>
          new AwsError("DeleteConflict", "Cannot delete entity, must delete policies first."),
      },
      {
        by: [ATTACHMENT],
        unless: isSet("forceDetachPolicies"),
        waits: true,
        refusal: () =>
          new AwsError("DeleteConflict", "Cannot delete entity, must detach all policies first."),
      },
    ],
    takesAlong: [INLINE, ATTACHMENT],
  },
  [INLINE]: { references: [role("name")] },
  [ATTACHMENT]: {
    references: [
      role("name"),
      {
        path: "policyArn",
        to: [POLICY],
        by: "arn",
        missing: (arn) =>
          new AwsError("NoSuchEntity", `Policy ${arn} does not exist or is not attachable.`),
        mayPredate: true,
      },
    ],
  },
  "aws:iam/instanceProfile:InstanceProfile": {
    references: [role("name")],
    unique: [{ properties: ["name"], taken: exists("Instance Profile") }],
  },
  [POLICY]: {
    unique: [
      {
        properties: ["name"],
        taken: (policy) =>
          new AwsError(
            "EntityAlreadyExists",
            `A policy called ${textOf(policy, "name")} already exists. Duplicate names are not allowed.`,
          ),
      },
    ],
    obstacles: [
      {
        by: [ATTACHMENT],
        waits: true,
        refusal: () =>
          new AwsError("DeleteConflict", "Cannot delete a policy attached to entities."),
      },
    ],
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    unique: [
      {
        properties: ["url"],
        taken: (provider) =>
          new AwsError(
            "EntityAlreadyExists",
            `Provider with url ${textOf(provider, "url")} already exists.`,
          ),
      },
    ],
  },
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": {
    unique: [
      {
        properties: ["awsServiceName", "customSuffix"],
        taken: (linked) =>
          new AwsError(
            "InvalidInput",
            `Service role name ${textOf(linked, "name")} has been taken in this account, please try a different suffix.`,
          ),
      },
    ],
  },
  "aws:kms/key:Key": {},
  "aws:kms/alias:Alias": {
    references: [
      {
        path: "targetKeyId",
        to: ["aws:kms/key:Key"],
        by: "keyId",
        missing: (key) => new AwsError("NotFoundException", `Key '${key}' does not exist`),
        mayPredate: true,
      },
    ],
    unique: [
      {
        properties: ["name"],
        taken: (alias) =>
          new AwsError(
            "AlreadyExistsException",
            `An alias with the name ${textOf(alias, "arn")} already exists`,
          ),
      },
    ],
  },
};

/** Refuses the ARN of a managed policy of AWS that lacks its path, as IAM does. */
export function refuseWrongPolicyPath(policyArn: string): void {
  const [, name = ""] = /:iam::aws:policy\/(?:service-role\/)?([^/]+)$/.exec(policyArn) ?? [];
  if (SERVICE_ROLE_POLICIES.includes(name) && !policyArn.endsWith(`:policy/service-role/${name}`)) {
    throw new AwsError("NoSuchEntity", `Policy ${policyArn} does not exist or is not attachable.`);
  }
}
