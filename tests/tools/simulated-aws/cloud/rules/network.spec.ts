import assert from "node:assert/strict";
import type { Bag } from "../../../../../tools/preview/graph";
import { makeLoadBalancer, makeNetwork } from "../network-of";
import { inAccount, refusalOf } from "../temporary-account";

const missing: readonly (readonly [string, Bag, string])[] = [
  [
    "aws:ec2/subnet:Subnet",
    { vpcId: "vpc-0", cidrBlock: "10.0.9.0/24" },
    "InvalidVpcID.NotFound: The vpc ID 'vpc-0' does not exist",
  ],
  [
    "aws:ec2/routeTable:RouteTable",
    { vpcId: "vpc-0" },
    "InvalidVpcID.NotFound: The vpc ID 'vpc-0' does not exist",
  ],
  [
    "aws:ec2/internetGateway:InternetGateway",
    { vpcId: "vpc-0" },
    "InvalidVpcID.NotFound: The vpc ID 'vpc-0' does not exist",
  ],
  [
    "aws:ec2/securityGroup:SecurityGroup",
    { vpcId: "vpc-0" },
    "InvalidVpcID.NotFound: The vpc ID 'vpc-0' does not exist",
  ],
  [
    "aws:ec2/routeTableAssociation:RouteTableAssociation",
    { routeTableId: "rtb-0", subnetId: "subnet-0" },
    "InvalidRouteTableID.NotFound: The routeTable ID 'rtb-0' does not exist",
  ],
  [
    "aws:ec2/natGateway:NatGateway",
    { subnetId: "subnet-0", allocationId: "eipalloc-0" },
    "InvalidSubnetID.NotFound: The subnet ID 'subnet-0' does not exist",
  ],
  [
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    { vpcId: "vpc-0", serviceName: "s3" },
    "InvalidVpcId.NotFound: The Vpc Id 'vpc-0' does not exist",
  ],
  [
    "aws:ec2/flowLog:FlowLog",
    { vpcId: "vpc-0", trafficType: "ALL" },
    "InvalidVpcId.NotFound: The vpc ID 'vpc-0' does not exist",
  ],
  [
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    { securityGroupId: "sg-0", ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" },
    "InvalidGroup.NotFound: The security group 'sg-0' does not exist",
  ],
];

describe("the rules of the network", () => {
  for (const [type, inputs, refusal] of missing) {
    it(
      `refuse ${type.split(":")[2] ?? ""} where what it names does not exist`,
      inAccount(async (account) => {
        assert.equal(await refusalOf(account.make(type, inputs)), refusal);
      }),
    );
  }

  it(
    "refuse a route to a gateway that does not exist, and a second one to the same network",
    inAccount(async (account) => {
      const { vpc, gateway } = await makeNetwork(account);
      const table = await account.make("aws:ec2/routeTable:RouteTable", { vpcId: vpc.id });
      const route = { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0" };
      const make = (target: Bag, name: string) =>
        account.make("aws:ec2/route:Route", { ...route, ...target }, name);

      assert.equal(
        await refusalOf(make({ gatewayId: "igw-0" }, "none")),
        "InvalidGatewayID.NotFound: The gateway ID 'igw-0' does not exist",
      );
      assert.equal(
        await refusalOf(make({ natGatewayId: "nat-0" }, "none")),
        "InvalidNatGatewayID.NotFound: The natGateway ID 'nat-0' does not exist",
      );
      await make({ gatewayId: gateway.id }, "first");
      assert.equal(
        await refusalOf(make({ gatewayId: gateway.id }, "second")),
        "RouteAlreadyExists: The route identified by 0.0.0.0/0 already exists.",
      );
    }),
  );

  it(
    "give a network, a subnet's table, a gateway's VPC and an address once",
    inAccount(async (account) => {
      const { vpc, subnets } = await makeNetwork(account);
      const tables = [
        await account.make("aws:ec2/routeTable:RouteTable", { vpcId: vpc.id }, "one"),
        await account.make("aws:ec2/routeTable:RouteTable", { vpcId: vpc.id }, "two"),
      ];
      const associate = (index: number) =>
        account.make(
          "aws:ec2/routeTableAssociation:RouteTableAssociation",
          { routeTableId: tables[index]?.id ?? "", subnetId: subnets[0].id },
          `association-${String(index)}`,
        );
      const address = await account.make("aws:ec2/eip:Eip", {});
      const nat = (name: string) =>
        account.make(
          "aws:ec2/natGateway:NatGateway",
          { subnetId: subnets[0].id, allocationId: address.id },
          name,
        );

      assert.equal(
        await refusalOf(
          account.make("aws:ec2/subnet:Subnet", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" }),
        ),
        "InvalidSubnet.Conflict: The CIDR '10.0.0.0/24' conflicts with another subnet",
      );
      await associate(0);
      assert.equal(
        await refusalOf(associate(1)),
        `Resource.AlreadyAssociated: the specified association for route table ${tables[1]?.id ?? ""} conflicts with an existing association`,
      );
      assert.equal(
        await refusalOf(
          account.make("aws:ec2/internetGateway:InternetGateway", { vpcId: vpc.id }, "second"),
        ),
        `InvalidParameterValue: Network ${vpc.id} already has an internet gateway attached`,
      );
      await nat("one");
      assert.equal(
        await refusalOf(nat("two")),
        `Resource.AlreadyAssociated: Elastic IP address [${address.id}] is already associated`,
      );
      assert.equal(
        await refusalOf(
          account
            .make("aws:ec2/securityGroup:SecurityGroup", { vpcId: vpc.id, name: "own" }, "a")
            .then(() =>
              account.make(
                "aws:ec2/securityGroup:SecurityGroup",
                { vpcId: vpc.id, name: "own" },
                "b",
              ),
            ),
        ),
        `InvalidGroup.Duplicate: The security group 'own' already exists for VPC '${vpc.id}'`,
      );
    }),
  );

  it(
    "keep what others depend on, and let it go after them",
    inAccount(async (account) => {
      const network = await makeNetwork(account);
      const { vpc, gateway, subnets, group } = network;
      const { balancer, targets, listener } = await makeLoadBalancer(account, network);
      const address = await account.make("aws:ec2/eip:Eip", {});
      const nat = await account.make("aws:ec2/natGateway:NatGateway", {
        subnetId: subnets[0].id,
        allocationId: address.id,
      });

      assert.equal(
        await refusalOf(account.delete(vpc)),
        `DependencyViolation: The vpc '${vpc.id}' has dependencies and cannot be deleted.`,
      );
      assert.equal(
        await refusalOf(account.delete(subnets[0])),
        `DependencyViolation: The subnet '${subnets[0].id}' has dependencies and cannot be deleted.`,
      );
      assert.equal(
        await refusalOf(account.delete(group)),
        `DependencyViolation: resource ${group.id} has a dependent object`,
      );
      assert.equal(
        await refusalOf(account.delete(address)),
        "AuthFailure: You do not have permission to access the specified resource.",
      );
      const mapped = `DependencyViolation: Network ${vpc.id} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`;
      assert.equal(await refusalOf(account.delete(gateway)), mapped);
      await account.delete(nat);
      assert.equal(await refusalOf(account.delete(gateway)), mapped);

      for (const made of [listener, targets, balancer, address, gateway, group, ...subnets, vpc]) {
        await account.delete(made);
      }
    }),
  );

  it(
    "keep a route table with subnets, and a group that a rule of another one names",
    inAccount(async (account) => {
      const { vpc, subnets, group } = await makeNetwork(account);
      const table = await account.make("aws:ec2/routeTable:RouteTable", { vpcId: vpc.id });
      const association = await account.make(
        "aws:ec2/routeTableAssociation:RouteTableAssociation",
        { routeTableId: table.id, subnetId: subnets[0].id },
      );
      const other = await account.make(
        "aws:ec2/securityGroup:SecurityGroup",
        { vpcId: vpc.id },
        "other",
      );
      const rule = await account.make("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", {
        securityGroupId: other.id,
        referencedSecurityGroupId: group.id,
        ipProtocol: "-1",
      });

      assert.equal(
        await refusalOf(account.delete(table)),
        `DependencyViolation: The routeTable '${table.id}' has dependencies and cannot be deleted.`,
      );
      assert.equal(
        await refusalOf(account.delete(group)),
        `DependencyViolation: resource ${group.id} has a dependent object`,
      );
      await account.delete(association);
      await account.delete(table);
      // Its own rules go with a group.
      await account.delete(other);
      assert.equal(await account.cloud.read(rule), undefined);
      await account.delete(group);
    }),
  );
});
