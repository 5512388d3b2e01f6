import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { buildTopicKeyPolicy, buildTopicPolicy } from "../lib/notification-policies";
import type { LocationInput } from "./location";
import { typeToken } from "./type-token";

export interface NotificationsArgs {
  /** Where the stack lives. */
  readonly location: LocationInput;
  /** Address that receives every notification, or undefined for none; AWS asks it to confirm. */
  readonly email: pulumi.Input<string> | undefined;
}

/**
 * Where alarms and failed deployments are told: an encrypted SNS topic that CloudWatch and EventBridge
 * of this account may publish to, and an e-mail subscription.
 *
 * Costs: $1 a month for the KMS key.
 */
export class Notifications extends pulumi.ComponentResource {
  /** ARN of the topic, known once its policy lets the publishers in. */
  readonly topicArn: pulumi.Output<string>;

  constructor(name: string, args: NotificationsArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("Notifications"), name, args, opts);
    const location = pulumi.output(args.location);

    // Alarms and rules cannot publish under the AWS-managed key alias/aws/sns: its policy is closed.
    const key = new aws.kms.Key(
      `${name}-notifications`,
      {
        description: `Notifications of ${name}`,
        enableKeyRotation: true,
        policy: pulumi.jsonStringify(location.apply(buildTopicKeyPolicy)),
      },
      { parent: this },
    );
    const topic = new aws.sns.Topic(name, { kmsMasterKeyId: key.arn }, { parent: this });
    const policy = new aws.sns.TopicPolicy(
      name,
      {
        arn: topic.arn,
        policy: pulumi.jsonStringify(
          pulumi
            .all([location, topic.arn])
            .apply(([where, topicArn]) => buildTopicPolicy(where, topicArn)),
        ),
      },
      { parent: this },
    );
    if (args.email !== undefined) {
      new aws.sns.TopicSubscription(
        `${name}-email`,
        { topic: topic.arn, protocol: "email", endpoint: args.email },
        { parent: this },
      );
    }

    this.topicArn = policy.arn;
    this.registerOutputs({ topicArn: this.topicArn });
  }
}
