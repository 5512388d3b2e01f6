import { allowStatements, type AllowStatement } from "../../iam-document";
import { eachKnown } from "../../known";
import { type Judge, type JudgedResource, resourcePolicy } from "../../policy";
import { listOf, objectOf, textOf } from "../../values";

type IamJudge = Judge<"iam-least-privilege">;

export const iamLeastPrivilege = resourcePolicy({
  name: "iam-least-privilege",
  description:
    "IAM policies name the actions and resources that they allow, and roles name who may assume them.",
  severity: "high",
  levels: { dev: "advisory", prod: "mandatory" },
  frameworks: [
    "Security Hub IAM.1",
    "Checkov CKV_AWS_60",
    "Checkov CKV_AWS_61",
    "Checkov CKV_AWS_62",
    "Checkov CKV_AWS_63",
    "Checkov CKV_AWS_355",
    "cdk-nag AwsSolutions-IAM4",
    "cdk-nag AwsSolutions-IAM5",
    "CIS AWS Foundations v5.0 1.15",
    "CIS AWS Foundations v7.0 2.14",
  ],
  remediationSteps:
    "List the actions that the code calls, on the ARNs that it calls them on; the Service Authorization Reference tells which resources an action knows. Where AWS knows none, add the action to resourcelessActions in policies/limits.ts; where a wildcard in an action is right, add it to allowedWildcardActions there, each in a change of its own that says why.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
  checks: [
    ...[
      "aws:iam/policy:Policy",
      "aws:iam/rolePolicy:RolePolicy",
      "aws:iam/userPolicy:UserPolicy",
      "aws:iam/groupPolicy:GroupPolicy",
    ].map((type) => ({
      type,
      check: ({ props }: JudgedResource, judge: IamJudge) => {
        checkDocument(props["policy"], "policy", judge);
      },
    })),
    attached("aws:iam/role:Role", "managedPolicyArns"),
    attached("aws:iam/policyAttachment:PolicyAttachment", "policyArn"),
    attached("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "policyArn"),
    attached("aws:iam/userPolicyAttachment:UserPolicyAttachment", "policyArn"),
    attached("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "policyArn"),
    attached("aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive", "policyArns"),
    {
      type: "aws:iam/role:Role",
      check: ({ props }: JudgedResource, judge: IamJudge) => {
        eachKnown(listOf(props["inlinePolicies"]), (entry, index) => {
          const document = objectOf(entry)["policy"];
          // An empty entry is the provider's way to say that the role has no inline policies.
          if (document !== undefined && document !== null) {
            checkDocument(document, `inlinePolicies[${String(index)}].policy`, judge);
          }
        });
      },
    },
    {
      type: "aws:iam/role:Role",
      check: ({ props }: JudgedResource, judge: IamJudge) => {
        for (const statement of statementsOf(
          props["assumeRolePolicy"],
          "assumeRolePolicy",
          judge,
        )) {
          checkTrust(statement, judge);
        }
      },
    },
  ],
});

/** A check of the managed policies that a resource attaches. */
function attached(type: string, property: string) {
  return {
    type,
    check: ({ props }: JudgedResource, { violate }: IamJudge) => {
      eachKnown(listOf(props[property]), (arn) => {
        const name = /:policy\/(?:.*\/)?([^/]+)$/.exec(textOf(arn) ?? "")?.[1];
        if (name !== undefined && SWEEPING_POLICY.test(name)) {
          violate({
            got: `${property} is ${name}`,
            allowed: "a policy that names its actions and resources",
            fix: "attach a policy of the actions that the code calls",
          });
        }
      });
    },
  };
}

/** Managed policies of AWS that allow a whole service, or all of them. */
const SWEEPING_POLICY = /^AdministratorAccess|^PowerUserAccess$|FullAccess$/;

/** The statements of a document; what is none is a violation. */
function statementsOf(
  document: unknown,
  path: string,
  { violate }: IamJudge,
): readonly AllowStatement[] {
  const statements = allowStatements(document);
  if (statements === undefined) {
    violate({
      got: `${path} is no IAM policy document`,
      allowed: "a JSON document with statements",
      fix: "build it with pulumi.jsonStringify",
    });
  }
  return statements ?? [];
}

function checkDocument(document: unknown, path: string, judge: IamJudge): void {
  for (const statement of statementsOf(document, path, judge)) {
    checkNegations(statement, judge);
    checkActions(statement, judge);
    checkResources(statement, judge);
  }
}

function checkNegations({ label, negations }: AllowStatement, { violate }: IamJudge): void {
  for (const element of negations) {
    violate({
      got: `${label} allows by ${element}`,
      allowed: `${element.slice("Not".length)} in statements that allow`,
      fix: "name what is allowed instead of what is not",
    });
  }
}

function checkActions({ label, actions }: AllowStatement, { limits, violate }: IamJudge): void {
  const known = [...limits.allowedWildcardActions, ...limits.resourcelessActions];
  for (const action of actions) {
    if (/[*?]/.test(action) && !known.includes(action)) {
      violate({
        got: `${label} allows ${action}`,
        allowed: "actions by their full names",
        fix: "list the actions that the code calls",
      });
    }
  }
}

/**
 * Every resource is right for an action that knows none, and in a statement whose condition narrows it
 * down; a role is passed on by its name whatever the condition.
 */
function checkResources(
  { label, actions, resources, hasCondition }: AllowStatement,
  { limits, violate }: IamJudge,
): void {
  const wide = resources.find((resource) => EVERY_RESOURCE.test(resource));
  const roles = resources.find((resource) => EVERY_ROLE.test(resource));
  for (const action of actions) {
    const passesRoles = action.toLowerCase() === "iam:passrole";
    const found = passesRoles ? (wide ?? roles) : hasCondition ? undefined : wide;
    if (found !== undefined && !limits.resourcelessActions.some((known) => covers(known, action))) {
      violate({
        got: `${label} allows ${action} on ${found}`,
        allowed: "the ARNs of the resources in question",
        fix: "name them in Resource",
      });
    }
  }
}

/** `*`, or an ARN without a word on the resource: `arn:aws:s3:::*`. */
const EVERY_RESOURCE = /^\*+$|^arn:(?:[^:]*:){4}\*+$/;
const EVERY_ROLE = /:role\/\*+$/;

/** True where `known` is the action, or begins it and ends in `*`. */
function covers(known: string, action: string): boolean {
  return known.endsWith("*") ? action.startsWith(known.slice(0, -1)) : action === known;
}

function checkTrust(
  { label, principals, negations, hasCondition }: AllowStatement,
  { violate }: IamJudge,
): void {
  const anyone = principals.some(({ name }) => name === "*") || negations.includes("NotPrincipal");
  const federated = principals.some(({ kind }) => kind === "Federated");
  if ((anyone || federated) && !hasCondition) {
    violate({
      got: `${label} of assumeRolePolicy trusts ${anyone ? "every principal" : "everyone of an identity provider"}`,
      allowed: "a named principal, or a condition on who it is",
      fix: "name the service, account or role, or the subject in a condition",
    });
  }
}
