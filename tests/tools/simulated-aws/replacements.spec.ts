import assert from "node:assert/strict";
import { replacedProperties } from "../../../tools/simulated-aws/replacements";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const PROVIDER = "aws:ecs/capacityProvider:CapacityProvider";
const network = (inputs: object) => ({ loadBalancerType: "network", ...inputs });

describe("replacedProperties", () => {
  it("names what makes a new resource, and leaves out what changes in place", () => {
    assert.deepEqual(
      replacedProperties("aws:lb/targetGroup:TargetGroup", [
        "healthCheck.path",
        "port",
        "deregistrationDelay",
        "vpcId",
      ]),
      ["port", "vpcId"],
    );
  });

  it("takes a part of a property for the property", () => {
    assert.deepEqual(
      replacedProperties("aws:ecs/taskDefinition:TaskDefinition", [
        "requiresCompatibilities[0]",
        "runtimePlatform.cpuArchitecture",
        "tags.Name",
      ]),
      ["requiresCompatibilities[0]", "runtimePlatform.cpuArchitecture"],
    );
  });

  it("looks inside a block where only a part of it is fixed", () => {
    assert.deepEqual(
      replacedProperties(PROVIDER, [
        "autoScalingGroupProvider.managedScaling.targetCapacity",
        "autoScalingGroupProvider.autoScalingGroupArn",
      ]),
      ["autoScalingGroupProvider.autoScalingGroupArn"],
    );
    assert.deepEqual(replacedProperties(PROVIDER, ["autoScalingGroupProvider"]), [
      "autoScalingGroupProvider",
    ]);
  });

  it("replaces nothing of a service for its load balancers or its strategy", () => {
    assert.deepEqual(
      replacedProperties("aws:ecs/service:Service", [
        "capacityProviderStrategies[0].weight",
        "desiredCount",
        "loadBalancers[0].targetGroupArn",
        "networkConfiguration.subnets",
        "taskDefinition",
      ]),
      [],
    );
  });

  it("replaces a network load balancer that leaves a subnet, but not one that gets another", () => {
    const [one, two] = [network({ subnets: ["a"] }), network({ subnets: ["a", "b"] })];
    assert.deepEqual(replacedProperties(BALANCER, ["subnets"], { olds: two, news: one }), [
      "subnets",
    ]);
    assert.deepEqual(replacedProperties(BALANCER, ["subnets"], { olds: one, news: two }), []);
  });

  it("replaces a network load balancer that gets its first or loses its last security group", () => {
    const [none, one, two] = [[], ["a"], ["a", "b"]].map((securityGroups) =>
      network({ securityGroups }),
    );
    const replaced = (olds = {}, news = {}) =>
      replacedProperties(BALANCER, ["securityGroups"], { olds, news });
    assert.deepEqual(replaced(none, one), ["securityGroups"]);
    assert.deepEqual(replaced(one, none), ["securityGroups"]);
    assert.deepEqual(replaced(one, two), []);
  });

  it("lets an application load balancer change its subnets in place", () => {
    const olds = { loadBalancerType: "application", subnets: ["a", "b"] };
    const news = { loadBalancerType: "application", subnets: ["a"] };
    assert.deepEqual(replacedProperties(BALANCER, ["subnets"], { olds, news }), []);
  });

  it("replaces a parameter that leaves the advanced tier, and no other", () => {
    const replaced = (from: string, to: string) =>
      replacedProperties("aws:ssm/parameter:Parameter", ["tier"], {
        olds: { tier: from },
        news: { tier: to },
      });
    assert.deepEqual(replaced("Advanced", "Standard"), ["tier"]);
    assert.deepEqual(replaced("Standard", "Advanced"), []);
  });

  it("replaces no provider", () => {
    assert.deepEqual(replacedProperties("pulumi:providers:aws", ["region"]), []);
  });

  it("fails loudly for a type that is not in the table", () => {
    assert.throws(() => replacedProperties("aws:rds/instance:Instance", ["engine"]), {
      message:
        'type "aws:rds/instance:Instance" has no entry in REPLACEMENTS; ' +
        "add what of it cannot be changed in place to a table in tools/simulated-aws/replacements",
    });
  });
});
