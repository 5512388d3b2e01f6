import type { Bag, Json } from "../preview/graph";
import { SECRET, UNKNOWN } from "../preview/graph";
import type { SubnetSpec, SubnetType } from "./awsx-vpc-layout";
import { isBag, plainValue } from "./protocol-values";

/** The arguments of awsx.ec2.Vpc, with awsx's defaults filled in. */
export interface VpcArgs {
  readonly cidrBlock: string;
  /** Zones by name, or their number where AWS is to choose. */
  readonly zones: { readonly names: readonly string[] } | { readonly count: number };
  readonly natStrategy: NatStrategy;
  /** Addresses to use in place of new ones. */
  readonly elasticIpAllocationIds: readonly Json[];
  readonly subnetSpecs: readonly SubnetSpec[] | undefined;
  readonly zonePrefixLength: number | undefined;
  readonly endpoints: readonly EndpointSpec[];
  readonly tags: Bag;
  readonly region: Json | undefined;
  /** Arguments that go to the VPC itself as they are. */
  readonly vpc: Bag;
}

type NatStrategy = "None" | "Single" | "OnePerAz";

/** An endpoint with the properties of `aws.ec2.VpcEndpoint`. */
export interface EndpointSpec {
  readonly serviceName: string;
  readonly kind: "gateway" | "interface";
  readonly tags: Bag;
  /** Properties that go to the endpoint as they are. */
  readonly properties: Bag;
}

/** Form of an argument: `plain` ones decide which resources exist and cannot be unknown. */
type Form = "plain text" | "plain number" | "plain list" | "plain object" | "any value";

const ARGUMENTS: Readonly<Record<string, Form>> = {
  availabilityZoneCidrMask: "plain number",
  availabilityZoneNames: "plain list",
  cidrBlock: "plain text",
  enableDnsHostnames: "any value",
  enableDnsSupport: "any value",
  enableNetworkAddressUsageMetrics: "any value",
  instanceTenancy: "any value",
  natGateways: "plain object",
  numberOfAvailabilityZones: "plain number",
  region: "any value",
  subnetSpecs: "plain list",
  subnetStrategy: "plain text",
  tags: "plain object",
  vpcEndpointSpecs: "plain list",
  vpcEndpointStrategy: "plain text",
};

const NAT_GATEWAYS: Readonly<Record<string, Form>> = {
  strategy: "plain text",
  elasticIpAllocationIds: "plain list",
};

const SUBNET_SPEC: Readonly<Record<string, Form>> = {
  type: "plain text",
  name: "plain text",
  cidrMask: "plain number",
  tags: "plain object",
};

const ENDPOINT_SPEC: Readonly<Record<string, Form>> = {
  autoAccept: "any value",
  policy: "any value",
  privateDnsEnabled: "any value",
  region: "any value",
  routeTableIds: "any value",
  securityGroupIds: "any value",
  serviceName: "plain text",
  serviceRegion: "any value",
  subnetIds: "any value",
  tags: "plain object",
  vpcEndpointType: "plain text",
};

const SUBNET_TYPES: readonly Json[] = ["Public", "Private", "Isolated", "Unused"];

/**
 * Reads the arguments that the program gave.
 *
 * @throws with every argument that the real component refuses, or has and this one lacks
 */
export function readVpcArgs(name: string, inputs: Bag): VpcArgs {
  const faults: string[] = [];
  const given = read(inputs, ARGUMENTS, "", faults);
  if (given["subnetStrategy"] !== "Auto") {
    faults.push(`subnetStrategy is ${show(given["subnetStrategy"])}; only "Auto" is simulated`);
  }
  if (given["availabilityZoneNames"] && given["numberOfAvailabilityZones"]) {
    faults.push("availabilityZoneNames and numberOfAvailabilityZones are both set; keep one");
  }
  const nat = read(bag(given["natGateways"]), NAT_GATEWAYS, "natGateways.", faults);
  const strategy = nat["strategy"] ?? "OnePerAz";
  if (strategy !== "None" && strategy !== "Single" && strategy !== "OnePerAz") {
    faults.push(`natGateways.strategy is ${show(strategy)}; use "None", "Single" or "OnePerAz"`);
  }
  const subnetSpecs = list(given["subnetSpecs"])?.map((spec, index) =>
    readSubnetSpec(bag(spec), `subnetSpecs[${String(index)}].`, faults),
  );
  const endpoints = (list(given["vpcEndpointSpecs"]) ?? []).map((spec, index) =>
    readEndpoint(bag(spec), `vpcEndpointSpecs[${String(index)}].`, faults),
  );
  if (endpoints.length > 0 && given["vpcEndpointStrategy"] !== "Auto") {
    faults.push(
      `vpcEndpointStrategy is ${show(given["vpcEndpointStrategy"])}; set "Auto", any other leaves endpoints without route tables and subnets`,
    );
  }
  if (faults.length > 0) {
    throw new Error(faults.map((fault) => `awsx:ec2:Vpc "${name}": ${fault}`).join("\n"));
  }
  return {
    cidrBlock: text(given["cidrBlock"]) ?? "10.0.0.0/16",
    zones:
      given["availabilityZoneNames"] === undefined
        ? { count: number(given["numberOfAvailabilityZones"]) ?? 3 }
        : { names: (list(given["availabilityZoneNames"]) ?? []).map(String) },
    natStrategy: strategy as NatStrategy,
    elasticIpAllocationIds: list(nat["elasticIpAllocationIds"]) ?? [],
    subnetSpecs,
    zonePrefixLength: number(given["availabilityZoneCidrMask"]),
    endpoints,
    tags: bag(given["tags"]),
    region: given["region"],
    vpc: vpcProperties(given, endpoints),
  };
}

