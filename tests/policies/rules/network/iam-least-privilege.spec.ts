import assert from "node:assert/strict";
import { iamLeastPrivilege as policy } from "../../../../policies/rules/network/iam-least-privilege";
import { UNKNOWN, type Bag, type Json } from "../../../../tools/preview/graph";
import { judgeResource, type Subject } from "../../../support/judgement";

const document = (...statements: Json[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

const allow = (props: Bag = {}): Bag => ({
  Sid: "ReadLogs",
  Effect: "Allow",
  Action: "logs:GetLogEvents",
  Resource: "arn:aws:logs:eu-central-1:111122223333:log-group:web:*",
  ...props,
});

const trust = (props: Bag = {}): Bag => ({
  Sid: "Assume",
  Effect: "Allow",
  Principal: { Service: "ecs-tasks.amazonaws.com" },
  Action: "sts:AssumeRole",
  ...props,
});

const rolePolicy = (...statements: Json[]): Subject => ({
  type: "aws:iam/rolePolicy:RolePolicy",
  props: { policy: document(...statements) },
});

const role = (props: Bag = {}): Subject => ({
  type: "aws:iam/role:Role",
  props: { assumeRolePolicy: document(trust()), ...props },
});

const attachment = (policyArn: Json): Subject => ({
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  props: { policyArn },
});

const ACCEPTED = { violations: [], subjects: [], levels: [], undecided: false };

const refused = (...texts: string[]) => ({
  violations: texts.map((text) =>
    text.replace("@", '(prod, policies/limits.ts "iam-least-privilege")'),
  ),
  subjects: texts.map(() => "subject"),
  levels: texts.map(() => "mandatory"),
  undecided: false,
});

const action = (got: string) =>
  `${got}, allowed is actions by their full names @; list the actions that the code calls`;
const resource = (got: string) =>
  `${got}, allowed is the ARNs of the resources in question @; name them in Resource`;
const managed = (got: string) =>
  `${got}, allowed is a policy that names its actions and resources @; attach a policy of the actions that the code calls`;
const principal = (who: string) =>
  `Assume of assumeRolePolicy trusts ${who}, allowed is a named principal, or a condition on who it is @; name the service, account or role, or the subject in a condition`;
const noDocument = (path: string) =>
  `${path} is no IAM policy document, allowed is a JSON document with statements @; build it with pulumi.jsonStringify`;

const CONDITION = { StringEquals: { "aws:ResourceTag/Project": "web" } };

describe("iam-least-privilege", () => {
  const complying: readonly (readonly [what: string, subject: Subject])[] = [
    ["actions on resources by name", rolePolicy(allow())],
    [
      "a document that is an object",
      { ...rolePolicy(), props: { policy: { Statement: allow() } } },
    ],
    [
      "an action that knows no resource",
      rolePolicy(allow({ Action: "ecr:GetAuthorizationToken", Resource: "*" })),
    ],
    [
      "actions of a service that knows no resource",
      rolePolicy(
        allow({ Action: ["ssmmessages:OpenDataChannel", "ec2:DescribeSubnets"], Resource: "*" }),
      ),
    ],
    [
      "every resource under a condition",
      rolePolicy(allow({ Resource: "*", Condition: CONDITION })),
    ],
    ["everything denied", rolePolicy({ Effect: "Deny", Action: "*", Resource: "*" })],
    ["a document without statements", rolePolicy()],
    [
      "a role by name that is passed on",
      rolePolicy(allow({ Action: "iam:PassRole", Resource: "arn:aws:iam::111122223333:role/web" })),
    ],
    ["a role that a service assumes", role()],
    [
      "a role that an organization assumes",
      role({
        assumeRolePolicy: document(
          trust({ Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }),
        ),
      }),
    ],
    ["an empty inline policy, which means none", role({ inlinePolicies: [{}] })],
    ["an inline policy", role({ inlinePolicies: [{ policy: document(allow()) }] })],
    ["a role without lists", role({ inlinePolicies: null, managedPolicyArns: [] })],
    [
      "a managed policy of one purpose",
      attachment("arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"),
    ],
    ["an attachment without a policy", attachment(null)],
    [
      "a type that is none of its own",
      {
        type: "aws:s3/bucketPolicy:BucketPolicy",
        props: { policy: document(allow({ Action: "*", Resource: "*" })) },
      },
    ],
  ];
  for (const [what, subject] of complying) {
    it(`accepts ${what}`, async () => {
      assert.deepEqual(await judgeResource(policy, subject), ACCEPTED);
    });
  }

  const violating: readonly (readonly [
    what: string,
    subject: Subject,
    expected: ReturnType<typeof refused>,
  ])[] = [
    [
      "every action on every resource",
      rolePolicy(allow({ Action: "*", Resource: "*" })),
      refused(action("ReadLogs allows *"), resource("ReadLogs allows * on *")),
    ],
    [
      "every action of a service",
      rolePolicy(allow({ Action: ["logs:GetLogEvents", "s3:*"] })),
      refused(action("ReadLogs allows s3:*")),
    ],
    [
      "actions by their beginning",
      rolePolicy(allow({ Action: "s3:Get*" })),
      refused(action("ReadLogs allows s3:Get*")),
    ],
    [
      "actions by a placeholder",
      rolePolicy(allow({ Action: "s3:GetObjec?" })),
      refused(action("ReadLogs allows s3:GetObjec?")),
    ],
    [
      "every resource",
      rolePolicy(allow({ Resource: ["*"] })),
      refused(resource("ReadLogs allows logs:GetLogEvents on *")),
    ],
    [
      "every resource under an empty condition",
      rolePolicy(allow({ Resource: "*", Condition: {} })),
      refused(resource("ReadLogs allows logs:GetLogEvents on *")),
    ],
    [
      "every resource of a service",
      rolePolicy(allow({ Action: "s3:GetObject", Resource: "arn:aws:s3:::*" })),
      refused(resource("ReadLogs allows s3:GetObject on arn:aws:s3:::*")),
    ],
    [
      "the second statement, which has no Sid",
      rolePolicy(allow(), { Effect: "Allow", Action: "s3:GetObject", Resource: "*" }),
      refused(resource("statement 2 allows s3:GetObject on *")),
    ],
    [
      "every role that is passed on",
      rolePolicy(
        allow({
          Action: "iam:PassRole",
          Resource: "arn:aws:iam::111122223333:role/*",
          Condition: CONDITION,
        }),
      ),
      refused(resource("ReadLogs allows iam:PassRole on arn:aws:iam::111122223333:role/*")),
    ],
    [
      "everything but some actions",
      rolePolicy(allow({ Action: null, NotAction: "iam:*" })),
      refused(
        "ReadLogs allows by NotAction, allowed is Action in statements that allow @; name what is allowed instead of what is not",
      ),
    ],
    [
      "everything but some resources",
      rolePolicy(allow({ Resource: null, NotResource: "arn:aws:s3:::web" })),
      refused(
        "ReadLogs allows by NotResource, allowed is Resource in statements that allow @; name what is allowed instead of what is not",
      ),
    ],
    [
      "a customer's managed policy",
      { ...rolePolicy(allow({ Action: "s3:*" })), type: "aws:iam/policy:Policy" },
      refused(action("ReadLogs allows s3:*")),
    ],
    [
      "a user's policy",
      { ...rolePolicy(allow({ Action: "s3:*" })), type: "aws:iam/userPolicy:UserPolicy" },
      refused(action("ReadLogs allows s3:*")),
    ],
    [
      "a group's policy",
      { ...rolePolicy(allow({ Action: "s3:*" })), type: "aws:iam/groupPolicy:GroupPolicy" },
      refused(action("ReadLogs allows s3:*")),
    ],
    [
      "an inline policy of a role",
      role({ inlinePolicies: [{ policy: document(allow({ Action: "s3:*" })) }] }),
      refused(action("ReadLogs allows s3:*")),
    ],
    [
      "a text that is no document",
      { ...rolePolicy(), props: { policy: "{" } },
      refused(noDocument("policy")),
    ],
    ["an empty text", { ...rolePolicy(), props: { policy: "" } }, refused(noDocument("policy"))],
    ["no document", { ...rolePolicy(), props: {} }, refused(noDocument("policy"))],
    [
      "a document of another kind",
      { ...rolePolicy(), props: { policy: "[]" } },
      refused(noDocument("policy")),
    ],
    [
      "an inline text that is no document",
      role({ inlinePolicies: [{ policy: "?" }] }),
      refused(noDocument("inlinePolicies[0].policy")),
    ],
    [
      "a role without a trust policy",
      { ...role(), props: {} },
      refused(noDocument("assumeRolePolicy")),
    ],
    [
      "a role for everyone",
      role({ assumeRolePolicy: document(trust({ Principal: "*" })) }),
      refused(principal("every principal")),
    ],
    [
      "a role for every account",
      role({ assumeRolePolicy: document(trust({ Principal: { AWS: ["*"] } })) }),
      refused(principal("every principal")),
    ],
    [
      "a role for everyone but one",
      role({
        assumeRolePolicy: document(
          trust({ Principal: null, NotPrincipal: { AWS: "111122223333" } }),
        ),
      }),
      refused(principal("every principal")),
    ],
    [
      "a role for a service and all of an identity provider",
      role({
        assumeRolePolicy: document(
          trust({ Principal: { Service: "ec2.amazonaws.com", Federated: "accounts.google.com" } }),
        ),
      }),
      refused(principal("everyone of an identity provider")),
    ],
    [
      "a role for all of an identity provider",
      role({
        assumeRolePolicy: document(
          trust({
            Principal: {
              Federated:
                "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
            },
          }),
        ),
      }),
      refused(principal("everyone of an identity provider")),
    ],
    [
      "an administrator",
      attachment("arn:aws:iam::aws:policy/AdministratorAccess"),
      refused(managed("policyArn is AdministratorAccess")),
    ],
    [
      "a power user",
      attachment("arn:aws:iam::aws:policy/PowerUserAccess"),
      refused(managed("policyArn is PowerUserAccess")),
    ],
    [
      "a whole service",
      attachment("arn:aws-us-gov:iam::aws:policy/service/AmazonS3FullAccess"),
      refused(managed("policyArn is AmazonS3FullAccess")),
    ],
    [
      "an administrator in a role's list",
      role({ managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"] }),
      refused(managed("managedPolicyArns is AdministratorAccess")),
    ],
    [
      "an administrator by a policy's attachment",
      {
        ...attachment("arn:aws:iam::aws:policy/AdministratorAccess"),
        type: "aws:iam/policyAttachment:PolicyAttachment",
      },
      refused(managed("policyArn is AdministratorAccess")),
    ],
    [
      "an administrator in an exclusive list",
      {
        type: "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
        props: { policyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"] },
      },
      refused(managed("policyArns is AdministratorAccess")),
    ],
  ];
  for (const [what, subject, expected] of violating) {
    it(`refuses ${what}`, async () => {
      assert.deepEqual(await judgeResource(policy, subject), expected);
    });
  }

  it("advises in dev", async () => {
    const { levels } = await judgeResource(policy, rolePolicy(allow({ Action: "s3:*" })), "dev");

    assert.deepEqual(levels, ["advisory"]);
  });

  it("is undecided on an unknown document, and decides the attached policies", async () => {
    const { violations, undecided } = await judgeResource(
      policy,
      role({
        assumeRolePolicy: UNKNOWN,
        managedPolicyArns: [UNKNOWN, "arn:aws:iam::aws:policy/AdministratorAccess"],
      }),
    );

    assert.equal(undecided, true);
    assert.equal(violations.length, 1);
  });
});
