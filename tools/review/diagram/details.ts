import { bagOf, listOf, textsOf } from "../../compare/security/values";
import { SECRET, UNKNOWN, type Bag, type Json, type ResourceNode } from "../../preview/graph";
import type { Gathered } from "./gather";
import type { Kind } from "./places";

/** One thing to know of a node. The same `what` on both sides is compared. */
export interface Fact {
  readonly what: string;
  readonly value: string;
  /** Stands after the value: ` tasks`. */
  readonly unit?: string;
}

/** What a person wants to know of a node, in a few words. */
export function factsOf({ kind, own, counted, parts }: Gathered): readonly Fact[] {
  if (own !== undefined) {
    return FACTS[kind]?.(own.inputs, parts) ?? [];
  }
  const noun = NOUNS[kind] ?? "resource";
  return counted === 0 ? [] : [counting("count", String(counted), noun)];
}

/** The facts in one text; what differs with both of its states. */
export function describeFacts(
  before: readonly Fact[] | undefined,
  after: readonly Fact[] | undefined,
): string | undefined {
  const text = (after ?? before ?? []).map(({ what, value, unit = "" }) => {
    const earlier = before?.find((fact) => fact.what === what)?.value;
    return `${earlier === undefined || earlier === value ? "" : `${earlier} → `}${value}${unit}`;
  });
  return text.length === 0 ? undefined : text.join(", ");
}

const NOUNS: Partial<Readonly<Record<Kind, string>>> = {
  dns: "record",
  certificate: "certificate",
  network: "subnet",
  nat: "gateway",
  securityGroups: "group",
  roles: "role",
  alarms: "alarm",
  topic: "topic",
  logs: "group",
  buckets: "bucket",
};

const FACTS: Partial<
  Readonly<Record<Kind, (inputs: Bag, parts: readonly ResourceNode[]) => readonly Fact[]>>
> = {
  loadBalancer: ({ loadBalancerType, internal }, parts) => [
    { what: "type", value: first(loadBalancerType) ?? "application" },
    { what: "scheme", value: internal === true ? "internal" : "public" },
    ...stated("ports", portsOf(parts)),
  ],
  targetGroup: ({ protocol, port, targetType }) => [
    ...stated("port", [first(protocol), first(port)].filter(isTold).join(" ")),
    { what: "target", value: `by ${first(targetType) ?? "instance"}` },
  ],
  service: ({ desiredCount }, parts) => {
    const target = parts.find(({ type }) => type === "aws:appautoscaling/target:Target");
    const range = target && rangeOf(target.inputs["minCapacity"], target.inputs["maxCapacity"]);
    const tasks = range ?? first(desiredCount);
    return tasks === undefined ? [] : [counting("tasks", tasks, "task")];
  },
  taskDefinition: ({ cpu, memory, networkMode }) => [
    ...stated("cpu", first(cpu), " CPU units"),
    ...stated("memory", first(memory), " MiB"),
    ...stated("network", first(networkMode)),
  ],
  capacityProvider: ({ autoScalingGroupProvider }) => {
    const scaling = bagOf(bagOf(autoScalingGroupProvider)["managedScaling"]);
    return stated("target", first(scaling["targetCapacity"]), " % used");
  },
  group: ({ minSize, maxSize, mixedInstancesPolicy }) => {
    const { overrides } = bagOf(bagOf(mixedInstancesPolicy)["launchTemplate"]);
    const [type, ...others] = listOf(overrides).flatMap((item) =>
      textsOf(bagOf(item)["instanceType"]),
    );
    const range = rangeOf(minSize, maxSize);
    const types = others.length === 0 ? type : `${type ?? ""} +${String(others.length)}`;
    return [
      ...(range === undefined ? [] : [counting("size", range, "instance")]),
      ...stated("types", types),
    ];
  },
};

function portsOf(parts: readonly ResourceNode[]): string | undefined {
  const ports = parts.flatMap(({ type, inputs }) =>
    type.endsWith(":Listener")
      ? [[first(inputs["protocol"]) ?? "HTTP", first(inputs["port"])].filter(isTold).join(" ")]
      : [],
  );
  return ports.length === 0 ? undefined : ports.sort().join(" and ");
}

const stated = (what: string, value: string | undefined, unit = ""): readonly Fact[] =>
  value === undefined || value === "" ? [] : [{ what, value, unit }];

const isTold = (text: string | undefined): text is string => text !== undefined;

const counting = (what: string, value: string, noun: string): Fact => ({
  what,
  value,
  unit: ` ${noun}${value === "1" ? "" : "s"}`,
});

function first(value: Json | undefined): string | undefined {
  const [text] = textsOf(value);
  return text === UNKNOWN || text === SECRET ? undefined : text;
}

/** `2–8`; of a fixed size the one number. */
function rangeOf(from: Json | undefined, to: Json | undefined): string | undefined {
  const [low, high] = [first(from), first(to)];
  return low === undefined || high === undefined
    ? undefined
    : low === high
      ? low
      : `${low}–${high}`;
}
