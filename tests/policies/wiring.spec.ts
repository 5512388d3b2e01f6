import assert from "node:assert/strict";
import type { StackResource } from "../../policies/policy";
import {
  associationOf,
  attachedProviders,
  belongings,
  clusterOf,
  groupOf,
  groupsOfService,
  launchTemplateOf,
  managedScalingOf,
  providersOf,
  scaledServices,
  scalersOfGroups,
  scalersOfServices,
  strategyOf,
  targetGroupsOf,
  taskDefinitionOf,
  TYPES,
} from "../../policies/wiring";
import { UNKNOWN } from "../../tools/preview/graph";
import type { Subject } from "../support/judgement";
import { found } from "./probe";

const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";

const names = (resources: readonly StackResource[]) => resources.map(({ name }) => name);

const SERVICE = {
  type: TYPES.service,
  name: "api",
  props: {
    name: UNKNOWN,
    cluster: UNKNOWN,
    taskDefinition: UNKNOWN,
    loadBalancers: [{ targetGroupArn: UNKNOWN }],
    capacityProviderStrategies: [{ capacityProvider: UNKNOWN, weight: 1 }],
  },
  refers: {
    cluster: ["main"],
    taskDefinition: ["task"],
    loadBalancers: ["target-group"],
    capacityProviderStrategies: ["provider"],
  },
} as const satisfies Subject;

/** A stack that is not deployed yet: nothing has a name, everything has an edge. */
const WIRED: readonly Subject[] = [
  SERVICE,
  { type: TYPES.cluster, name: "main", props: { name: UNKNOWN } },
  { type: TYPES.taskDefinition, name: "task", props: { arn: UNKNOWN } },
  { type: TARGET_GROUP, name: "target-group", props: { arn: UNKNOWN } },
  {
    type: TYPES.capacityProvider,
    name: "provider",
    props: { autoScalingGroupProvider: { autoScalingGroupArn: UNKNOWN } },
    refers: { autoScalingGroupProvider: ["group"] },
  },
  {
    type: TYPES.clusterProviders,
    name: "association",
    props: {
      clusterName: UNKNOWN,
      capacityProviders: [UNKNOWN],
      defaultCapacityProviderStrategies: [{ capacityProvider: UNKNOWN, weight: 1 }],
    },
    refers: {
      clusterName: ["main"],
      capacityProviders: ["provider"],
      defaultCapacityProviderStrategies: ["provider"],
    },
  },
  {
    type: TYPES.group,
    name: "group",
    props: { arn: UNKNOWN },
    refers: { mixedInstancesPolicy: ["template"] },
  },
  { type: TYPES.launchTemplate, name: "template" },
  {
    type: TYPES.target,
    name: "target",
    props: { resourceId: UNKNOWN },
    refers: { resourceId: ["main", "api"] },
  },
  {
    type: TYPES.scalingPolicy,
    name: "cpu",
    props: { resourceId: UNKNOWN },
    refers: { resourceId: ["target"] },
  },
  {
    type: TYPES.groupPolicy,
    name: "step",
    props: { autoscalingGroupName: UNKNOWN },
    refers: { autoscalingGroupName: ["group"] },
  },
];

const others = (...without: readonly string[]) =>
  WIRED.filter(({ name }) => !without.includes(name ?? ""));

