import assert from "node:assert/strict";
import type { Bag } from "../../../../../tools/preview/graph";
import { makeCluster, makeNetwork, serviceInputs } from "../network-of";
import type { TestCluster } from "../network-of";
import type { TemporaryAccount } from "../temporary-account";
import { inAccount, refusalOf, textOf } from "../temporary-account";

const SERVICE = "aws:ecs/service:Service";
const PROVIDER = "aws:ecs/capacityProvider:CapacityProvider";
const ASSOCIATION = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders";

const withCluster = (test: (account: TemporaryAccount, cluster: TestCluster) => Promise<void>) =>
  inAccount(async (account) =>
    test(account, await makeCluster(account, await makeNetwork(account))),
  );

describe("the rules of the container service", () => {
  it(
    "refuse a service of what does not exist",
    withCluster(async (account, cluster) => {
      const service = (changes: Bag) =>
        refusalOf(account.make(SERVICE, { ...serviceInputs(cluster), ...changes }));
      assert.equal(
        await service({ cluster: "arn:aws:ecs:eu-central-1:123456789012:cluster/none" }),
        "ClusterNotFoundException: Cluster not found.",
      );
      assert.equal(
        await service({ taskDefinition: "web:7" }),
        "ClientException: TaskDefinition is inactive",
      );
      assert.equal(
        await service({ capacityProviderStrategies: [{ capacityProvider: "none" }] }),
        "InvalidParameterException: The specified capacity provider 'none' was not found. Specify a valid name or ARN and try again.",
      );
      const arn =
        "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/none/0123456789abcdef";
      assert.equal(
        await service({
          loadBalancers: [{ targetGroupArn: arn, containerName: "app", containerPort: 3000 }],
        }),
        `InvalidParameterException: The target group with targetGroupArn ${arn} does not exist.`,
      );
      assert.equal(
        await service({ networkConfiguration: { subnets: ["subnet-0"] } }),
        "InvalidParameterException: The subnet ID 'subnet-0' does not exist",
      );
      assert.equal(
        await service({ networkConfiguration: { subnets: [], securityGroups: ["sg-0"] } }),
        "InvalidParameterException: The security group 'sg-0' does not exist",
      );
    }),
  );

  it(
    "take a cluster by name as well, and the name of a service once in it",
    withCluster(async (account, cluster) => {
      const inputs = {
        ...serviceInputs(cluster),
        cluster: cluster.cluster.outputs["name"] ?? null,
        name: "web",
      };
      await account.make(SERVICE, inputs, "one");
      assert.equal(
        await refusalOf(account.make(SERVICE, inputs, "two")),
        "InvalidParameterException: Creation of service was not idempotent.",
      );
    }),
  );

  it(
    "give a group and a name to one capacity provider, and neither to one that does not exist",
    withCluster(async (account, { group, provider }) => {
      const make = (name: string, autoScalingGroupArn: string) =>
        refusalOf(
          account.make(PROVIDER, { name, autoScalingGroupProvider: { autoScalingGroupArn } }, name),
        );
      assert.equal(
        await make("cp-second", textOf(group, "arn")),
        "ClientException: The specified Auto Scaling group ARN is already being used by another capacity provider. Specify a unique Auto Scaling group ARN and try again.",
      );
      assert.equal(
        await make(textOf(provider, "name"), textOf(group, "arn")),
        "ClientException: The specified capacity provider already exists. To change the configuration of an existing capacity provider, update the capacity provider.",
      );
      assert.equal(
        await make(
          "cp-third",
          "arn:aws:autoscaling:eu-central-1:123456789012:autoScalingGroup:0:n",
        ),
        "ClientException: The specified Auto Scaling group ARN is not valid. Specify the ARN of an existing Auto Scaling group and try again.",
      );
    }),
  );

  it(
    "refuse to associate what does not exist",
    withCluster(async (account, { cluster }) => {
      assert.equal(
        await refusalOf(account.make(ASSOCIATION, { clusterName: "none" }, "other")),
        "ClusterNotFoundException: Cluster not found.",
      );
      const name = cluster.outputs["name"] ?? null;
      assert.equal(
        await refusalOf(
          account.make(ASSOCIATION, { clusterName: name, capacityProviders: ["none"] }, "other"),
        ),
        "InvalidParameterException: The specified capacity provider 'none' was not found. Specify a valid name or ARN and try again.",
      );
    }),
  );

  it(
    "let a cluster go only after its service, its providers and its instances",
    withCluster(async (account, parts) => {
      const { cluster, provider, association, group } = parts;
      const service = await account.make(SERVICE, serviceInputs(parts));
      const inUse =
        "ResourceInUseException: The specified capacity provider is in use and cannot be removed.";

      assert.equal(
        await refusalOf(account.delete(cluster)),
        "ClusterContainsServicesException: The Cluster cannot be deleted while Services are active.",
      );
      assert.equal(await refusalOf(account.delete(association)), inUse);
      assert.equal(await refusalOf(account.delete(provider)), inUse);
      await account.delete(service);
      assert.equal(await refusalOf(account.delete(provider)), inUse);
      await account.delete(association);
      assert.equal(
        await refusalOf(account.delete(cluster)),
        "ClusterContainsContainerInstancesException: The Cluster cannot be deleted while Container Instances are active or draining.",
      );
      await account.delete(provider);
      await account.delete(group);
      await account.delete(cluster);
    }),
  );
});
