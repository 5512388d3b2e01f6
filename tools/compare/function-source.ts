import type { Bag } from "../preview/graph";

/**
 * Where the answer of a provider function comes from: its token, and what it was asked where that is
 * text: `aws:ssm/getParameter:getParameter(name=/aws/service/ecs/optimized-ami)`.
 */
export function functionSource(token: string, args: Bag): string {
  const asked = Object.entries(args)
    .filter((entry): entry is [string, string] => typeof entry[1] === "string")
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}=${value.replace(RESERVED, encodeURIComponent)}`);
  return asked.length === 0 ? token : `${token}(${asked.join(", ")})`;
}

/** What ends a reference, or parts of its source. */
const RESERVED = /[#{}$:]/g;
