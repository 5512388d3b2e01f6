import { actionsOf, type Area } from "./permission-table";

const iam = actionsOf("iam");

/** Roles of the application, and their hand-over to the services that take them. */
export const IDENTITY: Area = {
  name: "identity",
  types: {
    "aws:iam/role:Role": {
      source: "iam/role.go",
      create: iam("CreateRole", "TagRole"),
      read: iam("GetRole", "ListRolePolicies", "ListAttachedRolePolicies"),
      update: iam(
        "PutRolePermissionsBoundary",
        "UpdateAssumeRolePolicy",
        "UpdateRole",
        "UpdateRoleDescription",
        "TagRole",
        "UntagRole",
      ),
      delete: iam(
        "ListInstanceProfilesForRole",
        "RemoveRoleFromInstanceProfile",
        "DetachRolePolicy",
        "DeleteRolePolicy",
        "DeleteRole",
      ),
    },
    "aws:iam/rolePolicy:RolePolicy": {
      source: "iam/role_policy.go",
      create: iam("PutRolePolicy"),
      read: iam("GetRolePolicy"),
      update: iam("PutRolePolicy"),
      delete: iam("DeleteRolePolicy"),
    },
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
      source: "iam/role_policy_attachment.go",
      create: iam("AttachRolePolicy"),
      read: iam("ListAttachedRolePolicies"),
      update: [],
      delete: iam("DetachRolePolicy"),
    },
    "aws:iam/instanceProfile:InstanceProfile": {
      source: "iam/instance_profile.go",
      create: iam(
        "CreateInstanceProfile",
        "TagInstanceProfile",
        "AddRoleToInstanceProfile",
        "PassRole",
      ),
      read: iam("GetInstanceProfile", "GetRole"),
      update: iam(
        "AddRoleToInstanceProfile",
        "RemoveRoleFromInstanceProfile",
        "TagInstanceProfile",
        "UntagInstanceProfile",
      ),
      delete: iam("RemoveRoleFromInstanceProfile", "DeleteInstanceProfile"),
    },
  },
  reads: ({ partition, accountId, appName }) => [
    {
      sid: "ReadRoles",
      why: "names of roles and instance profiles begin with the application's name",
      actions: iam(
        "GetInstanceProfile",
        "GetRole",
        "GetRolePolicy",
        "ListAttachedRolePolicies",
        "ListInstanceProfilesForRole",
        "ListRolePolicies",
      ),
      resources: [
        `arn:${partition}:iam::${accountId}:role/${appName}-*`,
        `arn:${partition}:iam::${accountId}:instance-profile/${appName}-*`,
      ],
    },
  ],
  writes: ({ partition, accountId, appName, boundaryArn }) => {
    const roles = `arn:${partition}:iam::${accountId}:role/${appName}-*`;
    const profiles = `arn:${partition}:iam::${accountId}:instance-profile/${appName}-*`;
    return [
      {
        sid: "GrantWithinBoundary",
        why: "names of roles begin with the application's name; whatever gives them a permission or a principal needs the boundary on the role, so that no role can do more than it allows",
        actions: iam(
          "CreateRole",
          "DeleteRolePolicy",
          "PutRolePermissionsBoundary",
          "PutRolePolicy",
          "UpdateAssumeRolePolicy",
        ),
        resources: [roles],
        condition: { StringEquals: { "iam:PermissionsBoundary": boundaryArn } },
      },
      {
        sid: "AttachWithinBoundary",
        why: "the one managed policy that the program attaches, under the same boundary",
        actions: iam("AttachRolePolicy", "DetachRolePolicy"),
        resources: [roles],
        condition: {
          StringEquals: { "iam:PermissionsBoundary": boundaryArn },
          ArnEquals: {
            "iam:PolicyARN": `arn:${partition}:iam::aws:policy/AmazonSSMManagedInstanceCore`,
          },
        },
      },
      {
        sid: "ChangeRoles",
        why: "names of roles and instance profiles begin with the application's name; none of these gives a permission",
        actions: iam(
          "AddRoleToInstanceProfile",
          "CreateInstanceProfile",
          "DeleteInstanceProfile",
          "DeleteRole",
          "RemoveRoleFromInstanceProfile",
          "TagInstanceProfile",
          "TagRole",
          "UntagInstanceProfile",
          "UntagRole",
          "UpdateRole",
          "UpdateRoleDescription",
        ),
        resources: [roles, profiles],
      },
      {
        sid: "PassRoles",
        why: "a role is handed to the three services that the program gives roles to, and to no other",
        actions: iam("PassRole"),
        resources: [roles],
        condition: {
          StringEquals: {
            "iam:PassedToService": [
              "ec2.amazonaws.com",
              "ecs-tasks.amazonaws.com",
              "vpc-flow-logs.amazonaws.com",
            ],
          },
        },
      },
    ];
  },
};
