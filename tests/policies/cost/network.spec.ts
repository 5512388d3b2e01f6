import assert from "node:assert/strict";
import { networkOf } from "../../../policies/cost/network";
import { type Bag, UNKNOWN } from "../../../tools/preview/graph";
import type { Subject } from "../../support/judgement";
import { aStack } from "./a-stack";

const EIP = "aws:ec2/eip:Eip";
const subnets: readonly Subject[] = [
  "public-1",
  "public-2",
  "private-1",
  "private-2",
  "private-3",
].map((name) => ({
  type: "aws:ec2/subnet:Subnet",
  name,
  props: { mapPublicIpOnLaunch: name.startsWith("public") },
}));
const all = subnets.map(({ name }) => name ?? "");

const loadBalancer = (props: Bag, refers: Subject["refers"] = { subnets: all }): Subject => ({
  type: "aws:lb/loadBalancer:LoadBalancer",
  name: "web",
  props: { loadBalancerType: "application", internal: false, subnets: UNKNOWN, ...props },
  refers,
});
const addresses = (...subjects: Subject[]) =>
  networkOf(aStack([...subnets, ...subjects])).publicIpv4Addresses;

const none = { natGateways: 0, loadBalancers: 0, staticIngress: 0, other: 0 };

describe("networkOf", () => {
  it("finds nothing in an empty stack", () => {
    assert.deepEqual(networkOf(aStack([])), {
      applicationLoadBalancers: 0,
      networkLoadBalancers: 0,
      natGateways: 0,
      publicIpv4Addresses: none,
      interfaceEndpointZones: 0,
    });
  });

  it("tells application from network load balancers, under both spellings", () => {
    const { applicationLoadBalancers, networkLoadBalancers } = networkOf(
      aStack([
        loadBalancer({}),
        { ...loadBalancer({}), type: "aws:alb/loadBalancer:LoadBalancer", name: "alb" },
        { ...loadBalancer({ loadBalancerType: UNKNOWN }), name: "unknown" },
        { ...loadBalancer({ loadBalancerType: "network" }), name: "nlb" },
      ]),
    );

    assert.deepEqual([applicationLoadBalancers, networkLoadBalancers], [3, 1]);
  });

  it("gives Elastic IPs to NAT gateways, to load balancers, and to nobody", () => {
    const found = addresses(
      { type: EIP, name: "nat-1" },
      { type: EIP, name: "nat-2" },
      { type: EIP, name: "ingress" },
      { type: EIP, name: "idle" },
      {
        type: "aws:ec2/natGateway:NatGateway",
        name: "nat",
        refers: { allocationId: ["nat-1"], secondaryAllocationIds: ["nat-2"] },
      },
      loadBalancer({ loadBalancerType: "network" }, { subnetMappings: ["ingress", ...all] }),
    );

    assert.deepEqual(found, { natGateways: 2, loadBalancers: 0, staticIngress: 1, other: 1 });
  });

  for (const [what, props, refers, expected] of [
    ["each public subnet that its unknown subnets come from", {}, { subnets: all }, 2],
    ["each subnet that it names", { subnets: ["a", "b", "c"] }, {}, 3],
    ["each subnet that it names, known or not", { subnets: [UNKNOWN, UNKNOWN, UNKNOWN] }, {}, 3],
    ["the two zones that AWS demands, where nothing tells more", {}, {}, 2],
    ["none where it is internal", { internal: true }, { subnets: all }, 0],
    [
      "none where it has IPv6 alone",
      { ipAddressType: "dualstack-without-public-ipv4" },
      { subnets: all },
      0,
    ],
  ] as const) {
    it(`counts for a load balancer ${what}`, () => {
      assert.deepEqual(
        addresses(loadBalancer(props as unknown as Bag, refers as unknown as Subject["refers"])),
        { ...none, loadBalancers: expected },
      );
    });
  }

  for (const [what, props, expected] of [
    ["each private subnet", { vpcEndpointType: "Interface", subnetIds: UNKNOWN }, 3],
    ["each subnet that it names", { vpcEndpointType: "Interface", subnetIds: ["a"] }, 1],
    ["no zone of a gateway endpoint", { vpcEndpointType: "Gateway", subnetIds: UNKNOWN }, 0],
    ["no zone of an endpoint without a type", {}, 0],
  ] as const) {
    it(`counts for an endpoint ${what}`, () => {
      const endpoint = {
        type: "aws:ec2/vpcEndpoint:VpcEndpoint",
        name: "endpoint",
        props: props as unknown as Bag,
        refers: { subnetIds: all },
      };

      assert.equal(networkOf(aStack([...subnets, endpoint])).interfaceEndpointZones, expected);
    });
  }
});
