import type { Bag } from "../preview/graph";

/** A subnet in each zone, as `subnetSpecs` of awsx.ec2.Vpc gives it. */
export interface SubnetSpec {
  readonly type: SubnetType;
  /** @default the type in lower case */
  readonly name?: string;
  /** Prefix length. @default an even share of the zone */
  readonly cidrMask?: number;
  readonly tags?: Bag;
}

export type SubnetType = "Public" | "Private" | "Isolated" | "Unused";

/** A subnet with its place in the VPC. */
export interface PlacedSubnet {
  readonly name: string;
  readonly type: SubnetType;
  /** Index of the availability zone, from 0. */
  readonly zone: number;
  readonly cidrBlock: string;
  readonly tags: Bag;
}

interface Block {
  /** First address as a number. */
  readonly base: number;
  readonly prefixLength: number;
}

const sizeOf = (prefixLength: number): number => 2 ** (32 - prefixLength);

/** Bits needed to number `count` things. */
const bitsFor = (count: number): number => Math.ceil(Math.log2(count));

/**
 * Places subnets as awsx.ec2.Vpc's strategy `Auto` does: the VPC in equal zones, and in each zone
 * the subnets in the order of their specs, each at the next address that its size allows.
 *
 * @param vpcName prefix of the subnets' names
 * @param zones number of availability zones
 * @param specs undefined for awsx's own two, private before public
 * @param zonePrefixLength undefined for an even share of the VPC
 * @returns zone by zone in the order of the specs, unused ones left out
 * @throws where the subnets do not fit or overlap
 */
export function placeSubnets(
  vpcName: string,
  cidrBlock: string,
  zones: number,
  specs: readonly SubnetSpec[] | undefined,
  zonePrefixLength: number | undefined,
): readonly PlacedSubnet[] {
  const vpc = parseBlock(cidrBlock);
  const zoneLength = zonePrefixLength ?? vpc.prefixLength + bitsFor(zones);
  const sized = sizedSpecs(specs ?? defaultSpecs(zoneLength), zoneLength);
  const needed = sized.reduce((sum, { cidrMask }) => sum + sizeOf(cidrMask), 0);
  if (needed > sizeOf(zoneLength)) {
    throw new Error(
      `subnetSpecs need ${String(needed)} addresses in each zone, but a zone of ${cidrBlock} has ` +
        `${String(sizeOf(zoneLength))}; make the VPC larger or the subnets smaller`,
    );
  }
  const placed = Array.from({ length: zones }, (_, zone) =>
    placeZone(vpcName, vpc.base + zone * sizeOf(zoneLength), zone, sized),
  ).flat();
  refuseOverlaps(placed, cidrBlock);
  return placed.map(({ subnet }) => subnet).filter(({ type }) => type !== "Unused");
}

interface SizedSpec extends SubnetSpec {
  readonly cidrMask: number;
}

function sizedSpecs(specs: readonly SubnetSpec[], zoneLength: number): readonly SizedSpec[] {
  const evenShare = zoneLength + bitsFor(specs.length);
  return specs.map((spec) => ({ ...spec, cidrMask: spec.cidrMask ?? evenShare }));
}

/** awsx's own layout never takes more than the first /16 of a zone. */
function defaultSpecs(zoneLength: number): readonly SubnetSpec[] {
  if (zoneLength > 26) {
    throw new Error(
      `a zone has a /${String(zoneLength)} only, but subnets without subnetSpecs need a /26 or larger; give subnetSpecs`,
    );
  }
  const widest = Math.max(zoneLength, 16);
  return [
    { type: "Private", cidrMask: widest + 1 },
    { type: "Public", cidrMask: widest + 2 },
  ];
}

interface Placement {
  readonly block: Block;
  readonly subnet: PlacedSubnet;
}

function placeZone(
  vpcName: string,
  base: number,
  zone: number,
  specs: readonly SizedSpec[],
): readonly Placement[] {
  let next = base;
  return specs.map((spec) => {
    const size = sizeOf(spec.cidrMask);
    const block = { base: Math.ceil(next / size) * size, prefixLength: spec.cidrMask };
    next = block.base + size;
    const name = `${vpcName}-${spec.name ?? spec.type.toLowerCase()}-${String(zone + 1)}`;
    const subnet = { name, type: spec.type, zone, cidrBlock: format(block), tags: spec.tags ?? {} };
    return { block, subnet };
  });
}

function refuseOverlaps(placements: readonly Placement[], cidrBlock: string): void {
  const sorted = [...placements].sort((one, other) => one.block.base - other.block.base);
  const overlapping = sorted.filter((placement, index) => {
    const before = sorted[index - 1];
    return (
      before !== undefined &&
      before.block.base + sizeOf(before.block.prefixLength) > placement.block.base
    );
  });
  if (overlapping.length > 0) {
    const list = overlapping.map(({ subnet }) => `${subnet.name} (${subnet.cidrBlock})`).join(", ");
    throw new Error(
      `subnets overlap in ${cidrBlock}: ${list}; make the VPC larger, the subnets smaller or the zones fewer`,
    );
  }
}

function parseBlock(cidrBlock: string): Block {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidrBlock);
  const numbers = (match ?? []).slice(1).map(Number);
  const [a = 256, b = 256, c = 256, d = 256, prefixLength = 33] = numbers;
  if (Math.max(a, b, c, d) > 255 || prefixLength > 32) {
    throw new Error(`cidrBlock is "${cidrBlock}"; it must be an IPv4 block such as 10.0.0.0/16`);
  }
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  return { base: address - (address % sizeOf(prefixLength)), prefixLength };
}

function format({ base, prefixLength }: Block): string {
  const bytes = [24, 16, 8, 0].map((shift) => String(Math.floor(base / 2 ** shift) % 256));
  return `${bytes.join(".")}/${String(prefixLength)}`;
}