function vpcProperties(given: Bag, endpoints: readonly EndpointSpec[]): Bag {
  // The private names of interface endpoints resolve only in a VPC with both DNS attributes.
  const privateNames = endpoints.some(
    ({ kind, properties }) => kind === "interface" && properties["privateDnsEnabled"] !== false,
  );
  const properties: Bag = privateNames ? { enableDnsHostnames: true, enableDnsSupport: true } : {};
  for (const property of [
    "enableDnsHostnames",
    "enableDnsSupport",
    "enableNetworkAddressUsageMetrics",
    "instanceTenancy",
  ]) {
    const value = given[property];
    if (value !== undefined) {
      properties[property] = value;
    }
  }
  return properties;
}

function readSubnetSpec(spec: Bag, path: string, faults: string[]): SubnetSpec {
  const { type, name, cidrMask, tags } = read(spec, SUBNET_SPEC, path, faults);
  if (type === undefined || !SUBNET_TYPES.includes(type)) {
    faults.push(`${path}type is ${show(type)}; use "Public", "Private", "Isolated" or "Unused"`);
  }
  return {
    type: type as SubnetType,
    ...(typeof name === "string" ? { name } : {}),
    ...(typeof cidrMask === "number" ? { cidrMask } : {}),
    tags: bag(tags),
  };
}

function readEndpoint(spec: Bag, path: string, faults: string[]): EndpointSpec {
  const { serviceName, tags, ...properties } = read(spec, ENDPOINT_SPEC, path, faults);
  const type = properties["vpcEndpointType"];
  const kind = (text(type) ?? "Gateway").toLowerCase();
  if (kind !== "gateway" && kind !== "interface") {
    faults.push(`${path}vpcEndpointType is ${show(type)}; use "Gateway" or "Interface"`);
  }
  if (serviceName === undefined) {
    faults.push(`${path}serviceName is not set; set the full name of the service`);
  }
  return {
    serviceName: text(serviceName) ?? "",
    kind: kind === "interface" ? kind : "gateway",
    tags: bag(tags),
    properties,
  };
}

/** The given properties, checked for their form; those that were not given are null on the wire. */
function read(
  inputs: Bag,
  forms: Readonly<Record<string, Form>>,
  path: string,
  faults: string[],
): Bag {
  const given: Bag = {};
  for (const [property, value] of Object.entries(inputs)) {
    const form = forms[property];
    if (value === null) {
      continue;
    }
    if (form === undefined) {
      faults.push(
        `${path}${property} is not simulated; leave it out or add it to tools/simulated-aws/awsx-vpc-args.ts`,
      );
    } else if (!hasForm(value, form)) {
      faults.push(`${path}${property} is ${show(value)}; it must be a ${form}`);
    } else {
      given[property] = value;
    }
  }
  return given;
}

function hasForm(value: Json, form: Form): boolean {
  switch (form) {
    case "plain text":
      return typeof value === "string" && value !== UNKNOWN;
    case "plain number":
      return typeof value === "number";
    case "plain list":
      return Array.isArray(value);
    case "plain object":
      return isBag(value);
    case "any value":
      return true;
  }
}

const bag = (value: Json | undefined): Bag => (isBag(value) ? value : {});

const list = (value: Json | undefined): readonly Json[] | undefined =>
  Array.isArray(value) ? value : undefined;

const text = (value: Json | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

const number = (value: Json | undefined): number | undefined =>
  typeof value === "number" ? value : undefined;

const show = (value: Json | undefined): string => {
  if (value === undefined) {
    return "not set";
  }
  return value === UNKNOWN
    ? "unknown before the deployment"
    : JSON.stringify(plainValue(value, () => SECRET));
};
