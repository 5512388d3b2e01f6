import fc from "fast-check";
import type { ResourceNode } from "../../../../tools/preview/graph";
import { comparisonOf, having, output } from "../../compare/security/changes-between";

/** Names that a careless renderer trips over. */
const HOSTILE = [
  "web",
  'a"b',
  "a[b](c){d}",
  "end",
  "<script>alert(1)</script>",
  "`x`",
  "- list",
  "1. one",
  "%%{init: {}}%%",
  "graph; click n1 href",
  "größe 日本 🚀",
  "a|b-->c#quot;",
  "x".repeat(120),
  "line\nbreak",
  "]]>&amp;",
  "\u0000\u001b",
];

const TYPES = [
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:lb/targetGroup:TargetGroup",
  "aws:lb/listener:Listener",
  "aws:ecs/service:Service",
  "aws:ecs/taskDefinition:TaskDefinition",
  "aws:ecs/cluster:Cluster",
  "aws:ecs/capacityProvider:CapacityProvider",
  "aws:autoscaling/group:Group",
  "aws:ec2/subnet:Subnet",
  "aws:ec2/natGateway:NatGateway",
  "aws:ecr/repository:Repository",
  "aws:cloudwatch/metricAlarm:MetricAlarm",
  "aws:x/y:Unheard",
];

/** Properties by which the types refer to each other. */
const WIRES = [
  "loadBalancerArn",
  "defaultActions",
  "loadBalancers",
  "taskDefinition",
  "cluster",
  "capacityProviderStrategies",
  "autoScalingGroupProvider",
  "containerDefinitions",
];

const names = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary", maxLength: 12 }));

const graphs: fc.Arbitrary<readonly ResourceNode[]> = fc
  .uniqueArray(
    fc.record({
      type: fc.constantFrom(...TYPES),
      name: names,
      port: fc.oneof(fc.integer(), names),
      wire: fc.constantFrom(...WIRES),
      to: fc.nat(20),
    }),
    { maxLength: 14, selector: ({ type, name }) => `${type} ${name}` },
  )
  .map((drafts) => {
    const nodes = drafts.map(({ type, name }) => having(type, name, {}));
    return drafts.flatMap(({ type, name, port, wire, to }, index) => {
      const other = nodes[(index + to) % nodes.length];
      const inputs = {
        port,
        protocol: name,
        minSize: port,
        maxSize: 3,
        ...(other === undefined ? {} : { [wire]: output(other, "arn") }),
      };
      return [having(type, name, inputs)];
    });
  });

/** Comparisons of stacks with hostile names, whose resources refer to each other in any way. */
export const comparisons = fc
  .tuple(fc.option(graphs, { nil: undefined }), graphs)
  .map(([before, after]) => comparisonOf(before, after));
