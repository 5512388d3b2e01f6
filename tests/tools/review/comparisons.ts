import type { CostEstimate } from "../../../capacity/cost";
import type {
  Comparison,
  LimitChange,
  PropertyChange,
  ResourceChange,
  UndecidedResource,
} from "../../../tools/compare/comparison";
import { referenceTo } from "../../../tools/compare/reference";
import type { SecurityChange } from "../../../tools/compare/security-change";
import type { StackSide } from "../../../tools/compare/stack-side";
import { graphCost } from "../../../tools/preview/cost";
import { SECRET, UNKNOWN } from "../../../tools/preview/graph";
import type { ComparedStack, FailedStack } from "../../../tools/review/stack-review";
import { aFinding, aVerdict } from "../policy/verdicts";
import { aCapacity, aDay, aGraph } from "../preview/small-graph";

const prefix = "urn:pulumi:dev::shop::";
export const service = `${prefix}aws:ecs/service:Service::web`;
export const cluster = `${prefix}shop:index:Network$aws:ec2/vpc:Vpc::web`;

/** A cost of one line. */
export function aCost(steady: number, overrides: Partial<CostEstimate> = {}): CostEstimate {
  const usdPerMonth = { minimum: steady / 2, steady, worst: steady * 3 };
  return {
    ...graphCost(aGraph()),
    lines: [
      {
        item: "EC2 instances",
        quantity: { minimum: 1, steady: 2, worst: 6 },
        unit: "instances",
        usdPerMonth,
        isAllowance: false,
      },
    ],
    usdPerMonth,
    ...overrides,
  };
}

/** A side of the small stack. */
export function aSide(overrides: Partial<StackSide> = {}): StackSide {
  return {
    label: "main (1a2b3c4)",
    settings: {},
    graph: aGraph(),
    ...aCapacity(),
    cost: aCost(100),
    policies: aVerdict(),
    judgement: { limits: {}, levels: {}, waivers: [] },
    ...overrides,
  };
}

/** An update of the service with nothing in it. */
export function aChange(overrides: Partial<ResourceChange> = {}): ResourceChange {
  return {
    operation: "update",
    urn: service,
    previousUrn: undefined,
    type: "aws:ecs/service:Service",
    name: "web",
    before: undefined,
    after: undefined,
    properties: [],
    options: [],
    mayReplace: false,
    deletesFirst: false,
    follows: [],
    holds: undefined,
    destruction: undefined,
    allowedBy: undefined,
    hint: undefined,
    causes: undefined,
    ...overrides,
  };
}

export function aProperty(overrides: Partial<PropertyChange> = {}): PropertyChange {
  return {
    path: "desiredCount",
    before: 2,
    after: 3,
    replaces: false,
    lines: undefined,
    ...overrides,
  };
}

/** A comparison of the small stack with itself. */
export function aComparison(overrides: Partial<Comparison> = {}): Comparison {
  const changes = overrides.changes ?? [];
  const count = (wanted: ResourceChange["operation"]) =>
    changes.filter(({ operation }) => operation === wanted).length;
  return {
    project: "shop",
    stack: "dev",
    before: aSide(),
    after: aSide({ label: "working tree" }),
    changes,
    kept: [],
    counts: {
      create: count("create"),
      update: count("update"),
      replace: count("replace"),
      delete: count("delete"),
      same: 9,
    },
    settings: [],
    outputs: [],
    limits: [],
    undecided: [],
    ...overrides,
  };
}

export function aReview(
  comparison: Partial<Comparison> = {},
  overrides: Partial<ComparedStack> = {},
): ComparedStack {
  return { stack: "dev", comparison: aComparison(comparison), security: [], ...overrides };
}

export function aSecurityChange(overrides: Partial<SecurityChange> = {}): SecurityChange {
  return {
    subject: "network",
    effect: "widened",
    broadens: true,
    urn: service,
    title: "SecurityGroup web-load-balancer: ingress",
    before: "tcp 443 from 10.0.0.0/8",
    after: "tcp 443 from 0.0.0.0/0",
    source: { file: "infra/components/security-groups.ts", line: 40 },
    ...overrides,
  };
}

/** A maximum that is raised. */
export function aLimit(overrides: Partial<LimitChange> = {}): LimitChange {
  return {
    kind: "limit",
    policy: "group-is-small",
    path: "group-is-small.maxSize",
    before: 4,
    after: 400,
    loosens: true,
    ...overrides,
  };
}

/** A subscription whose address is encrypted. */
export function anUndecided(overrides: Partial<UndecidedResource> = {}): UndecidedResource {
  return {
    urn: `${prefix}aws:sns/topicSubscription:TopicSubscription::email`,
    type: "aws:sns/topicSubscription:TopicSubscription",
    name: "email",
    paths: ["endpoint"],
    because: ["shop:email"],
    mayReplace: true,
    ...overrides,
  };
}

