import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { version } from "@pulumi/aws/package.json";
import type { Bag } from "../../../tools/preview/graph";
import { constructVpc } from "../../../tools/simulated-aws/awsx-vpc";
import type { ConstructRequest } from "../../../tools/simulated-aws/awsx-vpc";
import { ListeningMonitor } from "../../support/construction";
import type { Construction } from "../../support/construction";

interface Recorded extends Construction {
  readonly name: string;
  readonly preview: boolean;
  readonly args: Bag;
}

const DEV: Bag = {
  numberOfAvailabilityZones: 2,
  subnetStrategy: "Auto",
  natGateways: { strategy: "Single" },
};

const PARENT = "urn:pulumi:dev::shop::app:index:Network::web";

async function construct(
  inputs: Bag,
  preview = true,
  options: Partial<ConstructRequest> = {},
): Promise<{ monitor: ListeningMonitor; got: Construction }> {
  const monitor = new ListeningMonitor(preview);
  const { state, stateDependencies } = await constructVpc(
    {
      name: "web",
      parent: PARENT,
      inputs,
      inputDependencies: {},
      dependencies: [],
      protect: false,
      providers: {},
      ...options,
    },
    monitor.client,
  );
  return { monitor, got: monitor.construction(state, stateDependencies) };
}

const childrenOf = ({ children }: Construction, type: string) =>
  children.filter(({ resource }) => resource.startsWith(`${type} `));

