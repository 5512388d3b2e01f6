import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { buildInstancePolicy, buildInstanceTrustPolicy } from "../lib/instance-policies";
import { knownAfter } from "./known-after";
import { typeToken } from "./type-token";

export interface InstanceRoleArgs {
  /** The cluster that the instances may join. */
  readonly clusterArn: pulumi.Input<string>;
  /** ARN of the policy that bounds the role. @default - none */
  readonly permissionsBoundary?: string | undefined;
}

/**
 * The role of container instances: the ECS agent's permissions on one cluster, and Systems Manager,
 * which replaces SSH. Containers cannot take it; tasks have roles of their own. Free of charge.
 */
export class InstanceRole extends pulumi.ComponentResource {
  /**
   * Known once the role has its permissions: an instance without them joins no cluster, and one that
   * loses them cannot report its last tasks as stopped.
   */
  readonly instanceProfileArn: pulumi.Output<string>;

  constructor(name: string, args: InstanceRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("InstanceRole"), name, args, opts);
    const { partition } = aws.getPartitionOutput({}, { parent: this });

    const role = new aws.iam.Role(
      `${name}-instance`,
      {
        description: "Container instances of an ECS cluster",
        assumeRolePolicy: pulumi.jsonStringify(buildInstanceTrustPolicy()),
        permissionsBoundary: args.permissionsBoundary,
      },
      { parent: this },
    );
    const agentPolicy = new aws.iam.RolePolicy(
      `${name}-instance-agent`,
      {
        role: role.name,
        policy: pulumi.jsonStringify(pulumi.output(args.clusterArn).apply(buildInstancePolicy)),
      },
      { parent: this },
    );
    const systemsManager = new aws.iam.RolePolicyAttachment(
      `${name}-instance-systems-manager`,
      {
        role: role.name,
        policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/AmazonSSMManagedInstanceCore`,
      },
      { parent: this },
    );
    const profile = new aws.iam.InstanceProfile(
      `${name}-instance`,
      { role: role.name },
      { parent: this },
    );

    this.instanceProfileArn = knownAfter(profile.arn, [agentPolicy, systemsManager]);
    this.registerOutputs({ instanceProfileArn: this.instanceProfileArn });
  }
}
