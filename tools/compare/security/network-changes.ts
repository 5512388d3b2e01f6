import type { SecurityChange } from "../security-change";
import { changedClaims, type Weighing } from "./claims";
import { groupRules } from "./group-rules";
import type { ComparedSide } from "./compared-sides";
import { containsTraffic, trafficBeyond, type Traffic } from "./traffic";

/** What changed in the rules of security groups, rule by rule. */
export function networkChanges(
  before: ComparedSide,
  after: ComparedSide,
): readonly SecurityChange[] {
  const [earlier, later] = [groupRules(before), groupRules(after)];
  return [...new Set([...earlier.keys(), ...later.keys()])].flatMap((key) => {
    const [from, to] = [earlier.get(key), later.get(key)];
    const { title = "", direction = "" } = to ?? from ?? {};
    return changedClaims(from?.rules ?? [], to?.rules ?? [], TRAFFIC).map((change) => ({
      subject: "network" as const,
      title: `${title}: ${direction}`,
      ...change,
    }));
  });
}

const TRAFFIC: Weighing<Traffic> = {
  contains: containsTraffic,
  isCovered: (inner, others) => trafficBeyond(inner, others).length === 0,
};
