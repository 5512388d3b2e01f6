import { version } from "@pulumi/aws/package.json";
import type { Bag, Json } from "../preview/graph";
import { UNKNOWN } from "../preview/graph";
import { readVpcArgs } from "./awsx-vpc-args";
import type { VpcArgs } from "./awsx-vpc-args";
import { declareChildren } from "./awsx-vpc-children";
import type { ChildKind, Declare } from "./awsx-vpc-declared";
import { placeSubnets } from "./awsx-vpc-layout";
import type { PlacedSubnet } from "./awsx-vpc-layout";
import { hasUnknown, resourceReference } from "./protocol-values";
import { idOf, invoke, register, registerOutputs } from "./resource-monitor";
import type { Registered, ResourceMonitor } from "./resource-monitor";

/** Type token of awsx's VPC component. */
export const VPC_TYPE = "awsx:ec2:Vpc";

/** What the engine asks a component's provider to construct; the names are the protocol's own. */
export interface ConstructRequest {
  readonly name: string;
  /** URN, or empty for none. */
  readonly parent: string;
  /** Values of the wire. */
  readonly inputs: Bag;
  /** URNs by the input that refers to them. */
  readonly inputDependencies: Readonly<Record<string, readonly string[]>>;
  /** URNs of the option `dependsOn`. */
  readonly dependencies: readonly string[];
  readonly protect: boolean;
  /** `urn::id` of explicit providers, by package. */
  readonly providers: Readonly<Record<string, string>>;
}

export interface ConstructResponse {
  readonly urn: string;
  /** Outputs of the component; values of the wire. */
  readonly state: Bag;
  /** URNs by the output that depends on them. */
  readonly stateDependencies: Readonly<Record<string, readonly string[]>>;
}

interface Child extends Registered {
  readonly kind: ChildKind;
}

/**
 * Constructs the remote component awsx.ec2.Vpc: registers it and its children with `monitor` and
 * answers its outputs, as the awsx provider does when the engine asks it. Modelled after the
 * behaviour of pulumi-awsx 3.9 (Apache-2.0) under the subnet strategy and the endpoint strategy
 * `Auto`: names, parents, tags, address blocks and dependencies of the children, and the outputs.
 *
 * @throws where the real component has an argument that this one lacks, or refuses the arguments
 */
export async function constructVpc(
  request: ConstructRequest,
  monitor: ResourceMonitor,
): Promise<ConstructResponse> {
  const args = readVpcArgs(request.name, request.inputs);
  const zones = await chooseZones(args, request.name, monitor);
  const { cidrBlock, subnetSpecs, zonePrefixLength } = args;
  const subnets = placeSubnets(
    request.name,
    cidrBlock,
    zones.length,
    subnetSpecs,
    zonePrefixLength,
  );
  refuseNat(request.name, args, subnets, zones.length);

  const component = await register(monitor, {
    type: VPC_TYPE,
    name: request.name,
    parent: request.parent,
    custom: false,
    inputs: {},
    dependsOn: request.dependencies,
    propertyDependencies: {},
    protect: request.protect,
    provider: "",
    version: "",
  });
  const children: Child[] = [];
  const declare: Declare = async (child) => {
    const { kind, type, name, inputs, dependsOn, from, fromInput } = child;
    const sources = Object.entries({ ...("tags" in inputs ? { tags: "tags" } : {}), ...fromInput });
    const registered = await register(monitor, {
      type,
      name,
      parent: child.parent.urn,
      custom: true,
      inputs: args.region === undefined ? inputs : { region: args.region, ...inputs },
      dependsOn: urnsOf(dependsOn ?? []),
      propertyDependencies: Object.fromEntries([
        ...sources.map(([property, input]) => [property, request.inputDependencies[input] ?? []]),
        ...Object.entries(from ?? {}).map(([property, resources]) => [property, urnsOf(resources)]),
      ]) as Record<string, readonly string[]>,
      protect: request.protect,
      provider: request.providers["aws"] ?? "",
      version,
    });
    children.push({ ...registered, kind });
    return registered;
  };
  await declareChildren(request.name, args, zones, subnets, component, declare);
  await registerOutputs(monitor, component.urn, {});
  return answer(component.urn, args, subnets, children);
}

const urnsOf = (resources: readonly Registered[]): readonly string[] =>
  resources.map(({ urn }) => urn);

