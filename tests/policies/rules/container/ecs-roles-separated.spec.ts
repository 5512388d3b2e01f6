import assert from "node:assert/strict";
import { ecsRolesSeparated as policy } from "../../../../policies/rules/container/ecs-roles-separated";
import { type Bag, UNKNOWN } from "../../../../tools/preview/graph";
import { judgeStack, type Subject } from "../../../support/judgement";

const ROLES: readonly Subject[] = ["execution", "application"].map((name) => ({
  type: "aws:iam/role:Role",
  name,
  props: { arn: UNKNOWN },
}));

/** A task definition by what its two properties are and refer to. */
const task = (props: Bag, refers: Readonly<Record<string, readonly string[]>> = {}): Subject => ({
  type: "aws:ecs/taskDefinition:TaskDefinition",
  name: "task",
  props,
  refers,
});

const WIRED = task(
  { executionRoleArn: UNKNOWN, taskRoleArn: UNKNOWN },
  { executionRoleArn: ["execution"], taskRoleArn: ["application"] },
);

const missing = (property: string) =>
  `${property} is not set, allowed is a role of its own (prod, policies/limits.ts "ecs-roles-separated"); declare a role and set ${property}`;
const SAME =
  'executionRoleArn and taskRoleArn are the same role, allowed is two roles (prod, policies/limits.ts "ecs-roles-separated"); declare a role for the application with only what it does itself';

const arn = (name: string) => `arn:aws:iam::123456789012:role/${name}`;

describe("ecs-roles-separated", () => {
  for (const [what, subject] of [
    ["two roles of the stack, before their ARNs are known", WIRED],
    ["two roles by their ARNs", task({ executionRoleArn: arn("a"), taskRoleArn: arn("b") })],
    [
      "a role of the stack beside one that is not",
      task({ executionRoleArn: arn("a"), taskRoleArn: arn("b") }, { taskRoleArn: ["application"] }),
    ],
  ] as const) {
    it(`accepts ${what}`, async () => {
      assert.deepEqual(await judgeStack(policy, [...ROLES, subject]), {
        violations: [],
        subjects: [],
        levels: [],
        undecided: false,
      });
    });
  }

  for (const [what, subject, violations] of [
    [
      "one role of the stack for both, before its ARN is known",
      task(
        { executionRoleArn: UNKNOWN, taskRoleArn: UNKNOWN },
        { executionRoleArn: ["execution"], taskRoleArn: ["application", "execution"] },
      ),
      [SAME],
    ],
    ["one ARN for both", task({ executionRoleArn: arn("a"), taskRoleArn: arn("a") }), [SAME]],
    ["no roles", task({}), [missing("executionRoleArn"), missing("taskRoleArn")]],
    [
      "empty and null roles",
      task({ executionRoleArn: "", taskRoleArn: null }),
      [missing("executionRoleArn"), missing("taskRoleArn")],
    ],
    [
      "a task without a role",
      task({ executionRoleArn: UNKNOWN }, { executionRoleArn: ["execution"] }),
      [missing("taskRoleArn")],
    ],
    [
      "a task that ECS has no role for",
      task({ taskRoleArn: UNKNOWN }, { taskRoleArn: ["application"] }),
      [missing("executionRoleArn")],
    ],
  ] as const) {
    it(`refuses ${what}`, async () => {
      assert.deepEqual(await judgeStack(policy, [...ROLES, subject]), {
        violations,
        subjects: violations.map(() => "task"),
        levels: violations.map(() => "mandatory"),
        undecided: false,
      });
    });
  }

  it("is mandatory in dev", async () => {
    const { levels } = await judgeStack(policy, [task({})], "dev");

    assert.deepEqual(levels, ["mandatory", "mandatory"]);
  });

  it("is undecided on ARNs from elsewhere that are unknown", async () => {
    const { violations, undecided } = await judgeStack(policy, [
      task({ executionRoleArn: UNKNOWN, taskRoleArn: arn("b") }),
    ]);

    assert.deepEqual(violations, []);
    assert.equal(undecided, true);
  });

  it("decides each of several task definitions", async () => {
    const { subjects, undecided } = await judgeStack(policy, [
      ...ROLES,
      { ...task({ executionRoleArn: UNKNOWN, taskRoleArn: arn("b") }), name: "unknown" },
      { ...task({ executionRoleArn: arn("a"), taskRoleArn: arn("a") }), name: "same" },
      { ...task({ executionRoleArn: arn("a") }), name: "half" },
    ]);

    assert.deepEqual(subjects, ["half", "same"]);
    assert.equal(undecided, true);
  });

  it("has nothing to say of a stack without task definitions", async () => {
    assert.deepEqual((await judgeStack(policy, ROLES)).violations, []);
    assert.deepEqual((await judgeStack(policy, [])).violations, []);
  });
});
