import assert from "node:assert/strict";
import type { PackConfig } from "../../../../policies/pack-config";
import type { Policy } from "../../../../policies/policy";
import { asgDesiredNotPinned } from "../../../../policies/rules/scaling/asg-desired-not-pinned";
import { capacityProviderGroupProtected } from "../../../../policies/rules/scaling/capacity-provider-group-protected";
import { capacityProviderStepWithinGroup } from "../../../../policies/rules/scaling/capacity-provider-step-within-group";
import { capacityStrategyBounded } from "../../../../policies/rules/scaling/capacity-strategy-bounded";
import { drainBudgetWithinDeadline } from "../../../../policies/rules/scaling/drain-budget-within-deadline";
import { fleetVcpuCeiling } from "../../../../policies/rules/scaling/fleet-vcpu-ceiling";
import { healthCheckGrace } from "../../../../policies/rules/scaling/health-check-grace";
import { noCompetingScalers } from "../../../../policies/rules/scaling/no-competing-scalers";
import { scheduledActionsInPairs } from "../../../../policies/rules/scaling/scheduled-actions-in-pairs";
import { serviceAutoscaled } from "../../../../policies/rules/scaling/service-autoscaled";
import { serviceDesiredNotPinned } from "../../../../policies/rules/scaling/service-desired-not-pinned";
import { tasksFitCapacity } from "../../../../policies/rules/scaling/tasks-fit-capacity";
import { TYPES } from "../../../../policies/wiring";
import { WaiverBook } from "../../../../policies/waivers";
import { judgeGraph } from "../../../../tools/policy/judge";
import type { Bag, ResourceGraph, ResourceNode } from "../../../../tools/preview/graph";
import { recorded } from "../../../support/stacks";

const POLICIES: readonly Policy[] = [
  asgDesiredNotPinned,
  capacityProviderGroupProtected,
  capacityProviderStepWithinGroup,
  capacityStrategyBounded,
  drainBudgetWithinDeadline,
  fleetVcpuCeiling,
  healthCheckGrace,
  noCompetingScalers,
  scheduledActionsInPairs,
  serviceAutoscaled,
  serviceDesiredNotPinned,
  tasksFitCapacity,
] as readonly Policy[];

/** `outcome policy name` of each finding. */
async function judged(
  graph: ResourceGraph,
  configured: PackConfig = {},
): Promise<readonly string[]> {
  const waivers = new WaiverBook([], "2026-01-01");
  const { findings } = await judgeGraph(graph, { waivers, policies: POLICIES, configured });
  return findings.map(({ outcome, policy, name }) => `${outcome} ${policy} ${name}`);
}

/** The graph with one resource changed, or without those of a type where `change` gives undefined. */
function changed(
  graph: ResourceGraph,
  type: string,
  change: (node: ResourceNode) => ResourceNode | undefined,
): ResourceGraph {
  const resources = graph.resources.flatMap((node) =>
    node.type === type ? (change(node) ?? []) : node,
  );
  return { ...graph, resources };
}

const withProps =
  (props: (outputs: Bag) => Bag) =>
  (node: ResourceNode): ResourceNode => ({
    ...node,
    inputs: { ...node.inputs, ...props(node.inputs) },
    outputs: { ...node.outputs, ...props(node.outputs) },
  });

const withoutIgnoreChanges = (node: ResourceNode): ResourceNode => ({
  ...node,
  options: { ...node.options, ignoreChanges: [] },
});

const bagOf = (bag: Bag, key: string) => bag[key] as Bag;

describe("scaling policies on the shipped stacks", () => {
  let graphs: Readonly<Record<"dev" | "prod", ResourceGraph>>;

  before(async () => {
    graphs = {
      dev: await recorded("dev"),
      prod: await recorded("prod"),
    };
  });

  for (const stack of ["dev", "prod"] as const) {
    it(`find nothing wrong with ${stack}`, async () => {
      assert.deepEqual(await judged(graphs[stack]), []);
    });
  }

  for (const [what, type, change, expected] of [
    [
      "a group whose capacity is pinned",
      TYPES.group,
      withoutIgnoreChanges,
      "violation asg-desired-not-pinned web",
    ],
    [
      "a service whose count is pinned",
      TYPES.service,
      withoutIgnoreChanges,
      "violation service-desired-not-pinned web",
    ],
    [
      "a service without scaling policies",
      TYPES.scalingPolicy,
      () => undefined,
      "violation service-autoscaled web",
    ],
    [
      "a step larger than the group",
      TYPES.capacityProvider,
      withProps((props) => {
        const provider = bagOf(props, "autoScalingGroupProvider");
        const managedScaling = { ...bagOf(provider, "managedScaling"), maximumScalingStepSize: 10 };
        return { autoScalingGroupProvider: { ...provider, managedScaling } };
      }),
      "violation capacity-provider-step-within-group cp-web",
    ],
    [
      "a group without protection",
      TYPES.group,
      withProps(() => ({ protectFromScaleIn: false })),
      "violation capacity-provider-group-protected web",
    ],
    [
      "a service with a launch type",
      TYPES.service,
      withProps(() => ({ launchType: "EC2" })),
      "violation capacity-strategy-bounded web",
    ],
    [
      "a deregistration that takes too long for Spot",
      "aws:lb/targetGroup:TargetGroup",
      withProps(() => ({ deregistrationDelay: 300 })),
      "violation drain-budget-within-deadline web",
    ],
    [
      "a type that nobody knows",
      TYPES.group,
      withProps((props) => {
        const mixed = bagOf(props, "mixedInstancesPolicy");
        const overrides = [{ instanceType: "m7g.large" }, { instanceType: "z9.large" }];
        const launchTemplate = { ...bagOf(mixed, "launchTemplate"), overrides };
        return { mixedInstancesPolicy: { ...mixed, launchTemplate } };
      }),
      "violation fleet-vcpu-ceiling web",
    ],
    [
      "a grace period that is too short",
      TYPES.service,
      withProps(() => ({ healthCheckGracePeriodSeconds: 9 })),
      "violation health-check-grace web",
    ],
    [
      "a group too small for a deployment",
      TYPES.group,
      withProps(() => ({ maxSize: 15 })),
      "violation tasks-fit-capacity web",
    ],
  ] as const) {
    it(`find ${what} in prod, and nothing else`, async () => {
      assert.deepEqual(await judged(changed(graphs.prod, type, change)), [expected]);
    });
  }

  for (const [policy, limits, type, change] of [
    ["service-autoscaled", { exemptServices: ["web"] }, TYPES.scalingPolicy, () => undefined],
    [
      "tasks-fit-capacity",
      { eniTrunking: true },
      TYPES.taskDefinition,
      withProps(() => ({ networkMode: "awsvpc" })),
    ],
    [
      "drain-budget-within-deadline",
      { spotDeadlineSeconds: 360 },
      "aws:lb/targetGroup:TargetGroup",
      withProps(() => ({ deregistrationDelay: 300 })),
    ],
  ] as const) {
    it(`take the configured limit of ${policy}`, async () => {
      const graph = changed(graphs.prod, type, change);

      assert.equal((await judged(graph)).length > 0, true);
      assert.deepEqual(await judged(graph, { [policy]: { limits } }), []);
    });
  }
});
