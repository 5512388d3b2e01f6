import assert from "node:assert/strict";
import { ecrLifecycle as policy } from "../../../../policies/rules/registry/ecr-lifecycle";
import { UNKNOWN, type Bag, type Json } from "../../../../tools/preview/graph";
import { judgeStack, type Subject } from "../../../support/judgement";

const REPOSITORY: Subject = { type: "aws:ecr/repository:Repository", name: "web" };

const EXPIRE = { type: "expire" };

const untagged = (selection: Bag = {}): Bag => ({
  rulePriority: 1,
  selection: {
    tagStatus: "untagged",
    countType: "sinceImagePushed",
    countUnit: "days",
    countNumber: 14,
    ...selection,
  },
  action: EXPIRE,
});

const count = (countNumber: Json, selection: Bag = {}): Bag => ({
  rulePriority: 2,
  selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber, ...selection },
  action: EXPIRE,
});

const lifecycle = (...rules: Json[]): Subject => ({
  type: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
  name: "lifecycle",
  props: { policy: JSON.stringify({ rules }) },
  refers: { repository: ["web"] },
});

const given = (policy: Json): Subject => ({ ...lifecycle(), props: { policy } });

const WHERE = '(prod, policies/limits.ts "ecr-lifecycle")';
const UNTAGGED = `lifecycle keeps untagged images, allowed is a rule that expires them ${WHERE}; add a rule with the tagStatus untagged`;
const kept = (images: string) =>
  `lifecycle keeps ${images}, allowed is at most 50 ${WHERE}; lower keepImages`;

const ACCEPTED = { violations: [], subjects: [], levels: [], undecided: false };

describe("ecr-lifecycle", () => {
  for (const [what, subjects] of [
    ["the most images", [REPOSITORY, lifecycle(untagged(), count(50))]],
    ["one image", [REPOSITORY, lifecycle(untagged(), count(1))]],
    [
      "untagged images by number",
      [REPOSITORY, lifecycle(untagged({ countType: "imageCountMoreThan" }), count(50))],
    ],
    [
      "images of any tag by age",
      [REPOSITORY, lifecycle(untagged({ tagStatus: "any" }), count(50))],
    ],
    [
      "all tags by a pattern",
      [
        REPOSITORY,
        lifecycle(untagged(), count(50, { tagStatus: "tagged", tagPatternList: ["*"] })),
      ],
    ],
    ["the lower of two numbers", [REPOSITORY, lifecycle(untagged(), count(51), count(50))]],
    ["a stack without repositories", []],
    ["other types", [{ type: "aws:ecrpublic/repository:Repository", name: "web" }]],
  ] as const) {
    it(`accepts ${what}`, async () => {
      assert.deepEqual(await judgeStack(policy, subjects), ACCEPTED);
    });
  }

  for (const [what, subject, violations] of [
    ["one image too many", lifecycle(untagged(), count(51)), [kept("51 images")]],
    ["any number", lifecycle(untagged()), [kept("any number of images")]],
    [
      "a number of some tags",
      lifecycle(untagged(), count(50, { tagStatus: "tagged", tagPrefixList: ["v"] })),
      [kept("any number of images")],
    ],
    [
      "a number of tags by two patterns, which all have to fit",
      lifecycle(untagged(), count(50, { tagStatus: "tagged", tagPatternList: ["*", "v*"] })),
      [kept("any number of images")],
    ],
    ["a number that is none", lifecycle(untagged(), count("many")), [kept("any number of images")]],
    ["untagged images", lifecycle(count(50)), [UNTAGGED]],
    [
      "untagged images that are archived",
      lifecycle({ ...untagged(), action: { type: "transition" } }, count(50)),
      [UNTAGGED],
    ],
    ["everything, without rules", lifecycle(), [UNTAGGED, kept("any number of images")]],
    [
      "everything, by a text that is no document",
      given("{"),
      [UNTAGGED, kept("any number of images")],
    ],
    ["everything, by nothing", given(null), [UNTAGGED, kept("any number of images")]],
    [
      "everything, by rules that are none",
      lifecycle(null, 7, []),
      [UNTAGGED, kept("any number of images")],
    ],
  ] as const) {
    it(`refuses ${what}`, async () => {
      assert.deepEqual(await judgeStack(policy, [REPOSITORY, subject]), {
        violations,
        subjects: violations.map(() => "lifecycle"),
        levels: violations.map(() => "mandatory"),
        undecided: false,
      });
    });
  }

  it("refuses a repository without a lifecycle policy", async () => {
    const other = { ...lifecycle(untagged(), count(50)), refers: {} };

    assert.deepEqual(await judgeStack(policy, [REPOSITORY, other]), {
      violations: [
        `web has no lifecycle policy, allowed is one that expires untagged images and keeps at most 50 ${WHERE}; declare an aws.ecr.LifecyclePolicy for the repository`,
      ],
      subjects: ["web"],
      levels: ["mandatory"],
      undecided: false,
    });
  });

  it("has dev's limit in dev, and advises there", async () => {
    const judge = (images: number) =>
      judgeStack(policy, [REPOSITORY, lifecycle(untagged(), count(images))], "dev");

    assert.deepEqual(await judge(20), ACCEPTED);
    assert.deepEqual((await judge(21)).levels, ["advisory"]);
  });

  it("is undecided on an unknown document, and decides the other repositories", async () => {
    const { subjects, undecided } = await judgeStack(policy, [
      REPOSITORY,
      given(UNKNOWN),
      { ...REPOSITORY, name: "other" },
    ]);

    assert.equal(undecided, true);
    assert.deepEqual(subjects, ["other"]);
  });
});