describe("wiring", () => {
  it("follows a service to its instances, load balancer and tasks by edges alone", async () => {
    const { value, undecided } = await found<unknown>(WIRED, (stack, named, note) => {
      const service = named("api");
      note({
        cluster: clusterOf(stack, service)?.name,
        association: associationOf(stack, service)?.name,
        attached: names(attachedProviders(stack, named("association"))),
        strategy: strategyOf(stack, service)?.owner.name,
        providers: names(
          providersOf(stack, { owner: service, property: "capacityProviderStrategies" }),
        ),
        group: groupOf(stack, named("provider"))?.name,
        groups: names(groupsOfService(stack, service)),
        template: launchTemplateOf(stack, named("group"))?.name,
        targetGroups: names(targetGroupsOf(stack, service)),
        taskDefinition: taskDefinitionOf(stack, service)?.name,
      });
    });

    assert.equal(undecided, false);
    assert.deepEqual(value, {
      cluster: "main",
      association: "association",
      attached: ["provider"],
      strategy: "api",
      providers: ["provider"],
      group: "group",
      groups: ["group"],
      template: "template",
      targetGroups: ["target-group"],
      taskDefinition: "task",
    });
  });

  it("knows a target group by its other token too", async () => {
    const { value } = await found<readonly string[]>(
      [
        ...others("target-group"),
        { type: "aws:alb/targetGroup:TargetGroup", name: "target-group" },
      ],
      (stack, named, note) => {
        note(names(targetGroupsOf(stack, named("api"))));
      },
    );

    assert.deepEqual(value, ["target-group"]);
  });

  it("takes the default strategy of the cluster where a service has none", async () => {
    const service = { ...SERVICE, props: {}, refers: { cluster: ["main"] } };
    const { value } = await found<unknown>(
      [service, ...others("api", "target", "cpu")],
      (stack, named, note) => {
        const { owner, property } = strategyOf(stack, named("api")) ?? {};
        note([owner?.name, property, names(groupsOfService(stack, named("api")))]);
      },
    );

    assert.deepEqual(value, ["association", "defaultCapacityProviderStrategies", ["group"]]);
  });

  it("finds no strategy and no group where the stack declares none", async () => {
    const { value } = await found<unknown>(
      [{ type: TYPES.service, name: "api", props: { launchType: "EC2" } }],
      (stack, named, note) => {
        note([strategyOf(stack, named("api")), groupsOfService(stack, named("api"))]);
      },
    );

    assert.deepEqual(value, [undefined, []]);
  });

  it("follows a scaler to its service, directly and through its target", async () => {
    const { value } = await found<unknown>(WIRED, (stack, named, note) => {
      note([
        names(scaledServices(stack, named("target"))),
        names(scaledServices(stack, named("cpu"))),
        names(scalersOfServices(stack, TYPES.scalingPolicy).of(named("api"))),
        scalersOfServices(stack, TYPES.scalingPolicy).complete,
        names(scalersOfGroups(stack, TYPES.groupPolicy).of(named("group"))),
      ]);
    });

    assert.deepEqual(value, [["api"], ["api"], ["cpu"], true, ["step"]]);
  });

  for (const [what, resourceId, name, expected] of [
    ["the same names", "service/main/api", "api", ["api"]],
    ["another service", "service/main/web", "api", []],
    ["another cluster", "service/other/api", "api", []],
    ["no service", "table/main", UNKNOWN, []],
    ["no text", 7, UNKNOWN, []],
  ] as const) {
    it(`compares known literals without an edge: ${what}`, async () => {
      const { value, undecided } = await found<readonly string[]>(
        [
          {
            type: TYPES.service,
            name: "api",
            props: { name, cluster: "arn:aws:ecs:eu-central-1:123456789012:cluster/main" },
          },
          { type: TYPES.target, name: "target", props: { resourceId } },
        ],
        (stack, named, note) => {
          note(names(scaledServices(stack, named("target"))));
        },
      );

      assert.equal(undecided, false);
      assert.deepEqual(value, expected);
    });
  }

  for (const [what, resourceId, name] of [
    ["the literal", UNKNOWN, "api"],
    ["the name that it is compared with", "service/main/api", UNKNOWN],
  ] as const) {
    it(`is undecided and incomplete where ${what} is unknown`, async () => {
      const { value, undecided } = await found<unknown>(
        [
          { type: TYPES.service, name: "api", props: { name, cluster: "main" } },
          { type: TYPES.target, name: "target", props: { resourceId } },
        ],
        (stack, named, note) => {
          const { of, complete } = scalersOfServices(stack, TYPES.target);
          note([names(of(named("api"))), complete]);
        },
      );

      assert.equal(undecided, true);
      assert.deepEqual(value, [[], false]);
    });
  }

  it("keeps what it can decide where another resource is undecided", async () => {
    const { value, undecided } = await found<unknown>(
      [...WIRED, { type: TYPES.target, name: "stray", props: { resourceId: UNKNOWN } }],
      (stack, named, note) => {
        const { of, complete } = belongings(stack, TYPES.target, (target) =>
          scaledServices(stack, target),
        );
        note([names(of(named("api"))), complete]);
      },
    );

    assert.equal(undecided, true);
    assert.deepEqual(value, [["target"], false]);
  });

  it("compares the literal ARN of a group", async () => {
    const arn = "arn:aws:autoscaling:eu-central-1:123456789012:autoScalingGroup:1";
    const { value } = await found<unknown>(
      [
        { type: TYPES.group, name: "group", props: { arn } },
        { type: TYPES.group, name: "other", props: { arn: `${arn}2` } },
        {
          type: TYPES.capacityProvider,
          name: "provider",
          props: { autoScalingGroupProvider: { autoScalingGroupArn: arn } },
        },
        { type: TYPES.capacityProvider, name: "of-another-kind", props: {} },
      ],
      (stack, named, note) => {
        note([
          groupOf(stack, named("provider"))?.name,
          groupOf(stack, named("of-another-kind"))?.name,
        ]);
      },
    );

    assert.deepEqual(value, ["group", undefined]);
  });

  for (const [status, managed] of [
    ["ENABLED", true],
    ["DISABLED", false],
    [null, false],
  ] as const) {
    it(`says whether ECS scales a group: ${String(status)}`, async () => {
      const { value } = await found<boolean>(
        [
          {
            type: TYPES.capacityProvider,
            name: "provider",
            props: { autoScalingGroupProvider: { managedScaling: { status } } },
          },
        ],
        (_, named, note) => {
          note(managedScalingOf(named("provider")) !== undefined);
        },
      );

      assert.equal(value, managed);
    });
  }
});
