import assert from "node:assert/strict";
import { requiredTags as policy } from "../../../../policies/rules/cost/required-tags";
import { UNKNOWN, type Bag, type Json } from "../../../../tools/preview/graph";
import { judgeStack, type Subject } from "../../../support/judgement";

const WITHOUT_OWNER = { Project: "web", Environment: "prod", CostCenter: "engineering" };
const TAGS = { ...WITHOUT_OWNER, Owner: "platform" };

const topic = (props: Bag = { tagsAll: TAGS }): Subject => ({ type: "aws:sns/topic:Topic", props });

const group = (tags: Json): Subject => ({ type: "aws:autoscaling/group:Group", props: { tags } });

const passedOn = (tags: Bag, propagateAtLaunch: Json = true): Json =>
  Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch }));

const template = (instance: Json, volume: Json): Subject => ({
  type: "aws:ec2/launchTemplate:LaunchTemplate",
  props: {
    tagsAll: TAGS,
    tagSpecifications: [
      { resourceType: "instance", tags: instance },
      { resourceType: "volume", tags: volume },
    ],
  },
});

const service = (props: Bag = {}): Subject => ({
  type: "aws:ecs/service:Service",
  props: { tagsAll: TAGS, propagateTags: "SERVICE", enableEcsManagedTags: true, ...props },
});

const WHERE = '(prod, policies/limits.ts "required-tags")';
const ALL = "Project, Environment, Owner, CostCenter";
const lacks = (property: string, keys = "Owner") =>
  `${property} of subject lacks ${keys}, allowed is the tags ${ALL} ${WHERE}; set them in aws:defaultTags`;
const UNPROPAGATED = `propagateTags of subject is not set, allowed is SERVICE or TASK_DEFINITION ${WHERE}; set propagateTags of the service`;
const UNMANAGED = `enableEcsManagedTags of subject is not true, allowed is true, so that the bill tells the cluster and service of a task ${WHERE}; set enableEcsManagedTags of the service`;

const ACCEPTED = { violations: [], subjects: [], levels: [], undecided: false };

describe("required-tags", () => {
  for (const [what, subject] of [
    ["a resource with the tags", topic()],
    ["a tag more", topic({ tagsAll: { ...TAGS, Name: "" } })],
    ["a tag that nobody knows yet", topic({ tagsAll: { ...TAGS, Owner: UNKNOWN } })],
    [
      "a resource that takes no tags",
      { type: "aws:iam/rolePolicy:RolePolicy", props: { tags: null } },
    ],
    ["tags of another cloud", { type: "azure-native:web:App", props: { tagsAll: {} } }],
    ["a group that passes the tags on", group(passedOn(TAGS))],
    ["a group that passes them on by a text", group(passedOn(TAGS, "true"))],
    ["a launch template that tags instances and volumes", template(TAGS, TAGS)],
    ["a service that hands its tags on", service()],
    [
      "a service that hands those of the task definition on",
      service({ propagateTags: "TASK_DEFINITION" }),
    ],
  ] as const) {
    it(`accepts ${what}`, async () => {
      assert.deepEqual(await judgeStack(policy, [subject]), ACCEPTED);
    });
  }

  for (const [what, subject, violations] of [
    ["a tag too few", topic({ tagsAll: WITHOUT_OWNER }), [lacks("tagsAll")]],
    ["an empty tag", topic({ tagsAll: { ...TAGS, Owner: "" } }), [lacks("tagsAll")]],
    [
      "a tag in other letters",
      topic({ tagsAll: { ...WITHOUT_OWNER, owner: "platform" } }),
      [lacks("tagsAll")],
    ],
    ["a resource without tags", topic({}), [lacks("tagsAll", ALL)]],
    ["a resource whose tags are null", topic({ tagsAll: null }), [lacks("tagsAll", ALL)]],
    ["a resource whose tags are a list", topic({ tagsAll: ["Owner"] }), [lacks("tagsAll", ALL)]],
    [
      "any type with an empty map",
      { type: "aws:rds/instance:Instance", props: { tagsAll: {} } },
      [lacks("tagsAll", ALL)],
    ],
    [
      "a group that passes too few on",
      group(passedOn(WITHOUT_OWNER)),
      [lacks("tags with propagateAtLaunch")],
    ],
    [
      "a group that passes an empty one on",
      group(passedOn({ ...TAGS, Owner: "" })),
      [lacks("tags with propagateAtLaunch")],
    ],
    [
      "a group that keeps its tags",
      group(passedOn(TAGS, false)),
      [lacks("tags with propagateAtLaunch", ALL)],
    ],
    ["a group without tags", group(null), [lacks("tags with propagateAtLaunch", ALL)]],
    [
      "a group whose tags are none",
      group(["Owner", null]),
      [lacks("tags with propagateAtLaunch", ALL)],
    ],
    [
      "instances with too few",
      template(WITHOUT_OWNER, TAGS),
      [lacks("tagSpecifications for instance")],
    ],
    [
      "volumes with too few",
      template(TAGS, WITHOUT_OWNER),
      [lacks("tagSpecifications for volume")],
    ],
    [
      "a template without specifications",
      { ...template({}, {}), props: { tagsAll: TAGS } },
      [lacks("tagSpecifications for instance", ALL), lacks("tagSpecifications for volume", ALL)],
    ],
    ["a service that keeps its tags", service({ propagateTags: null }), [UNPROPAGATED]],
    ["a service that hands none on", service({ propagateTags: "NONE" }), [UNPROPAGATED]],
    ["tasks without the tags of ECS", service({ enableEcsManagedTags: null }), [UNMANAGED]],
  ] as const) {
    it(`refuses ${what}`, async () => {
      assert.deepEqual(await judgeStack(policy, [subject]), {
        violations,
        subjects: violations.map(() => "subject"),
        levels: violations.map(() => "mandatory"),
        undecided: false,
      });
    });
  }

  it("advises in dev", async () => {
    assert.deepEqual((await judgeStack(policy, [topic({})], "dev")).levels, ["advisory"]);
  });

  it("is undecided on unknown tags, and decides the other resources", async () => {
    const { subjects, undecided } = await judgeStack(policy, [
      topic({ tagsAll: UNKNOWN }),
      { ...topic({ tagsAll: WITHOUT_OWNER }), name: "other" },
    ]);

    assert.equal(undecided, true);
    assert.deepEqual(subjects, ["other"]);
  });

  it("is undecided on an unknown propagation, and decides the tags of ECS", async () => {
    const { violations, undecided } = await judgeStack(policy, [
      service({ propagateTags: UNKNOWN, enableEcsManagedTags: false }),
    ]);

    assert.equal(undecided, true);
    assert.deepEqual(violations, [UNMANAGED]);
  });
});
