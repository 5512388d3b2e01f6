import assert from "node:assert/strict";
import type { Bag, ResourceNode } from "../../../../tools/preview/graph";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { having, ingress, output } from "./changes-between";
import {
  back,
  fromWorld,
  instances,
  privateSubnet,
  publicSubnet,
  route,
  subnet,
  table,
  taskService,
  template,
  vpc,
  waysInto,
  webStack,
} from "./web-stack";

const direct = (...others: readonly ResourceNode[]): readonly string[] =>
  waysInto(webStack(fromWorld(22, back), ...others)).filter((way) => !way.includes("LoadBalancer"));
const WAY = "Group web: tcp 22";
const possible = (what: string) => `${WAY} (possible: the preview does not know ${what})`;

const inSubnets = (...subnets: readonly string[]) =>
  instances({ vpcZoneIdentifiers: [...subnets] });
const inPublic = inSubnets(output(publicSubnet, "id"));
const asking = (associatePublicIpAddress: string) =>
  template({
    vpcSecurityGroupIds: [],
    networkInterfaces: [{ associatePublicIpAddress, securityGroups: [output(back, "id")] }],
  });
const publicWith = (inputs: Bag) => ({
  ...publicSubnet,
  inputs: { ...publicSubnet.inputs, ...inputs },
});

describe("publicAddresses", () => {
  for (const [title, nodes, expected] of [
    ["in a private subnet", [], []],
    ["in a public subnet that gives addresses", [inPublic], [WAY]],
    [
      "in a public subnet that gives none",
      [inPublic, publicWith({ mapPublicIpOnLaunch: false })],
      [],
    ],
    [
      "with an address by their template",
      [inPublic, publicWith({ mapPublicIpOnLaunch: false }), asking("true")],
      [WAY],
    ],
    ["without one by their template", [inPublic, asking("false")], []],
    ["with an address, but no gateway", [asking("true")], []],
    [
      "in a subnet of which only the deployment tells",
      [inPublic, publicWith({ mapPublicIpOnLaunch: UNKNOWN })],
      [possible("the addresses of Subnet public")],
    ],
    [
      "with a template of which only the deployment tells",
      [inPublic, asking(UNKNOWN)],
      [possible("the public address of Group web")],
    ],
    [
      "in subnets that the stack does not declare",
      [inSubnets("subnet-1")],
      [possible("the subnets of Group web")],
    ],
    [
      "in both kinds of subnets",
      [inSubnets(output(privateSubnet, "id"), output(publicSubnet, "id"))],
      [WAY],
    ],
    ["in such subnets, without an address", [inSubnets("subnet-1"), asking("false")], []],
  ] as const) {
    it(`weighs instances ${title}`, () => {
      assert.deepEqual(direct(...nodes), expected);
    });
  }

  for (const [title, nodes, expected] of [
    ["to a NAT gateway", [route({ gatewayId: "", natGatewayId: "nat-1" })], []],
    ["to a gateway that the stack does not declare", [route({ gatewayId: "igw-1" })], [WAY]],
    ["to a part of the network", [route({ destinationCidrBlock: "10.8.0.0/16" })], []],
    [
      "to an unknown gateway",
      [route({ gatewayId: UNKNOWN })],
      [possible("the routes of Subnet public")],
    ],
    [
      "to an unknown network",
      [route({ destinationCidrBlock: UNKNOWN })],
      [possible("the routes of Subnet public")],
    ],
  ] as const) {
    it(`weighs a route ${title}`, () => {
      assert.deepEqual(direct(inPublic, ...nodes), expected);
    });
  }

  it("finds the routes that a table holds, and the main table of a VPC", () => {
    const held = {
      ...table,
      inputs: { ...table.inputs, routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }] },
    };
    const loose = subnet("loose", "10.0.2.0/24", { mapPublicIpOnLaunch: true });
    const inLoose = [loose, inSubnets(output(loose, "id"))];
    const main = having("aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation", "web", {
      vpcId: output(vpc, "id"),
      routeTableId: output(table, "id"),
    });
    const ofNobody = subnet("loose", "10.0.2.0/24", { mapPublicIpOnLaunch: true, vpcId: "vpc-1" });

    assert.deepEqual(direct(inPublic, route({ gatewayId: "" }), held), [WAY]);
    assert.deepEqual(direct(...inLoose), []);
    assert.deepEqual(direct(...inLoose, main), [WAY]);
    assert.deepEqual(direct(...inLoose, ofNobody), [possible("the routes of Subnet loose")]);
  });

  it("tells IPv6 from IPv4", () => {
    const six = publicWith({ assignIpv6AddressOnCreation: true, mapPublicIpOnLaunch: false });
    const rule = ingress("world-six", back, { cidrIpv6: "::/0", fromPort: 23, toPort: 23 });
    const out = having("aws:ec2/route:Route", "six", {
      routeTableId: output(table, "id"),
      destinationIpv6CidrBlock: "::/0",
      gatewayId: "igw-1",
    });

    assert.deepEqual(direct(inPublic, six, rule), []);
    assert.deepEqual(direct(inPublic, six, rule, out), ["Group web: tcp 23"]);
    assert.deepEqual(direct(inPublic, rule, out), [WAY]);
  });

  it("weighs an instance of its own and its elastic address", () => {
    const one = having("aws:ec2/instance:Instance", "one", {
      subnetId: output(publicSubnet, "id"),
      associatePublicIpAddress: false,
      vpcSecurityGroupIds: [output(back, "id")],
    });
    const address = having("aws:ec2/eip:Eip", "one", { instance: output(one, "id") });

    assert.deepEqual(direct(one), []);
    assert.deepEqual(direct(one, address), ["Instance one: tcp 22"]);
  });

  it("weighs tasks that ask for a public address", () => {
    const subnets = [output(publicSubnet, "id")];

    assert.deepEqual(direct(taskService({ subnets })), []);
    assert.deepEqual(direct(taskService({ subnets, assignPublicIp: true })), [
      "Service web: tcp 22",
    ]);
    assert.deepEqual(direct(taskService({ assignPublicIp: true })), []);
  });
});
