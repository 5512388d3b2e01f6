import { type Check, fail, pass, show } from "./checks";

/** Blocks in which a VPC cannot be, or in which its instances would not reach themselves. */
const UNUSABLE: readonly (readonly [block: string, reason: string])[] = [
  ["0.0.0.0/8", "it is reserved"],
  ["127.0.0.0/8", "it is the loopback block"],
  ["169.254.0.0/16", "it holds the metadata services of instances and tasks"],
  ["172.17.0.0/16", "Docker's bridge on the instances has it"],
  ["224.0.0.0/3", "it is multicast or reserved"],
];

/** An IPv4 block as its first address, a 32-bit number, and its prefix length. */
export interface Ipv4Block {
  readonly first: number;
  readonly prefixLength: number;
}

/** Reads `a.b.c.d/n`, or gives undefined for text of another form. */
export function parseIpv4Block(text: string): Ipv4Block | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (match === null) {
    return undefined;
  }
  const [a = 0, b = 0, c = 0, d = 0, prefixLength = 0] = match.slice(1).map(Number);
  return Math.max(a, b, c, d) > 255 || prefixLength > 32
    ? undefined
    : { first: ((a * 256 + b) * 256 + c) * 256 + d, prefixLength };
}

/**
 * An IPv4 block of a VPC whose prefix length lies within inclusive bounds.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
 */
export function vpcCidr(shortestPrefix: number, longestPrefix: number): Check<string> {
  return (text) => {
    const rule = `must be an IPv4 block from /${shortestPrefix} to /${longestPrefix}`;
    const block = parseIpv4Block(text);
    if (
      block === undefined ||
      block.prefixLength < shortestPrefix ||
      block.prefixLength > longestPrefix
    ) {
      return fail(show(text), rule, "write one such as 10.0.0.0/16");
    }
    const size = blockSize(block);
    if (block.first % size !== 0) {
      const first = dotted(block.first - (block.first % size));
      return fail(
        show(text),
        `${rule} that begins at its first address`,
        `write ${first}/${block.prefixLength}`,
      );
    }
    const [unusable, reason] = UNUSABLE.find(([other]) => overlaps(block, other)) ?? [];
    return unusable === undefined || reason === undefined
      ? pass(text)
      : fail(
          show(text),
          `must not overlap ${unusable}: ${reason}`,
          "choose a block of 10.0.0.0/8, 172.18.0.0/15 or 192.168.0.0/16",
        );
  };
}

function overlaps(block: Ipv4Block, text: string): boolean {
  const other = parseIpv4Block(text);
  return (
    other !== undefined &&
    block.first < other.first + blockSize(other) &&
    other.first < block.first + blockSize(block)
  );
}

function blockSize({ prefixLength }: Ipv4Block): number {
  return 2 ** (32 - prefixLength);
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
