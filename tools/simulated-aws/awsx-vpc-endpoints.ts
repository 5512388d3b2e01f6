import type { Bag } from "../preview/graph";
import { UNKNOWN } from "../preview/graph";
import type { EndpointSpec } from "./awsx-vpc-args";
import type { DeclaredVpc } from "./awsx-vpc-declared";
import { idOf } from "./resource-monitor";
import type { Registered } from "./resource-monitor";

/** Declares a VPC endpoint and attaches it to what its kind needs. */
export async function declareEndpoint(
  spec: EndpointSpec,
  zones: number,
  network: DeclaredVpc,
): Promise<void> {
  const { declare, vpc, routeTables, sharedTags } = network;
  const inputs: Bag = { ...spec.properties };
  const from: Record<string, readonly Registered[]> = { vpcId: [vpc] };
  const fromInput = Object.fromEntries(
    LISTS.filter((property) => inputs[property] !== undefined).map((property) => [
      property,
      "vpcEndpointSpecs",
    ]),
  );
  const attach = (property: string, resources: readonly Registered[]) => {
    if (inputs[property] === undefined) {
      inputs[property] = resources.map(idOf);
      from[property] = resources;
    }
  };
  if (spec.kind === "gateway") {
    attach("routeTableIds", routeTables);
  } else {
    attach("subnetIds", endpointSubnets(zones, network));
    inputs["privateDnsEnabled"] ??= true;
    if (inputs["securityGroupIds"] === undefined) {
      attach("securityGroupIds", [await declareEndpointSecurity(spec, network)]);
    }
  }
  await declare({
    kind: "vpcEndpoints",
    type: "aws:ec2/vpcEndpoint:VpcEndpoint",
    name: spec.serviceName,
    parent: vpc,
    inputs: {
      ...inputs,
      serviceName: spec.serviceName,
      vpcId: idOf(vpc),
      tags: { ...sharedTags, ...spec.tags },
    },
    dependsOn: [vpc],
    from,
    fromInput,
  });
}

/** Properties that hold ids of resources. */
const LISTS = ["routeTableIds", "securityGroupIds", "subnetIds"];

/** One subnet a zone, private before isolated before public. */
function endpointSubnets(zones: number, { subnets }: DeclaredVpc): readonly Registered[] {
  return Array.from({ length: zones }, (_, zone) => zone).flatMap((zone) => {
    const inZone = subnets.filter((subnet) => subnet.zone === zone);
    const chosen = ["Private", "Isolated", "Public"]
      .map((type) => inZone.find((subnet) => subnet.type === type))
      .find((subnet) => subnet !== undefined);
    return chosen === undefined ? [] : [chosen.subnet];
  });
}

/** awsx opens an endpoint without security groups to HTTPS from inside the VPC. */
async function declareEndpointSecurity(
  { serviceName, tags, properties: { region } }: EndpointSpec,
  { declare, vpc, sharedTags }: DeclaredVpc,
): Promise<Registered> {
  const securityGroup = await declare({
    kind: "endpointSecurity",
    type: "aws:ec2/securityGroup:SecurityGroup",
    name: `${serviceName}-sg`,
    parent: vpc,
    inputs: {
      ...(region === undefined ? {} : { region }),
      // The default of the SDK's class.
      description: "Managed by Pulumi",
      vpcId: idOf(vpc),
      tags: { ...sharedTags, ...tags },
    },
    dependsOn: [vpc],
    from: { vpcId: [vpc] },
  });
  await declare({
    kind: "endpointSecurity",
    type: "aws:ec2/securityGroupRule:SecurityGroupRule",
    name: `${serviceName}-ingress`,
    parent: vpc,
    inputs: {
      ...(region === undefined ? {} : { region }),
      type: "ingress",
      securityGroupId: idOf(securityGroup),
      protocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrBlocks: [vpc.outputs["cidrBlock"] ?? UNKNOWN],
    },
    dependsOn: [securityGroup],
    from: { securityGroupId: [securityGroup], cidrBlocks: [vpc] },
  });
  return securityGroup;
}
