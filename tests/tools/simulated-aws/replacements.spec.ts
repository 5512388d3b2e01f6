import assert from "node:assert/strict";
import { UNKNOWN } from "../../../tools/preview/graph";
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

  it("replaces a network load balancer that does not get more subnets, and no other", () => {
    const replaced = (before: string[], after: string[]) =>
      replacedProperties(BALANCER, ["subnets"], {
        olds: network({ subnets: before }),
        news: network({ subnets: after }),
      });
    assert.deepEqual(replaced(["a", "b"], ["a"]), ["subnets"]);
    assert.deepEqual(replaced(["a", "b"], ["a", "c"]), ["subnets"]);
    assert.deepEqual(replaced(["a"], ["a", "b"]), []);
    assert.deepEqual(replaced(["a", "b"], ["b", "a"]), []);
  });

  it("replaces a load balancer whose mappings are swapped and become more or fewer", () => {
    const replaced = (type: string, before: string[], after: string[]) => {
      const [olds = {}, news = {}] = [before, after].map((subnets) => ({
        loadBalancerType: type,
        subnetMappings: subnets.map((subnetId) => ({ subnetId })),
      }));
      return replacedProperties(BALANCER, ["subnetMappings"], { olds, news });
    };
    for (const type of ["application", "network"]) {
      assert.deepEqual(replaced(type, ["a"], ["b", "c"]), ["subnetMappings"]);
      assert.deepEqual(replaced(type, ["a", "b"], ["c"]), ["subnetMappings"]);
      assert.deepEqual(replaced(type, ["a"], ["a", "b"]), []);
      assert.deepEqual(replaced(type, ["a"], ["b"]), []);
    }
    assert.deepEqual(replaced("network", ["a", "b"], ["a"]), ["subnetMappings"]);
    assert.deepEqual(replaced("application", ["a", "b"], ["a"]), []);
  });

  it("replaces no load balancer for a list that is not known yet", () => {
    const olds = network({ subnets: ["a", "b"], securityGroups: ["a"] });
    const replaced = (news: object) =>
      replacedProperties(BALANCER, ["subnets", "securityGroups"], { olds, news: network(news) });
    assert.deepEqual(replaced({ subnets: UNKNOWN, securityGroups: UNKNOWN }), []);
    assert.deepEqual(replaced({ subnets: [UNKNOWN], securityGroups: [UNKNOWN] }), []);
    assert.deepEqual(replaced({ subnets: ["a"], securityGroups: [] }), [
      "subnets",
      "securityGroups",
    ]);
  });

  it("replaces a network load balancer that gives secondary addresses back, and no other", () => {
    const replaced = (before: object, after: object) =>
      replacedProperties(BALANCER, ["secondaryIpsAutoAssignedPerSubnet"], {
        olds: network(before),
        news: network(after),
      }).length;
    const [one, two] = [1, 2].map((count) => ({ secondaryIpsAutoAssignedPerSubnet: count }));
    assert.equal(replaced(two ?? {}, one ?? {}), 1);
    assert.equal(replaced(one ?? {}, {}), 1);
    assert.equal(replaced(one ?? {}, two ?? {}), 0);
    assert.equal(replaced({}, one ?? {}), 0);
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

  it("replaces a subnet for another IPv6 block where it assigned the addresses, and not elsewhere", () => {
    const replaced = (assignIpv6AddressOnCreation: boolean) =>
      replacedProperties("aws:ec2/subnet:Subnet", ["ipv6CidrBlock"], {
        olds: { assignIpv6AddressOnCreation, ipv6CidrBlock: "2001:db8::/64" },
        news: { assignIpv6AddressOnCreation: false, ipv6CidrBlock: "2001:db8:0:1::/64" },
      });
    assert.deepEqual(replaced(true), ["ipv6CidrBlock"]);
    assert.deepEqual(replaced(false), []);
  });

  it("replaces every endpoint but an interface for its private names", () => {
    const replaced = (vpcEndpointType: string) =>
      replacedProperties("aws:ec2/vpcEndpoint:VpcEndpoint", ["privateDnsEnabled"], {
        olds: { vpcEndpointType, privateDnsEnabled: false },
        news: { vpcEndpointType, privateDnsEnabled: true },
      });
    assert.deepEqual(replaced("Gateway"), ["privateDnsEnabled"]);
    assert.deepEqual(replaced("Resource"), ["privateDnsEnabled"]);
    assert.deepEqual(replaced("Interface"), []);
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
