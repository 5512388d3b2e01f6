import assert from "node:assert/strict";
import { inAccount, refusalOf } from "../temporary-account";

const ROLE = "aws:iam/role:Role";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const INLINE = "aws:iam/rolePolicy:RolePolicy";
const POLICY = "aws:iam/policy:Policy";
const AWS_POLICY = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";

describe("the rules of identity", () => {
  it(
    "refuse what belongs to a role that does not exist",
    inAccount(async (account) => {
      const refusal = "NoSuchEntity: The role with name none cannot be found.";
      for (const [type, inputs] of [
        [INLINE, { role: "none", policy: "{}" }],
        [ATTACHMENT, { role: "none", policyArn: AWS_POLICY }],
        ["aws:iam/instanceProfile:InstanceProfile", { role: "none" }],
      ] as const) {
        assert.equal(await refusalOf(account.make(type, inputs)), refusal);
      }
    }),
  );

  it(
    "give a name once",
    inAccount(async (account) => {
      const role = { name: "web", assumeRolePolicy: "{}" };
      await account.make(ROLE, role, "one");
      assert.equal(
        await refusalOf(account.make(ROLE, role, "two")),
        "EntityAlreadyExists: Role with name web already exists.",
      );
      await account.make(POLICY, { name: "web", policy: "{}" }, "one");
      assert.equal(
        await refusalOf(account.make(POLICY, { name: "web", policy: "{}" }, "two")),
        "EntityAlreadyExists: A policy called web already exists. Duplicate names are not allowed.",
      );
      const profile = { name: "web", role: "web" };
      await account.make("aws:iam/instanceProfile:InstanceProfile", profile, "one");
      assert.equal(
        await refusalOf(account.make("aws:iam/instanceProfile:InstanceProfile", profile, "two")),
        "EntityAlreadyExists: Instance Profile web already exists.",
      );
      const issuer = { url: "https://token.example.com", clientIdLists: ["sts"] };
      await account.make("aws:iam/openIdConnectProvider:OpenIdConnectProvider", issuer, "one");
      assert.equal(
        await refusalOf(
          account.make("aws:iam/openIdConnectProvider:OpenIdConnectProvider", issuer, "two"),
        ),
        "EntityAlreadyExists: Provider with url https://token.example.com already exists.",
      );
      const linked = { awsServiceName: "ecs.amazonaws.com" };
      await account.make(
        "aws:iam/serviceLinkedRole:ServiceLinkedRole",
        linked,
        "AWSServiceRoleForECS",
      );
      assert.equal(
        await refusalOf(
          account.make("aws:iam/serviceLinkedRole:ServiceLinkedRole", linked, "another"),
        ),
        "InvalidInput: Service role name another has been taken in this account, please try a different suffix.",
      );
    }),
  );

  it(
    "keep a role with policies, unless it is told to detach them",
    inAccount(async (account) => {
      const role = await account.make(ROLE, { assumeRolePolicy: "{}" });
      const inline = await account.make(INLINE, { role: role.id, policy: "{}" });
      const attachment = await account.make(ATTACHMENT, { role: role.id, policyArn: AWS_POLICY });

      assert.equal(
        await refusalOf(account.delete(role)),
        "DeleteConflict: Cannot delete entity, must delete policies first.",
      );
      await account.delete(inline);
      assert.equal(
        await refusalOf(account.delete(role)),
        "DeleteConflict: Cannot delete entity, must detach all policies first.",
      );
      await account.change(role, { forceDetachPolicies: true });
      await account.delete(role);
      assert.equal(await account.cloud.read(attachment), undefined);
    }),
  );

  it(
    "keep a policy that a role has",
    inAccount(async (account) => {
      const role = await account.make(ROLE, { assumeRolePolicy: "{}" });
      const policy = await account.make(POLICY, { policy: "{}" });
      const attachment = await account.make(ATTACHMENT, { role: role.id, policyArn: policy.id });
      assert.equal(
        await refusalOf(account.delete(policy)),
        "DeleteConflict: Cannot delete a policy attached to entities.",
      );
      await account.delete(attachment);
      await account.delete(policy);
      assert.equal(
        await refusalOf(account.make(ATTACHMENT, { role: role.id, policyArn: policy.id }, "late")),
        `NoSuchEntity: Policy ${policy.id} does not exist or is not attachable.`,
      );
    }),
  );

  it(
    "know which managed policies have a path",
    inAccount(async (account) => {
      const role = await account.make(ROLE, { assumeRolePolicy: "{}" });
      const attach = (path: string) =>
        account.make(
          ATTACHMENT,
          { role: role.id, policyArn: `arn:aws:iam::aws:policy/${path}` },
          path,
        );
      await attach("service-role/AmazonECSTaskExecutionRolePolicy");
      await attach("AmazonSSMManagedInstanceCore");
      assert.equal(
        await refusalOf(attach("AmazonECSTaskExecutionRolePolicy")),
        "NoSuchEntity: Policy arn:aws:iam::aws:policy/AmazonECSTaskExecutionRolePolicy does not exist or is not attachable.",
      );
    }),
  );

  it(
    "refuse an alias of a key that was deleted, and a second of its name",
    inAccount(async (account) => {
      const key = await account.make("aws:kms/key:Key", {});
      const alias = (name: string) =>
        account.make("aws:kms/alias:Alias", { name: "alias/web", targetKeyId: key.id }, name);
      const first = await alias("one");
      assert.equal(
        await refusalOf(alias("two")),
        "AlreadyExistsException: An alias with the name arn:aws:kms:eu-central-1:123456789012:alias/web already exists",
      );
      await account.delete(first);
      await account.delete(key);
      assert.equal(
        await refusalOf(alias("late")),
        `NotFoundException: Key '${key.id}' does not exist`,
      );
    }),
  );
});