describe("constructVpc", () => {
  // Recorded from the provider of pulumi-awsx (commit e60adf3c, between 3.8 and 3.9) over gRPC, with
  // the same monitor behind it.
  const folder = join(__dirname, "fixtures");
  for (const file of readdirSync(folder).filter((name) => name.startsWith("awsx-vpc-"))) {
    const recorded = JSON.parse(readFileSync(join(folder, file), "utf8")) as Recorded;
    it(`registers and answers what awsx does: ${file}`, async () => {
      const { got } = await construct(recorded.args, recorded.preview, { name: recorded.name });

      const { children, state, stateDependencies } = recorded;
      assert.deepEqual(got, { children, state, stateDependencies });
    });
  }

  it("registers the component below its parent before its children", async () => {
    const { monitor } = await construct(DEV, true, { dependencies: ["urn:of:something"] });

    const [component, vpc] = monitor.requests;
    assert.equal(component?.getType(), "awsx:ec2:Vpc");
    assert.equal(component.getCustom(), false);
    assert.equal(component.getParent(), PARENT);
    assert.deepEqual(component.getDependenciesList(), ["urn:of:something"]);
    assert.equal(vpc?.getParent(), "urn:pulumi:dev::shop::app:index:Network$awsx:ec2:Vpc::web");
  });

  it("asks for one version of the AWS provider for all children, as generated SDKs do", async () => {
    const { monitor } = await construct(DEV);

    const versions = monitor.requests.map((request) => [request.getCustom(), request.getVersion()]);
    assert.deepEqual(
      [...new Set(versions.map((pair) => pair.join(" ")))],
      ["false ", `true ${version}`],
    );
  });

  it("leaves zones unknown where AWS cannot be asked", async () => {
    const monitor = new ListeningMonitor(true, true);
    const request = {
      name: "web",
      parent: "",
      inputs: DEV,
      inputDependencies: {},
      dependencies: [],
      protect: false,
      providers: {},
    };
    const { state, stateDependencies } = await constructVpc(request, monitor.client);

    const subnets = childrenOf(
      monitor.construction(state, stateDependencies),
      "aws:ec2/subnet:Subnet",
    );
    assert.deepEqual(
      subnets.map(({ resource, inputs }) => [resource, (inputs as Bag)["availabilityZone"]]),
      [
        ["aws:ec2/subnet:Subnet web-private-1", "?"],
        ["aws:ec2/subnet:Subnet web-private-2", "?"],
        ["aws:ec2/subnet:Subnet web-public-1", "?"],
        ["aws:ec2/subnet:Subnet web-public-2", "?"],
      ],
    );
  });

  it("hands protection, provider and the source of the tags down to the children", async () => {
    const { monitor, got } = await construct({ ...DEV, tags: { Owner: "x" } }, true, {
      protect: true,
      providers: { aws: "urn:provider::id" },
      inputDependencies: { tags: ["urn:pulumi:dev::shop::aws:sns/topic:Topic::alarms"] },
    });

    const children = monitor.requests.filter((request) => request.getCustom());
    assert.equal(
      children.every((child) => child.getProtect() && child.getProvider() === "urn:provider::id"),
      true,
    );
    const [gateway] = childrenOf(got, "aws:ec2/internetGateway:InternetGateway");
    assert.deepEqual(gateway?.propertyDependencies, {
      tags: ["aws:sns/topic:Topic alarms"],
      vpcId: ["aws:ec2/vpc:Vpc web"],
    });
    assert.deepEqual(
      childrenOf(got, "aws:ec2/route:Route")[0]?.propertyDependencies["tags"],
      undefined,
    );
  });

  it("makes children depend on what the arguments come from", async () => {
    const address = "urn:pulumi:dev::shop::aws:ec2/eip:Eip::mine";
    const group = "urn:pulumi:dev::shop::aws:ec2/securityGroup:SecurityGroup::mine";
    const { got } = await construct(
      {
        ...DEV,
        natGateways: { strategy: "Single", elasticIpAllocationIds: ["?"] },
        vpcEndpointStrategy: "Auto",
        vpcEndpointSpecs: [
          { serviceName: "s", vpcEndpointType: "Interface", securityGroupIds: ["?"] },
        ],
      },
      true,
      { inputDependencies: { natGateways: [address], vpcEndpointSpecs: [group] } },
    );

    const dependenciesOf = (type: string) => childrenOf(got, type)[0]?.propertyDependencies;
    assert.deepEqual(dependenciesOf("aws:ec2/natGateway:NatGateway"), {
      allocationId: ["aws:ec2/eip:Eip mine"],
      subnetId: ["aws:ec2/subnet:Subnet web-public-1"],
    });
    assert.deepEqual(dependenciesOf("aws:ec2/vpcEndpoint:VpcEndpoint"), {
      securityGroupIds: ["aws:ec2/securityGroup:SecurityGroup mine"],
      subnetIds: ["aws:ec2/subnet:Subnet web-private-1", "aws:ec2/subnet:Subnet web-private-2"],
      vpcId: ["aws:ec2/vpc:Vpc web"],
    });
  });

  it("routes nothing private without NAT gateways", async () => {
    const { got } = await construct({ ...DEV, natGateways: { strategy: "None" } });

    assert.deepEqual(
      childrenOf(got, "aws:ec2/route:Route").map(({ resource }) => resource),
      ["aws:ec2/route:Route web-public-1", "aws:ec2/route:Route web-public-2"],
    );
    assert.deepEqual(childrenOf(got, "aws:ec2/natGateway:NatGateway"), []);
    assert.deepEqual((got.state as Bag)["eips"], []);
  });

  it("attaches endpoints to what the program names", async () => {
    const { got } = await construct({
      ...DEV,
      vpcEndpointStrategy: "Auto",
      vpcEndpointSpecs: [
        {
          serviceName: "com.amazonaws.eu-central-1.logs",
          vpcEndpointType: "Interface",
          subnetIds: ["subnet-1"],
          securityGroupIds: ["sg-1"],
          privateDnsEnabled: false,
        },
      ],
    });

    const [endpoint] = childrenOf(got, "aws:ec2/vpcEndpoint:VpcEndpoint");
    assert.deepEqual(endpoint?.inputs, {
      privateDnsEnabled: false,
      securityGroupIds: ["sg-1"],
      serviceName: "com.amazonaws.eu-central-1.logs",
      subnetIds: ["subnet-1"],
      tags: { Name: "web" },
      vpcEndpointType: "Interface",
      vpcId: "?",
    });
    assert.deepEqual(childrenOf(got, "aws:ec2/securityGroup:SecurityGroup"), []);
    const [vpc] = childrenOf(got, "aws:ec2/vpc:Vpc");
    assert.deepEqual(vpc?.inputs, { cidrBlock: "10.0.0.0/16", tags: { Name: "web" } });
  });

  it("refuses more zones than the region has", async () => {
    await assert.rejects(construct({ ...DEV, numberOfAvailabilityZones: 4 }), {
      message:
        'awsx:ec2:Vpc "web": numberOfAvailabilityZones is 4, but the region has 3 availability zones; ' +
        "choose fewer zones or another region",
    });
  });

  it("refuses NAT gateways without a public subnet", async () => {
    await assert.rejects(construct({ ...DEV, subnetSpecs: [{ type: "Private" }] }), {
      message:
        'awsx:ec2:Vpc "web": natGateways.strategy "Single" needs a public subnet for the gateway and ' +
        'a private or isolated one behind it; add them to subnetSpecs or set "None"',
    });
  });

  it("refuses a wrong number of addresses", async () => {
    const natGateways = { strategy: "OnePerAz", elasticIpAllocationIds: ["eipalloc-1"] };

    await assert.rejects(construct({ ...DEV, natGateways }), {
      message:
        'awsx:ec2:Vpc "web": natGateways.elasticIpAllocationIds has 1 entries; the strategy "OnePerAz" needs 2',
    });
  });
});