/** One change of every kind, with everything that a change can have. */
export function aBusyReview(): ComparedStack {
  const bucket = `${prefix}aws:s3/bucket:Bucket::logs`;
  const image = `${prefix}shop:index:Network$aws:ec2/eip:Eip::web`;
  const subnet = `${prefix}shop:index:Network$aws:ec2/vpc:Vpc$aws:ec2/subnet:Subnet::web-2`;
  return aReview(
    {
      after: aSide({
        label: "working tree",
        ...aCapacity({ maxTasks: 60, instancesAtMax: 10, maxInstances: 20 }),
        day: aDay({ missedMinutes: 12, mostInstances: 10 }),
        exceededQuotas: [
          {
            quota: "tasksPerService",
            needed: 6000,
            granted: 5000,
            text: "a deployment at maxTasks runs 6000 tasks, but a service runs 5000; lower maxTasks",
          },
        ],
        cost: aCost(134.2),
        policies: aVerdict({ findings: [aFinding()] }),
      }),
      before: aSide({
        policies: aVerdict({
          findings: [aFinding({ policy: "group-is-named", level: "advisory" })],
        }),
      }),
      changes: [
        aChange({
          operation: "delete",
          urn: bucket,
          type: "aws:s3/bucket:Bucket",
          name: "logs",
          holds: "data",
          destruction: "refused",
          hint: "it is protected: take the protection away in a change of its own first",
        }),
        aChange({
          properties: [
            aProperty(),
            aProperty({ path: "healthCheck.path", before: undefined, after: "/ready" }),
            aProperty({ path: "tags[team]", before: "a", after: undefined }),
            aProperty({
              path: "taskDefinition",
              before: referenceTo(cluster, "arn"),
              after: UNKNOWN,
            }),
            aProperty({ path: "password", before: SECRET, after: SECRET }),
          ],
          options: [aProperty({ path: "protect", before: true, after: undefined })],
          follows: [cluster],
        }),
        aChange({
          operation: "replace",
          urn: image,
          type: "aws:ec2/eip:Eip",
          name: "web",
          previousUrn: `${prefix}aws:ec2/eip:Eip::address`,
          holds: "traffic",
          destruction: "allowed",
          allowedBy: "1a2b3c4 (feat(infra): move the address)",
          deletesFirst: true,
          properties: [
            aProperty({ path: "domain", before: "standard", after: "vpc", replaces: true }),
            aProperty({
              path: "userData",
              before: "#!/bin/sh\nset -e\necho one\n",
              after: "#!/bin/sh\nset -e\necho two\n",
              lines: [
                { kind: "same", text: "#!/bin/sh" },
                { kind: "same", text: "set -e" },
                ...Array.from({ length: 4 }, () => ({ kind: "same" as const, text: "sync" })),
                { kind: "removed", text: "echo one" },
                { kind: "added", text: "echo two" },
              ],
            }),
          ],
        }),
        aChange({
          operation: "create",
          urn: subnet,
          type: "aws:ec2/subnet:Subnet",
          name: "web-2",
        }),
      ],
      settings: [
        aProperty({ path: "shop:maxTasks", before: "40", after: "60" }),
        aProperty({ path: "shop:apiKey", before: SECRET, after: SECRET }),
      ],
      kept: [
        {
          urn: `${prefix}aws:sns/topic:Topic::alarms`,
          previousUrn: `${prefix}aws:sns/topic:Topic::alerts`,
          type: "aws:sns/topic:Topic",
          name: "alarms",
          options: [],
        },
        {
          urn: `${prefix}aws:s3/bucket:Bucket::access-logs`,
          previousUrn: undefined,
          type: "aws:s3/bucket:Bucket",
          name: "access-logs",
          options: [aProperty({ path: "protect", before: true, after: undefined })],
        },
      ],
      limits: [
        aLimit({ path: "group-is-small.minSize", before: 1, after: 2, loosens: false }),
        aLimit(),
        aLimit({ path: "group-is-small.ports", before: undefined, after: 22 }),
      ],
      undecided: [anUndecided()],
      outputs: [aProperty({ path: "url", before: "http://a", after: UNKNOWN })],
    },
    {
      security: [
        aSecurityChange({ effect: "narrowed", broadens: false, title: "Role web-task" }),
        aSecurityChange(),
      ],
    },
  );
}

export const aFailure: FailedStack = {
  stack: "prod",
  failure: "error: minTasks is 0, allowed is 1 or more\nerror: zones is 9, allowed is at most 3",
};
