import { describePassing } from "./group-rules";
import { ALL_PORTS, containsTraffic, overlap, type Peer, type Traffic } from "./traffic";

/** Traffic that is sent or let in, by whomever. */
export interface Passing extends Pick<Traffic, "protocols" | "ports"> {
  /** What it depends on that the preview does not know; empty for what passes for certain. */
  readonly doubts: readonly string[];
}

export const EVERYTHING: Passing = { protocols: [0n, 255n], ports: ALL_PORTS, doubts: [] };

/** Stands for any peer. */
export const ANYBODY: Peer = { kind: "group", name: "" };

/** What is in both lists. */
export function inBoth(some: readonly Passing[], others: readonly Passing[]): readonly Passing[] {
  return surest(
    some.flatMap((one) =>
      others.flatMap((other) => {
        const protocols = overlap(one.protocols, other.protocols);
        const ports = overlap(one.ports, other.ports);
        return protocols === undefined || ports === undefined
          ? []
          : [{ protocols, ports, doubts: [...new Set([...one.doubts, ...other.doubts])] }];
      }),
    ),
  );
}

/** The list without what another one of it says as surely. */
export function surest(passings: readonly Passing[]): readonly Passing[] {
  return passings.filter(
    (one, index) =>
      !passings.some(
        (other, place) =>
          place !== index && saysAll(other, one) && (place < index || !saysAll(one, other)),
      ),
  );
}

/** `tcp 443`, and where that is not certain what it depends on. */
export function describe(passing: Passing): string {
  const { doubts } = passing;
  const text = describePassing(passing);
  return doubts.length === 0
    ? text
    : `${text} (possible: the preview does not know ${doubts.join(" and ")})`;
}

const saysAll = (outer: Passing, inner: Passing): boolean =>
  containsTraffic({ peer: ANYBODY, ...outer }, { peer: ANYBODY, ...inner }) &&
  outer.doubts.every((doubt) => inner.doubts.includes(doubt));
