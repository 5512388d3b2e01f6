import type { CostInventory } from "../../capacity/cost-inventory";
import { LOAD_BALANCER_TYPES } from "../load-balancer-types";
import type { StackResource, StackUnderJudgement } from "../policy";
import { booleanOf, listOf } from "../values";
import { ifKnown } from "./if-known";
import { COSTED } from "./resource-types";

type NetworkInventory = Pick<
  CostInventory,
  | "applicationLoadBalancers"
  | "networkLoadBalancers"
  | "natGateways"
  | "publicIpv4Addresses"
  | "interfaceEndpointZones"
>;

/** Load balancers, NAT gateways, endpoints and public addresses of a stack. */
export function networkOf(stack: StackUnderJudgement): NetworkInventory {
  const loadBalancers = LOAD_BALANCER_TYPES.flatMap((type) => stack.ofType(type));
  const network = loadBalancers.filter(
    ({ props }) => ifKnown(() => props["loadBalancerType"]) === "network",
  ).length;
  const natGateways = stack.ofType(COSTED.natGateway);
  const ofNat = addressesOf(stack, natGateways, ["allocationId", "secondaryAllocationIds"]);
  const ofIngress = addressesOf(stack, loadBalancers, ["subnetMappings"]);
  return {
    applicationLoadBalancers: loadBalancers.length - network,
    networkLoadBalancers: network,
    natGateways: natGateways.length,
    publicIpv4Addresses: {
      natGateways: ofNat.size,
      loadBalancers: loadBalancers.reduce((sum, each) => sum + ownAddresses(stack, each), 0),
      staticIngress: ofIngress.size,
      other: stack
        .ofType(COSTED.elasticIp)
        .filter(({ urn }) => !ofNat.has(urn) && !ofIngress.has(urn)).length,
    },
    interfaceEndpointZones: stack
      .ofType(COSTED.endpoint)
      .filter(({ props }) => (ifKnown(() => props["vpcEndpointType"]) ?? "Gateway") !== "Gateway")
      .reduce((sum, endpoint) => sum + zonesOf(stack, endpoint, "subnetIds", false, 1), 0),
  };
}

/** URNs of the Elastic IPs that the resources hold. */
function addressesOf(
  stack: StackUnderJudgement,
  holders: readonly StackResource[],
  properties: readonly string[],
): ReadonlySet<string> {
  return new Set(
    holders.flatMap((holder) =>
      properties.flatMap((property) =>
        stack.referred(holder, property, COSTED.elasticIp).map(({ urn }) => urn),
      ),
    ),
  );
}

/** Zones that AWS demands of a load balancer, for one whose subnets cannot be told. */
const FEWEST_ZONES = 2;

/** Public addresses that AWS gives a load balancer: one in each of its zones, and more when it grows. */
function ownAddresses(stack: StackUnderJudgement, loadBalancer: StackResource): number {
  const { props } = loadBalancer;
  const isInternal = ifKnown(() => booleanOf(props["internal"])) === true;
  const hasNone = ifKnown(() => props["ipAddressType"]) === "dualstack-without-public-ipv4";
  const bringsItsOwn = addressesOf(stack, [loadBalancer], ["subnetMappings"]).size > 0;
  return isInternal || hasNone || bringsItsOwn
    ? 0
    : zonesOf(stack, loadBalancer, "subnets", true, FEWEST_ZONES);
}

/**
 * Zones that a resource stands in: the subnets that it names, or before the deployment, while their ids
 * are unknown, those that the property comes from. A property that comes from a whole VPC comes from
 * public and private subnets alike, of which only one kind is meant.
 */
function zonesOf(
  stack: StackUnderJudgement,
  resource: StackResource,
  property: string,
  isPublic: boolean,
  fewest: number,
): number {
  const named = ifKnown(() => listOf(resource.props[property]).length) ?? 0;
  if (named > 0) {
    return named;
  }
  const meant = stack
    .referred(resource, property, COSTED.subnet)
    .filter(
      ({ props }) => (ifKnown(() => booleanOf(props["mapPublicIpOnLaunch"])) === true) === isPublic,
    );
  return Math.max(fewest, meant.length);
}
