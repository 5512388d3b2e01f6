import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterPlan } from "../plan/stack-plan";
import { typeToken } from "./type-token";

export interface EcsClusterArgs {
  readonly plan: ClusterPlan;
}

/**
 * An ECS cluster and the log group of the sessions that `aws ecs execute-command` opens in it.
 * The cluster is free; Container Insights costs by the number of metrics.
 */
export class EcsCluster extends pulumi.ComponentResource {
  readonly clusterName: pulumi.Output<string>;
  readonly clusterArn: pulumi.Output<string>;
  /** Log group that records the sessions of `aws ecs execute-command`. */
  readonly sessionLogGroupArn: pulumi.Output<string>;

  constructor(name: string, args: EcsClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("EcsCluster"), name, args, opts);
    const { plan } = args;

    const sessionLogs = new aws.cloudwatch.LogGroup(
      `${name}-sessions`,
      { retentionInDays: plan.logRetentionDays },
      { parent: this, retainOnDelete: plan.deletionProtection },
    );
    const cluster = new aws.ecs.Cluster(
      name,
      {
        settings: [{ name: "containerInsights", value: plan.containerInsights }],
        configuration: {
          executeCommandConfiguration: {
            logging: "OVERRIDE",
            logConfiguration: { cloudWatchLogGroupName: sessionLogs.name },
          },
        },
      },
      { parent: this },
    );

    this.clusterName = cluster.name;
    this.clusterArn = cluster.arn;
    this.sessionLogGroupArn = sessionLogs.arn;
    this.registerOutputs({
      clusterName: this.clusterName,
      clusterArn: this.clusterArn,
      sessionLogGroupArn: this.sessionLogGroupArn,
    });
  }
}
