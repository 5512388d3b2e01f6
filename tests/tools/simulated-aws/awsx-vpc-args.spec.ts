import assert from "node:assert/strict";
import { UNKNOWN } from "../../../tools/preview/graph";
import { readVpcArgs } from "../../../tools/simulated-aws/awsx-vpc-args";
import { secretValue } from "../../../tools/simulated-aws/protocol-values";

describe("readVpcArgs", () => {
  it("fills in the defaults of awsx", () => {
    assert.deepEqual(readVpcArgs("web", { subnetStrategy: "Auto", cidrBlock: null }), {
      cidrBlock: "10.0.0.0/16",
      zones: { count: 3 },
      natStrategy: "OnePerAz",
      elasticIpAllocationIds: [],
      subnetSpecs: undefined,
      zonePrefixLength: undefined,
      endpoints: [],
      tags: {},
      region: undefined,
      vpc: {},
    });
  });

  it("turns on both DNS attributes for interface endpoints with private names", () => {
    const args = (endpoint: object) =>
      readVpcArgs("web", {
        subnetStrategy: "Auto",
        vpcEndpointStrategy: "Auto",
        vpcEndpointSpecs: [{ serviceName: "s", ...endpoint }],
      }).vpc;

    assert.deepEqual(args({ vpcEndpointType: "Interface" }), {
      enableDnsHostnames: true,
      enableDnsSupport: true,
    });
    assert.deepEqual(args({ vpcEndpointType: "Interface", privateDnsEnabled: false }), {});
    assert.deepEqual(args({}), {});
  });

  it("takes unknown values where they decide nothing", () => {
    const { tags, vpc, region } = readVpcArgs("web", {
      subnetStrategy: "Auto",
      enableDnsSupport: UNKNOWN,
      region: UNKNOWN,
      tags: { Owner: UNKNOWN, Key: secretValue("k") },
    });

    assert.deepEqual(
      { tags, vpc, region },
      {
        tags: { Owner: UNKNOWN, Key: secretValue("k") },
        vpc: { enableDnsSupport: UNKNOWN },
        region: UNKNOWN,
      },
    );
  });

  it("shows no secret that it refuses", () => {
    const inputs = { subnetStrategy: "Auto", tags: secretValue({ Key: "k" }) };

    assert.throws(() => readVpcArgs("web", inputs), {
      message: 'awsx:ec2:Vpc "web": tags is "[secret]"; it must be a plain object',
    });
  });

  it("refuses, all at once, what the real component has and this one lacks", () => {
    assert.throws(
      () =>
        readVpcArgs("web", {
          ipv6CidrBlock: "fd00::/56",
          subnetStrategy: null,
          numberOfAvailabilityZones: "2",
          cidrBlock: UNKNOWN,
          natGateways: { strategy: "Many" },
          subnetSpecs: [{ type: "Public", cidrBlocks: ["10.0.0.0/24"] }, { type: "Secret" }],
          vpcEndpointSpecs: [{ vpcEndpointType: "GatewayLoadBalancer" }],
        }),
      {
        message: [
          "ipv6CidrBlock is not simulated; leave it out or add it to tools/simulated-aws/awsx-vpc-args.ts",
          'numberOfAvailabilityZones is "2"; it must be a plain number',
          "cidrBlock is unknown before the deployment; it must be a plain text",
          'subnetStrategy is not set; only "Auto" is simulated',
          'natGateways.strategy is "Many"; use "None", "Single" or "OnePerAz"',
          "subnetSpecs[0].cidrBlocks is not simulated; leave it out or add it to tools/simulated-aws/awsx-vpc-args.ts",
          'subnetSpecs[1].type is "Secret"; use "Public", "Private", "Isolated" or "Unused"',
          'vpcEndpointSpecs[0].vpcEndpointType is "GatewayLoadBalancer"; use "Gateway" or "Interface"',
          "vpcEndpointSpecs[0].serviceName is not set; set the full name of the service",
          'vpcEndpointStrategy is not set; set "Auto", any other leaves endpoints without route tables and subnets',
        ]
          .map((fault) => `awsx:ec2:Vpc "web": ${fault}`)
          .join("\n"),
      },
    );
  });

  it("refuses zones by name and by number at once", () => {
    const inputs = {
      subnetStrategy: "Auto",
      numberOfAvailabilityZones: 2,
      availabilityZoneNames: ["eu-central-1a"],
    };

    assert.throws(() => readVpcArgs("web", inputs), {
      message:
        'awsx:ec2:Vpc "web": availabilityZoneNames and numberOfAvailabilityZones are both set; keep one',
    });
  });
});
