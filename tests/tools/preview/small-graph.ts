import type { CapacityReport } from "../../../capacity/capacity-report";
import { headroomOf } from "../../../capacity/headroom";
import type { ResourceGraph, ResourceNode } from "../../../tools/preview/graph";
import { UNKNOWN } from "../../../tools/preview/graph";
import type { Preview } from "../../../tools/preview/preview";
import type { SimulatedDay } from "../../../tools/preview/simulated-day";

const prefix = "urn:pulumi:dev::shop::";

/** A resource with nothing special about it. */
export function aResource(
  chain: string,
  name: string,
  overrides: Partial<ResourceNode> = {},
): ResourceNode {
  const type = chain.split("$").at(-1) ?? chain;
  return {
    urn: `${prefix}${chain}::${name}`,
    type,
    name,
    parent: `${prefix}pulumi:pulumi:Stack::shop-dev`,
    custom: type.startsWith("aws:"),
    remote: false,
    inputs: {},
    outputs: {},
    dependencies: [],
    propertyDependencies: {},
    options: {},
    source: undefined,
    ...overrides,
  };
}

/** A stack with a nested component, three subnets and one protected bucket. */
export function aGraph(overrides: Partial<ResourceGraph> = {}): ResourceGraph {
  const network = `${prefix}shop:index:Network::web`;
  const vpc = `${prefix}shop:index:Network$aws:ec2/vpc:Vpc::web`;
  const subnet = "shop:index:Network$aws:ec2/vpc:Vpc$aws:ec2/subnet:Subnet";
  return {
    project: "shop",
    stack: "dev",
    resources: [
      aResource("aws:s3/bucket:Bucket", "logs", {
        options: { protect: true, retainOnDelete: true },
      }),
      aResource("aws:ecs/service:Service", "web", {
        inputs: { desiredCount: 2, cluster: UNKNOWN },
        options: { ignoreChanges: ["desiredCount"] },
        source: { file: "infra/service.ts", line: 12 },
      }),
      aResource("shop:index:Network", "web"),
      aResource("shop:index:Network$aws:ec2/vpc:Vpc", "web", { parent: network }),
      aResource(subnet, "web-10", { parent: vpc }),
      aResource(subnet, "web-2", { parent: vpc }),
      aResource(subnet, "web-1", { parent: vpc }),
      aResource("shop:index:Network$aws:ec2/eip:Eip", "web", { parent: network }),
      aResource("pulumi:pulumi:Stack", "shop-dev", { parent: undefined }),
    ],
    outputs: {},
    ...overrides,
  };
}

/** Four instance types, each bound by something else. */
function aCapacityReport(overrides: Partial<CapacityReport> = {}): CapacityReport {
  const smallest = { instanceType: "t4g.small", tasks: 6, boundBy: "memory" } as const;
  return {
    fits: [
      smallest,
      { instanceType: "t4g.medium", tasks: 12, boundBy: "networkInterfaces" },
      { instanceType: "m7g.large", tasks: 40, boundBy: "cpu" },
      { instanceType: "m7g.xlarge", tasks: 100, boundBy: "hostPorts" },
    ],
    smallest,
    minTasks: 2,
    maxTasks: 40,
    deploymentTasks: 80,
    instancesAtMin: 1,
    instancesAtMax: 7,
    instancesAtDeployment: 14,
    minInstances: 2,
    maxInstances: 14,
    minInstancesBoundBy: "one instance a zone",
    maxInstancesBoundBy: "the deployment's surge",
    ...overrides,
  };
}

/** All that a preview says of such a stack's capacity, over three zones. */
export function aCapacity(overrides: Partial<CapacityReport> = {}): Omit<Preview, "graph"> {
  const capacity = aCapacityReport(overrides);
  return { capacity, headroom: headroomOf(capacity, 3), exceededQuotas: [], day: aDay() };
}

/** The day of such a stack. */
export function aDay(overrides: Partial<SimulatedDay> = {}): SimulatedDay {
  return {
    peakRequestsPerSecond: 533.4,
    missedMinutes: 0,
    fewestInstances: 2,
    mostInstances: 7,
    instancesUsd: 4.567,
    ...overrides,
  };
}
