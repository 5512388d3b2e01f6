import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { IamPolicy } from "../../infra/lib/iam-policy";
import { buildGitHubTrust, type Subject } from "../lib/github-trust";
import { typeToken } from "./type-token";

export interface CiRoleArgs {
  readonly roleName: string;
  readonly description: string;
  /** ARN of GitHub's OIDC provider. */
  readonly providerArn: pulumi.Input<string>;
  /** The repository whose jobs take the role, `owner@id/name@id` or `owner/name` as its tokens name it. */
  readonly repository: string;
  /** The jobs that take it, by what GitHub says of them. */
  readonly subjects: readonly Subject[];
  /** Longest session that a job may ask for. */
  readonly sessionSeconds: number;
  /** What the role does with Pulumi's state; part of the role itself. */
  readonly statePolicy: pulumi.Input<IamPolicy>;
  /** ARNs of managed policies that the role has with others, by name. */
  readonly sharedPolicies: Readonly<Record<string, pulumi.Input<string>>>;
  /** Documents of managed policies of the role's own, by name. @default - none */
  readonly ownPolicies?: Readonly<Record<string, pulumi.Input<IamPolicy>>>;
}

/** A role that jobs of GitHub Actions take with a token instead of a key, and its policies. Free of charge. */
export class CiRole extends pulumi.ComponentResource {
  /** ARN of the role, known once it has its permissions. */
  readonly roleArn: pulumi.Output<string>;

  constructor(name: string, args: CiRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("CiRole"), name, args, opts);

    const role = new aws.iam.Role(
      name,
      {
        name: args.roleName,
        description: args.description,
        assumeRolePolicy: pulumi.jsonStringify(
          pulumi
            .output(args.providerArn)
            .apply((arn) => buildGitHubTrust(arn, args.repository, args.subjects)),
        ),
        maxSessionDuration: args.sessionSeconds,
      },
      { parent: this },
    );
    const state = new aws.iam.RolePolicy(
      `${name}-state`,
      { role: role.name, policy: pulumi.jsonStringify(args.statePolicy) },
      { parent: this },
    );
    const own = Object.entries(args.ownPolicies ?? {}).map(([policy, document]) => {
      const { arn } = new aws.iam.Policy(
        `${name}-${policy}`,
        { description: args.description, policy: pulumi.jsonStringify(document) },
        { parent: this },
      );
      return [policy, arn] as const;
    });
    const attachments = [
      ...own,
      ...Object.entries(args.sharedPolicies).map(
        ([policy, arn]) => [`read-${policy}`, arn] as const,
      ),
    ].map(
      ([policy, policyArn]) =>
        new aws.iam.RolePolicyAttachment(
          `${name}-${policy}`,
          { role: role.name, policyArn },
          { parent: this },
        ),
    );

    this.roleArn = pulumi
      .all([role.arn, state.id, pulumi.all(attachments.map(({ id }) => id))])
      .apply(([arn]) => arn);
    this.registerOutputs({ roleArn: this.roleArn });
  }
}
