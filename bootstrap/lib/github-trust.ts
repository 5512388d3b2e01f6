import { iamPolicy, type IamPolicy } from "../../infra/lib/iam-policy";

/** Issuer of the tokens of GitHub Actions, without its scheme as IAM names it. */
export const GITHUB_ISSUER = "token.actions.githubusercontent.com";

/** Who a token is for: AWS's Security Token Service, as aws-actions/configure-aws-credentials asks for it. */
export const GITHUB_AUDIENCE = "sts.amazonaws.com";

/**
 * The subject of a token of GitHub Actions. A job that names an environment has the environment's form and no
 * other, whatever started it; any other job has that of what started it.
 * Source: "Example subject claims" and "Immutable subject claims" in the OpenID Connect reference of GitHub Actions.
 */
export type Subject =
  | { readonly kind: "environment"; readonly name: string }
  | { readonly kind: "branch"; readonly name: string }
  | { readonly kind: "pullRequest" };

/**
 * Writes a subject as a token has it.
 *
 * @param repository `owner@id/name@id`, or `owner/name` where GitHub puts no ids into the subject
 */
export function renderSubject(repository: string, subject: Subject): string {
  switch (subject.kind) {
    case "environment":
      return `repo:${repository}:environment:${subject.name}`;
    case "branch":
      return `repo:${repository}:ref:refs/heads/${subject.name}`;
    case "pullRequest":
      return `repo:${repository}:pull_request`;
  }
}

/**
 * Trust policy of a role that jobs of a GitHub repository take: audience and subject are compared as whole
 * texts, so that no other repository, branch or environment matches.
 */
export function buildGitHubTrust(
  providerArn: string,
  repository: string,
  subjects: readonly Subject[],
): IamPolicy {
  return iamPolicy({
    Sid: "AssumeForJobsOfTheRepository",
    Effect: "Allow",
    Principal: { Federated: providerArn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: {
        [`${GITHUB_ISSUER}:aud`]: GITHUB_AUDIENCE,
        [`${GITHUB_ISSUER}:sub`]: subjects.map((subject) => renderSubject(repository, subject)),
      },
    },
  });
}
