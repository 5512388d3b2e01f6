import * as ipaddr from "ipaddr.js";

/** Addresses of a CIDR block, the first and the last included. */
export interface AddressRange {
  readonly family: "IPv4" | "IPv6";
  readonly first: bigint;
  readonly last: bigint;
}

/** The addresses of a CIDR block, or undefined for what is none. Bits after the prefix do not count, as for EC2. */
export function addressRange(cidr: string): AddressRange | undefined {
  if (!ipaddr.isValidCIDR(cidr)) {
    return undefined;
  }
  const [address, prefix] = ipaddr.parseCIDR(cidr);
  const bytes = address.toByteArray();
  const value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const size = 1n << BigInt(bytes.length * 8 - prefix);
  const first = value - (value % size);
  return {
    family: address.kind() === "ipv4" ? "IPv4" : "IPv6",
    first,
    last: first + size - 1n,
  };
}

/** True where every address of `inner` is in `outer`. */
export function containsAddresses(outer: AddressRange, inner: AddressRange): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}
