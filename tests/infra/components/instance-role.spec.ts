import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { InstanceRole } from "../../../infra/components/instance-role";
import {
  buildInstancePolicy,
  buildInstanceTrustPolicy,
} from "../../../infra/lib/instance-policies";
import { underMocks } from "../../support/program-under-mocks";

const CLUSTER_ARN = "arn:aws:ecs:eu-central-1:123456789012:cluster/web";

const declareRole = (region: string) =>
  underMocks(
    () => {
      const { instanceProfileArn } = new InstanceRole("web", { clusterArn: CLUSTER_ARN });
      new aws.ec2.LaunchTemplate("user", { iamInstanceProfile: { arn: instanceProfileArn } });
      return { instanceProfileArn };
    },
    { config: { "aws:region": region } },
  );

describe("InstanceRole", () => {
  it("declares a role with two policies and its instance profile", async () => {
    const program = await declareRole("eu-central-1");

    assert.deepEqual(program.resources.map(({ type, name }) => `${type} ${name}`).sort(), [
      "aws:ec2/launchTemplate:LaunchTemplate user",
      "aws:iam/instanceProfile:InstanceProfile web-instance",
      "aws:iam/role:Role web-instance",
      "aws:iam/rolePolicy:RolePolicy web-instance-agent",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment web-instance-systems-manager",
      "ecs-on-ec2:index:InstanceRole web",
    ]);
  });

  it("gives the role to EC2, and the agent's permissions on the cluster to the role", async () => {
    const program = await declareRole("eu-central-1");

    const role = program.only("aws:iam/role:Role");
    assert.deepEqual(
      JSON.parse(role.inputs["assumeRolePolicy"] as string),
      buildInstanceTrustPolicy(),
    );
    const policy = program.only("aws:iam/rolePolicy:RolePolicy");
    assert.deepEqual(
      JSON.parse(policy.inputs["policy"] as string),
      buildInstancePolicy(CLUSTER_ARN),
    );
    const profile = program.only("aws:iam/instanceProfile:InstanceProfile");
    assert.match(profile.inputs["role"] as string, /^web-instance-[0-9a-f]{7}$/);
    assert.equal(policy.inputs["role"], profile.inputs["role"]);
  });

  for (const [region, partition] of [
    ["eu-central-1", "aws"],
    ["us-gov-west-1", "aws-us-gov"],
    ["cn-north-1", "aws-cn"],
  ] as const) {
    it(`attaches the managed policy of Systems Manager in the partition ${partition}`, async () => {
      const program = await declareRole(region);

      const attachment = program.only("aws:iam/rolePolicyAttachment:RolePolicyAttachment");
      assert.equal(
        attachment.inputs["policyArn"],
        `arn:${partition}:iam::aws:policy/AmazonSSMManagedInstanceCore`,
      );
    });
  }

  it("is used by instances only between the creation and the deletion of its permissions", async () => {
    const program = await declareRole("eu-central-1");

    const { dependencies } = program.named("aws:ec2/launchTemplate:LaunchTemplate", "user");
    for (const type of [
      "aws:iam/instanceProfile:InstanceProfile",
      "aws:iam/rolePolicy:RolePolicy",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    ]) {
      assert.ok(dependencies.includes(program.only(type).urn), type);
    }
  });
});
