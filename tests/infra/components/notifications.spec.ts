import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Notifications } from "../../../infra/components/notifications";
import { buildTopicKeyPolicy, buildTopicPolicy } from "../../../infra/lib/notification-policies";
import { underMocks } from "../../support/program-under-mocks";

const LOCATION = { partition: "aws", region: "eu-central-1", accountId: "123456789012" };

const declare = (email?: pulumi.Input<string>) =>
  underMocks(() => {
    const { topicArn } = new Notifications("web", { location: LOCATION, email });
    return { topicArn };
  });

describe("Notifications", () => {
  it("is a key, a topic and its policy", async () => {
    const { resources } = await declare();

    assert.deepEqual(resources.map(({ type, name }) => `${type} ${name}`).sort(), [
      "aws:kms/key:Key web-notifications",
      "aws:sns/topic:Topic web",
      "aws:sns/topicPolicy:TopicPolicy web",
      "ecs-on-ec2:index:Notifications web",
    ]);
  });

  it("encrypts the topic with a key of its own that turns every year", async () => {
    const program = await declare();
    const key = program.only("aws:kms/key:Key");

    assert.equal(key.inputs["enableKeyRotation"], true);
    assert.equal(key.inputs["policy"], JSON.stringify(buildTopicKeyPolicy(LOCATION)));
    assert.match(
      program.only("aws:sns/topic:Topic").inputs["kmsMasterKeyId"] as string,
      /^arn:aws:kms:eu-central-1:123456789012:key\//,
    );
  });

  it("lets the publishers in before it tells the topic's ARN", async () => {
    const program = await declare();
    const policy = program.only("aws:sns/topicPolicy:TopicPolicy");
    const topicArn = program.outputs["topicArn"] as string;

    assert.match(topicArn, /^arn:aws:sns:eu-central-1:123456789012:web-/);
    assert.equal(policy.inputs["arn"], topicArn);
    assert.equal(policy.inputs["policy"], JSON.stringify(buildTopicPolicy(LOCATION, topicArn)));
  });

  it("lets an alarm use the topic only once its policy stands", async () => {
    const program = await underMocks(() => {
      const { topicArn } = new Notifications("web", { location: LOCATION, email: undefined });
      new aws.cloudwatch.MetricAlarm("user", {
        comparisonOperator: "GreaterThanThreshold",
        evaluationPeriods: 1,
        alarmActions: [topicArn],
      });
      return {};
    });

    assert.ok(
      program
        .only("aws:cloudwatch/metricAlarm:MetricAlarm")
        .dependencies.includes(program.only("aws:sns/topicPolicy:TopicPolicy").urn),
    );
  });

  it("writes to an address that is given", async () => {
    const program = await declare("ops@example.com");
    const { inputs, secretInputs } = program.only("aws:sns/topicSubscription:TopicSubscription");

    assert.deepEqual(inputs, {
      endpoint: "ops@example.com",
      protocol: "email",
      topic: program.outputs["topicArn"],
    });
    assert.deepEqual(secretInputs, []);
  });

  it("keeps a secret address secret", async () => {
    const program = await declare(pulumi.secret("ops@example.com"));
    const { inputs, secretInputs } = program.only("aws:sns/topicSubscription:TopicSubscription");

    assert.equal(inputs["endpoint"], "ops@example.com");
    assert.deepEqual(secretInputs, ["endpoint"]);
  });
});
