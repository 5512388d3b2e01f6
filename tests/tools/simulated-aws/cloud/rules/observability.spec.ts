import assert from "node:assert/strict";
import { inventory } from "../../../../../tools/simulated-aws/cloud/inventory";
import { inAccount, refusalOf } from "../temporary-account";

const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const TOPIC = "aws:sns/topic:Topic";
const TOPIC_ARN = "arn:aws:sns:eu-central-1:123456789012:none";

describe("the rules of observability", () => {
  it(
    "give the name of a log group, a topic and a budget once",
    inAccount(async (account) => {
      const twice = async (type: string, inputs: Record<string, string>) => {
        await account.make(type, { ...inputs, name: "web" }, "one");
        return refusalOf(account.make(type, { ...inputs, name: "web" }, "two"));
      };
      assert.equal(
        await twice("aws:cloudwatch/logGroup:LogGroup", {}),
        "ResourceAlreadyExistsException: The specified log group already exists",
      );
      assert.equal(
        await twice(TOPIC, {}),
        "InvalidParameter: Invalid parameter: Attributes Reason: Topic already exists with different attributes",
      );
      assert.equal(
        await twice("aws:budgets/budget:Budget", { budgetType: "COST", timeUnit: "MONTHLY" }),
        "DuplicateRecordException: Error creating budget: web - the budget already exists.",
      );
    }),
  );

  it(
    "write an alarm over that has the same name",
    inAccount(async (account) => {
      const alarm = {
        name: "web",
        comparisonOperator: "GreaterThanThreshold",
        evaluationPeriods: 1,
      };
      const type = "aws:cloudwatch/metricAlarm:MetricAlarm";
      await account.make(type, alarm, "one");
      const second = await account.make(type, { ...alarm, evaluationPeriods: 2 }, "two");
      assert.equal(inventory(account.folder).length, 1);
      assert.equal((await account.cloud.read(second))?.inputs["evaluationPeriods"], 2);
    }),
  );

  it(
    "refuse a target of a rule that does not exist, and keep a rule with targets",
    inAccount(async (account) => {
      assert.equal(
        await refusalOf(account.make(TARGET, { rule: "none", arn: TOPIC_ARN })),
        "ResourceNotFoundException: Rule none does not exist on EventBus default.",
      );
      const rule = await account.make(RULE, { eventPattern: "{}" });
      const target = await account.make(TARGET, { rule: rule.id, arn: TOPIC_ARN });
      assert.equal(
        await refusalOf(account.delete(rule)),
        "ValidationException: Rule can't be deleted since it has targets.",
      );
      await account.delete(target);
      await account.delete(rule);
    }),
  );

  it(
    "refuse what belongs to a topic that does not exist, and let it go with one",
    inAccount(async (account) => {
      for (const [type, inputs] of [
        ["aws:sns/topicPolicy:TopicPolicy", { arn: TOPIC_ARN, policy: "{}" }],
        [
          "aws:sns/topicSubscription:TopicSubscription",
          { topic: TOPIC_ARN, protocol: "email", endpoint: "a@example.com" },
        ],
      ] as const) {
        assert.equal(await refusalOf(account.make(type, inputs)), "NotFound: Topic does not exist");
      }
      const topic = await account.make(TOPIC, {});
      await account.make("aws:sns/topicPolicy:TopicPolicy", { arn: topic.id, policy: "{}" });
      await account.delete(topic);
      assert.deepEqual(inventory(account.folder), []);
    }),
  );
});
