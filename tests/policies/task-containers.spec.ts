import assert from "node:assert/strict";
import { definitionsOf, stopTimeoutOf } from "../../policies/task-containers";
import { type Json, UNKNOWN } from "../../tools/preview/graph";
import { found } from "./probe";

const task = (containerDefinitions: Json) => ({
  type: "aws:ecs/taskDefinition:TaskDefinition",
  name: "task",
  props: { containerDefinitions },
});

const stopTimeout = (definitions: Json, parentType?: string, stopTimeoutSeconds: Json = 60) =>
  found<number>(
    [
      task(definitions),
      {
        type: "aws:ecs/service:Service",
        name: "api",
        props: { taskDefinition: UNKNOWN },
        refers: { taskDefinition: ["task"] },
        ...(parentType !== undefined && { parent: "component" }),
      },
      ...(parentType === undefined
        ? []
        : [{ type: parentType, name: "component", props: { stopTimeoutSeconds } }]),
    ],
    (stack, named, note) => {
      note(stopTimeoutOf(stack, named("api")));
    },
  );

describe("definitionsOf", () => {
  for (const [definitions, expected] of [
    ['[{"name":"app"}]', [{ name: "app" }]],
    ["[]", []],
    ["not JSON", []],
    [null, []],
  ] as const) {
    it(`reads ${String(definitions)}`, async () => {
      const { value } = await found<unknown>([task(definitions)], (_, named, note) => {
        note(definitionsOf(named("task")));
      });

      assert.deepEqual(value, expected);
    });
  }
});

describe("stopTimeoutOf", () => {
  for (const [what, given, expected] of [
    ["what the component registers", [UNKNOWN, "ecs-on-ec2:index:EcsService"], 60],
    [
      "what the definition says, whatever the component registers",
      ['[{"stopTimeout":91}]', "ecs-on-ec2:index:EcsService"],
      91,
    ],
    ["no other component", ['[{"stopTimeout":5}]', "other:index:Service"], 5],
    ["the longest of its containers", ['[{"stopTimeout":5},{"stopTimeout":7}]'], 7],
    ["less than the default where all say so", ['[{"stopTimeout":2}]'], 2],
    ["the default where a container says nothing", ['[{"stopTimeout":5},{}]'], 30],
    ["the default where nothing can be read", ["[]"], 30],
    [
      "the containers where the component registers no number",
      ['[{"stopTimeout":5}]', "ecs-on-ec2:index:EcsService", null],
      5,
    ],
  ] as const) {
    it(`is ${what}`, async () => {
      const { value } = await stopTimeout(...(given as readonly [Json, string?, Json?]));

      assert.equal(value, expected);
    });
  }

  it("is undecided where only the deployment tells", async () => {
    const { value, undecided } = await stopTimeout(UNKNOWN);

    assert.equal(value, undefined);
    assert.equal(undecided, true);
  });
});
