import assert from "node:assert/strict";
import { inventory } from "../../../../../tools/simulated-aws/cloud/inventory";
import { makeCluster, makeNetwork, serviceInputs } from "../network-of";
import { inAccount, refusalOf, textOf } from "../temporary-account";

const GROUP = "aws:autoscaling/group:Group";
const TARGET = "aws:appautoscaling/target:Target";
const POLICY = "aws:appautoscaling/policy:Policy";
const SCALED = { scalableDimension: "ecs:service:DesiredCount", serviceNamespace: "ecs" };

describe("the rules of auto scaling", () => {
  it(
    "refuse a group of what does not exist",
    inAccount(async (account) => {
      const group = { minSize: 0, maxSize: 1 };
      const refusal = (inputs: object) => refusalOf(account.make(GROUP, { ...group, ...inputs }));
      const template = (id: string) =>
        `ValidationError: You must use a valid fully-formed launch template. The specified launch template, with template ID ${id}, does not exist.`;
      assert.equal(await refusal({ launchTemplate: { id: "lt-0" } }), template("lt-0"));
      const launchTemplateSpecification = { launchTemplateId: "lt-1" };
      assert.equal(
        await refusal({
          mixedInstancesPolicy: { launchTemplate: { launchTemplateSpecification } },
        }),
        template("lt-1"),
      );
      assert.equal(
        await refusal({ vpcZoneIdentifiers: ["subnet-0"] }),
        "ValidationError: The subnet ID 'subnet-0' does not exist",
      );
      assert.equal(
        await refusal({ targetGroupArns: ["arn:none"] }),
        "ValidationError: Provided Target Groups may not be valid. Please ensure they exist and try again.",
      );
      assert.equal(
        await refusalOf(
          account.make("aws:autoscaling/schedule:Schedule", {
            autoscalingGroupName: "none",
            scheduledActionName: "night",
          }),
        ),
        "ValidationError: Group none not found",
      );
    }),
  );

  it(
    "give the name of a group and of a launch template once",
    inAccount(async (account) => {
      await account.make(GROUP, { name: "web", minSize: 0, maxSize: 1 }, "one");
      assert.equal(
        await refusalOf(account.make(GROUP, { name: "web", minSize: 0, maxSize: 1 }, "two")),
        "AlreadyExists: AutoScalingGroup by this name already exists - A group with the name web already exists",
      );
      const template = "aws:ec2/launchTemplate:LaunchTemplate";
      await account.make(template, { name: "web" }, "one");
      assert.equal(
        await refusalOf(account.make(template, { name: "web" }, "two")),
        "InvalidLaunchTemplateName.AlreadyExistsException: Launch template name already in use.",
      );
    }),
  );

  it(
    "keep a group whose instances a capacity provider protects, unless it is forced",
    inAccount(async (account) => {
      const { group, provider, association } = await makeCluster(
        account,
        await makeNetwork(account),
      );
      const instances = () =>
        inventory(account.folder).filter(({ type }) => type === "aws:ec2/instance:Instance").length;

      assert.equal(
        await refusalOf(account.delete(group)),
        "ResourceInUse: You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.",
      );
      assert.equal(instances(), 2);
      // Without the capacity provider the AWS provider takes the protection off itself.
      await account.delete(association);
      await account.delete(provider);
      await account.delete(group);
      assert.equal(instances(), 0);
    }),
  );

  it(
    "let a forced group go with its instances",
    inAccount(async (account) => {
      const { group } = await makeCluster(account, await makeNetwork(account));
      await account.change(group, { forceDelete: true });
      await account.delete(group);
      assert.equal(
        inventory(account.folder).some(({ type }) => type === "aws:ec2/instance:Instance"),
        false,
      );
    }),
  );

  it(
    "scale a service that exists, by policies of a target that exists",
    inAccount(async (account) => {
      const cluster = await makeCluster(account, await makeNetwork(account));
      const service = await account.make("aws:ecs/service:Service", {
        ...serviceInputs(cluster),
        name: "web",
      });
      const resourceId = `service/${textOf(cluster.cluster, "name")}/web`;
      const bounds = { minCapacity: 1, maxCapacity: 4 };

      assert.equal(
        await refusalOf(account.make(TARGET, { ...SCALED, ...bounds, resourceId: "service/a/b" })),
        "ValidationException: ECS service doesn't exist: service/a/b",
      );
      assert.equal(
        await refusalOf(account.make(POLICY, { ...SCALED, resourceId })),
        `ObjectNotFoundException: No scalable target found for service namespace: ecs, resource ID: ${resourceId}, scalable dimension: ecs:service:DesiredCount`,
      );
      const target = await account.make(TARGET, { ...SCALED, ...bounds, resourceId });
      const policy = await account.make(POLICY, { ...SCALED, resourceId });
      // Its policies go with a target, and neither keeps a service.
      await account.delete(target);
      assert.equal(await account.cloud.read(policy), undefined);
      await account.delete(service);
    }),
  );
});