/** Names of the zones; unknown ones where AWS cannot be asked for them. */
async function chooseZones(
  { zones, region }: VpcArgs,
  name: string,
  monitor: ResourceMonitor,
): Promise<readonly string[]> {
  if ("names" in zones) {
    return zones.names;
  }
  const answered = await invoke(
    monitor,
    { token: "aws:index/getAvailabilityZones:getAvailabilityZones", version },
    region === undefined ? {} : { region },
  );
  const names = answered["names"];
  if (!Array.isArray(names)) {
    return Array.from({ length: zones.count }, () => UNKNOWN);
  }
  if (names.length < zones.count) {
    throw new Error(
      `awsx:ec2:Vpc "${name}": numberOfAvailabilityZones is ${String(zones.count)}, but the region has ` +
        `${String(names.length)} availability zones; choose fewer zones or another region`,
    );
  }
  return names.slice(0, zones.count).map(String);
}

function refuseNat(
  name: string,
  { natStrategy, elasticIpAllocationIds }: VpcArgs,
  subnets: readonly PlacedSubnet[],
  zones: number,
): void {
  const given = elasticIpAllocationIds.length;
  const gateways = { None: 0, Single: 1, OnePerAz: zones }[natStrategy];
  if (given > 0 && given !== gateways) {
    throw new Error(
      `awsx:ec2:Vpc "${name}": natGateways.elasticIpAllocationIds has ${String(given)} entries; ` +
        `the strategy "${natStrategy}" needs ${String(gateways)}`,
    );
  }
  const has = (...types: string[]) => subnets.some(({ type }) => types.includes(type));
  if (natStrategy !== "None" && !(has("Public") && has("Private", "Isolated"))) {
    throw new Error(
      `awsx:ec2:Vpc "${name}": natGateways.strategy "${natStrategy}" needs a public subnet for the gateway and ` +
        'a private or isolated one behind it; add them to subnetSpecs or set "None"',
    );
  }
}

/** The component's outputs: ids are unknown as a whole list with one unknown entry, resources are references. */
function answer(
  urn: string,
  args: VpcArgs,
  subnets: readonly PlacedSubnet[],
  children: readonly Child[],
): ConstructResponse {
  const of = (...kinds: ChildKind[]) => children.filter(({ kind }) => kinds.includes(kind));
  const anySubnet = of("publicSubnets", "privateSubnets", "isolatedSubnets");
  const references: Record<string, readonly Child[]> = {
    eips: of("eips"),
    internetGateway: of("internetGateway"),
    isolatedSubnets: of("isolatedSubnets"),
    natGateways: of("natGateways"),
    privateSubnets: of("privateSubnets"),
    publicSubnets: of("publicSubnets"),
    routeTableAssociations: of("routeTableAssociations"),
    routeTables: of("routeTables"),
    routes: of("routes"),
    subnets: anySubnet,
    vpc: of("vpc"),
    vpcEndpoints: of("vpcEndpoints"),
  };
  const state: Bag = {
    isolatedSubnetIds: ids(of("isolatedSubnets")),
    privateSubnetIds: ids(of("privateSubnets")),
    publicSubnetIds: ids(of("publicSubnets")),
    subnetLayout: layout(args, subnets),
    vpcId: of("vpc").map(idOf)[0] ?? UNKNOWN,
  };
  for (const [property, resources] of Object.entries(references)) {
    const list = resources.map((child) => resourceReference(child.urn, child.id));
    const single = property === "vpc" || property === "internetGateway";
    state[property] = single ? (list[0] ?? UNKNOWN) : list;
  }
  // awsx answers everything out of one output that holds all ids, so every property depends on them.
  const always = [...of("vpc"), ...anySubnet];
  const stateDependencies = Object.fromEntries(
    Object.keys(state).map((property) => [
      property,
      [...new Set(urnsOf([...always, ...(references[property] ?? [])]))],
    ]),
  );
  return { urn, state, stateDependencies };
}

function ids(children: readonly Child[]): Json {
  const list = children.map(idOf);
  return hasUnknown(list) ? UNKNOWN : list;
}

/** The specs as given, or those that would give awsx's own layout. */
function layout({ subnetSpecs }: VpcArgs, subnets: readonly PlacedSubnet[]): Json {
  if (subnetSpecs === undefined) {
    return subnets
      .filter(({ zone }) => zone === 0)
      .map(({ type, cidrBlock }) => ({ type, cidrMask: Number(cidrBlock.split("/")[1]) }));
  }
  return subnetSpecs.map(({ type, name, cidrMask }) => ({
    type,
    ...(name === undefined ? {} : { name }),
    ...(cidrMask === undefined ? {} : { cidrMask, size: 2 ** (32 - cidrMask) }),
  }));
}
