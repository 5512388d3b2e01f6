/**
 * True for a range of addresses that no private network can hold, so that it lets in the internet:
 * the whole of it, its halves and the like. The widest private ranges are 10.0.0.0/8 and fc00::/7.
 * Source: RFC 1918 and RFC 4193.
 */
export function isWorld(cidr: unknown): boolean {
  const [, address, length] = /^([0-9a-f.:]+)\/(\d+)$/i.exec(String(cidr).trim()) ?? [];
  if (address === undefined) {
    return false;
  }
  return Number(length) < (address.includes(":") ? 7 : 8);
}
