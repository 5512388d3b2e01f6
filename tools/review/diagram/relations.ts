import type { Kind } from "./places";

/** How a reference between two kinds is drawn; a pair that the table does not know is not. */
export interface Relation {
  /** True where the arrow goes to the one that refers: the way of the traffic, not of the reference. */
  readonly isReversed: boolean;
  /** Traffic and control are drawn as a line, all else dashed. */
  readonly isMain: boolean;
  readonly label: string;
}

/** @param from kind of the resource that refers to the other */
export function relationOf(from: Kind, to: Kind): Relation | undefined {
  return RELATIONS.get(`${from} ${to}`);
}

const relation = (
  from: Kind,
  to: Kind,
  label = "",
  { isReversed = false, isMain = true } = {},
): [string, Relation] => [`${from} ${to}`, { isReversed, isMain, label }];

const aside = { isMain: false };
const against = { isReversed: true };

const RELATIONS = new Map([
  relation("dns", "loadBalancer"),
  relation("loadBalancer", "certificate", "", { ...aside, ...against }),
  relation("loadBalancer", "webAcl", "guards", { ...aside, ...against }),
  relation("loadBalancer", "targetGroup"),
  relation("targetGroup", "loadBalancer"),
  relation("loadBalancer", "securityGroups", "", aside),
  relation("loadBalancer", "buckets", "access logs", aside),
  relation("service", "targetGroup", "", against),
  relation("service", "taskDefinition", "runs"),
  relation("service", "cluster"),
  relation("service", "capacityProvider", "places tasks by"),
  relation("service", "alarms", "rolls back on", aside),
  relation("taskDefinition", "repository", "image"),
  relation("taskDefinition", "roles", "", aside),
  relation("taskDefinition", "logs", "", aside),
  relation("cluster", "capacityProvider"),
  relation("capacityProvider", "group", "scales"),
  relation("group", "network"),
  relation("group", "securityGroups", "", aside),
  relation("group", "roles", "", aside),
  relation("nat", "network", "", against),
  relation("alarms", "topic", "notify"),
]);
