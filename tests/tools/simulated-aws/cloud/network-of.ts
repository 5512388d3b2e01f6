import { textOf } from "./temporary-account";
import type { Made, TemporaryAccount } from "./temporary-account";

/** A VPC with two public subnets in two zones and an internet gateway. */
export interface TestNetwork {
  readonly vpc: Made;
  readonly gateway: Made;
  readonly subnets: readonly [Made, Made];
  readonly group: Made;
}

export async function makeNetwork(account: TemporaryAccount): Promise<TestNetwork> {
  const vpc = await account.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" });
  const gateway = await account.make("aws:ec2/internetGateway:InternetGateway", { vpcId: vpc.id });
  const [first, second] = await Promise.all(
    ["a", "b"].map((letter, index) =>
      account.make(
        "aws:ec2/subnet:Subnet",
        {
          vpcId: vpc.id,
          cidrBlock: `10.0.${String(index)}.0/24`,
          availabilityZone: `eu-central-1${letter}`,
        },
        `subnet-${letter}`,
      ),
    ),
  );
  const group = await account.make("aws:ec2/securityGroup:SecurityGroup", { vpcId: vpc.id });
  return { vpc, gateway, subnets: [first!, second!], group };
}

/** A load balancer with a listener that sends to a target group. */
export async function makeLoadBalancer(
  account: TemporaryAccount,
  { vpc, subnets, group }: TestNetwork,
): Promise<{ balancer: Made; targets: Made; listener: Made }> {
  const balancer = await account.make("aws:lb/loadBalancer:LoadBalancer", {
    subnets: subnets.map(({ id }) => id),
    securityGroups: [group.id],
  });
  const targets = await account.make("aws:lb/targetGroup:TargetGroup", {
    port: 3000,
    protocol: "HTTP",
    vpcId: vpc.id,
  });
  const listener = await account.make("aws:lb/listener:Listener", {
    loadBalancerArn: balancer.id,
    port: 80,
    protocol: "HTTP",
    defaultActions: [{ type: "forward", targetGroupArn: targets.id }],
  });
  return { balancer, targets, listener };
}

/** A cluster whose capacity provider runs a group of two protected instances. */
export interface TestCluster {
  readonly cluster: Made;
  readonly template: Made;
  readonly group: Made;
  readonly provider: Made;
  readonly association: Made;
  readonly definition: Made;
}

export async function makeCluster(
  account: TemporaryAccount,
  network: TestNetwork,
): Promise<TestCluster> {
  const cluster = await account.make("aws:ecs/cluster:Cluster", {});
  const clusterName = textOf(cluster, "name");
  const template = await account.make("aws:ec2/launchTemplate:LaunchTemplate", {
    imageId: "ami-1",
    userData: Buffer.from(`#!/bin/bash\nECS_CLUSTER=${clusterName}\n`).toString("base64"),
    vpcSecurityGroupIds: [network.group.id],
  });
  const group = await account.make("aws:autoscaling/group:Group", {
    minSize: 1,
    maxSize: 4,
    desiredCapacity: 2,
    protectFromScaleIn: true,
    vpcZoneIdentifiers: network.subnets.map(({ id }) => id),
    launchTemplate: { id: template.id, version: "1" },
  });
  const provider = await account.make(
    "aws:ecs/capacityProvider:CapacityProvider",
    {
      autoScalingGroupProvider: {
        autoScalingGroupArn: group.outputs["arn"] ?? null,
        managedTerminationProtection: "ENABLED",
      },
    },
    "cp-web",
  );
  const association = await account.make(
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
    { clusterName, capacityProviders: [provider.outputs["name"] ?? null] },
  );
  const definition = await account.make("aws:ecs/taskDefinition:TaskDefinition", {
    family: "web",
    containerDefinitions: JSON.stringify([
      { name: "app", portMappings: [{ containerPort: 3000 }] },
    ]),
  });
  return { cluster, template, group, provider, association, definition };
}

/** Settings of a service on that cluster, which takes part in no load balancing. */
export function serviceInputs({ cluster, provider, definition }: TestCluster): Made["inputs"] {
  return {
    cluster: cluster.id,
    taskDefinition: definition.outputs["arn"] ?? null,
    capacityProviderStrategies: [{ capacityProvider: provider.outputs["name"] ?? null, weight: 1 }],
    desiredCount: 2,
  };
}
