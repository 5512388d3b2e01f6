import assert from "node:assert/strict";
import { openAccount } from "../../../../../tools/simulated-aws/cloud/account-folder";
import { makeCluster, makeNetwork } from "../network-of";
import type { Made, TemporaryAccount } from "../temporary-account";
import { inAccount, refusalOf } from "../temporary-account";

const GROUP = "aws:autoscaling/group:Group";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

const instances = (account: TemporaryAccount) =>
  openAccount(account.folder)
    .ofType("aws:ec2/instance:Instance")
    .sort((one, other) => one.incarnation - other.incarnation);

describe("the behaviour of an auto scaling group", () => {
  it(
    "starts as many protected instances as it wants, in its subnets and in the cluster of its user data",
    inAccount(async (account) => {
      const network = await makeNetwork(account);
      const { group, cluster, template } = await makeCluster(account, network);

      const found = instances(account);
      assert.deepEqual(
        found.map(({ inputs }) => inputs["subnetId"]),
        network.subnets.map(({ id }) => id),
      );
      assert.deepEqual(found[0]?.inputs, {
        autoscalingGroup: group.id,
        cluster: cluster.outputs["name"],
        launchTemplateId: template.id,
        launchTemplateVersion: "1",
        protectedFromScaleIn: true,
        subnetId: network.subnets[0].id,
        vpcSecurityGroupIds: [network.group.id],
      });
    }),
  );

  it(
    "starts and ends instances with its bounds, and rolls them to another version",
    inAccount(async (account) => {
      const { group, template } = await makeCluster(account, await makeNetwork(account));
      const [first] = instances(account);

      assert.equal((await account.change(group, { minSize: 3 }))["desiredCapacity"], 3);
      assert.equal(instances(account).length, 3);

      const raised = { ...group, inputs: { ...group.inputs, minSize: 3 } };
      await account.change(raised, { minSize: 0, maxSize: 1 });
      assert.deepEqual(
        instances(account).map(({ id }) => id),
        [first?.id],
      );

      await account.change(template, { imageId: "ami-2" });
      await account.change(group, { launchTemplate: { id: template.id, version: "2" } });
      assert.equal(instances(account)[0]?.inputs["launchTemplateVersion"], "2");
    }),
  );

  it(
    "wants its smallest size where the program wants nothing",
    inAccount(async (account) => {
      const group = await account.make(GROUP, { minSize: 2, maxSize: 3 });
      assert.equal(group.outputs["desiredCapacity"], 2);
      assert.equal(group.inputs["desiredCapacity"], undefined);
      assert.equal(instances(account).length, 2);
    }),
  );

  it(
    "refuses bounds that cross, and a wish beyond them",
    inAccount(async (account) => {
      assert.equal(
        await refusalOf(account.make(GROUP, { minSize: 2, maxSize: 1 })),
        "ValidationError: Max bound, 1, must be greater than or equal to min bound, 2",
      );
      assert.equal(
        await refusalOf(account.make(GROUP, { minSize: 1, maxSize: 2, desiredCapacity: 3 })),
        "ValidationError: Desired capacity:3 must be between the specified min size:1 and max size:2",
      );
    }),
  );

  it(
    "refuses a launch template that could start nothing",
    inAccount(async (account) => {
      const group = (template: Made, version = "$Latest") =>
        refusalOf(
          account.make(GROUP, {
            minSize: 1,
            maxSize: 1,
            launchTemplate: { id: template.id, version },
          }),
        );
      const whole = "ValidationError: You must use a valid fully-formed launch template.";
      const plain = await account.make(TEMPLATE, {}, "plain");
      assert.equal(
        await group(plain, "2"),
        `${whole} Could not find launch template version 2 for launch template ${plain.id}`,
      );
      const profile = "arn:aws:iam::123456789012:instance-profile/none";
      assert.equal(
        await group(
          await account.make(TEMPLATE, { iamInstanceProfile: { arn: profile } }, "profile"),
        ),
        `${whole} Value (${profile}) for parameter iamInstanceProfile.arn is invalid. Invalid IAM Instance Profile ARN`,
      );
      assert.equal(
        await group(await account.make(TEMPLATE, { vpcSecurityGroupIds: ["sg-0"] }, "groups")),
        `${whole} The security group 'sg-0' does not exist`,
      );
    }),
  );
});
