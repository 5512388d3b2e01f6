import assert from "node:assert/strict";
import { readGraphFile } from "../../../tools/policy/graph-file";
import { InputFileError } from "../../../tools/policy/json-file";
import type { Bag } from "../../../tools/preview/graph";
import { renderJson } from "../../../tools/preview/json";
import { aCapacity, aGraph } from "../preview/small-graph";
import { inputFolder } from "./input-files";
import { aVerdict } from "./verdicts";

const STACK = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";
const GROUP = "urn:pulumi:dev::shop::aws:autoscaling/group:Group::web";

const stack: Bag = {
  ...{ urn: STACK, type: "pulumi:pulumi:Stack", name: "shop-dev", custom: false, remote: false },
  ...{ inputs: {}, outputs: {}, dependencies: [], propertyDependencies: {}, options: {} },
};
const group: Bag = { ...stack, urn: GROUP, type: "aws:autoscaling/group:Group", parent: STACK };

const aFile = (overrides: Bag = {}, resource: Bag = {}): Bag => ({
  ...{ project: "shop", stack: "dev", outputs: {} },
  resources: [stack, { ...group, ...resource }],
  ...overrides,
});

const MAKE = "write one with 'npm run --silent preview -- <stack> --json'";

describe("readGraphFile", () => {
  const write = inputFolder();

  it("reads what a preview writes", () => {
    const graph = aGraph();
    const text = renderJson({ graph, ...aCapacity() }, aVerdict());
    const read = readGraphFile(write("graph.json", text));

    assert.deepEqual(
      read.resources.map(({ urn, type, name, parent, inputs, source }) => ({
        ...{ urn, type, name, parent, inputs, source },
      })),
      graph.resources.map(({ urn, type, name, parent, inputs, source }) => ({
        ...{ urn, type, name, parent, inputs, source },
      })),
    );
    assert.deepEqual([read.project, read.stack, read.outputs], ["shop", "dev", {}]);
    assert.deepEqual(
      read.resources.map(({ options }) => [options.protect, options.ignoreChanges]),
      graph.resources.map(({ options }) => [options.protect ?? false, options.ignoreChanges ?? []]),
    );
  });

  for (const [what, content, ...faults] of [
    ["an empty file", "", "is empty, must be JSON"],
    ["no JSON", '{\n  "project": ,\n}', "is no JSON: Unexpected token ','"],
    [
      "JSON that ends too early",
      '{\n  "project": 1',
      "is no JSON: line 2, column 15: Expected ',' or '}' after property value",
    ],
    ["a list", [], `the whole file: got a list, must be a resource graph; ${MAKE}`],
    ["null", "null", `the whole file: got null, must be a resource graph; ${MAKE}`],
    [
      "a state file",
      { version: 3, deployment: {} },
      "the whole file: is the state of a stack; pass it with --state",
    ],
    [
      "what `pulumi preview --json` writes",
      { steps: [] },
      `resources: got nothing, must be the resources of a stack; ${MAKE}`,
    ],
    [
      "no resources",
      aFile({ resources: [] }),
      `resources: got an empty list, must be the resources of a stack; ${MAKE}`,
    ],
    [
      "resources that are no list",
      aFile({ resources: {} }),
      "resources: got an object, must be a list",
    ],
    [
      "a resource that is none",
      aFile({ resources: [stack, 1] }),
      "resources[1]: got a number, must be a resource",
    ],
    [
      "no stack",
      aFile({ stack: "" }),
      "stack: got an empty text, must be a text",
      `resources[0].urn: got a resource of stack 'dev', must be of ''`,
      `resources[1].urn: got a resource of stack 'dev', must be of ''`,
    ],
    [
      "another stack's resource",
      aFile({}, { urn: GROUP.replace(":dev:", ":prod:") }),
      "resources[1].urn: got a resource of stack 'prod', must be of 'dev'",
    ],
    [
      "a URN that is none",
      aFile({}, { urn: "web" }),
      "resources[1].urn: got 'web', must be urn:pulumi:<stack>::<project>::<types>::<name> with the resource's type",
    ],
    [
      "a URN of another type",
      aFile({}, { type: "aws:ec2/vpc:Vpc" }),
      `resources[1].urn: got '${GROUP}', must be urn:pulumi:<stack>::<project>::<types>::<name> with the resource's type`,
    ],
    [
      "a URN twice",
      aFile({ resources: [stack, group, group] }),
      `resources[2].urn: got '${GROUP}' a second time, must be unique`,
    ],
    ["a missing type", aFile({}, { type: null }), "resources[1].type: got null, must be a text"],
    [
      "inputs that are none",
      aFile({}, { inputs: [] }),
      "resources[1].inputs: got a list, must be an object",
    ],
    [
      "a dangling parent",
      aFile({}, { parent: "urn:x" }),
      "resources[1].parent: got 'urn:x', must be the URN of a resource of the file",
    ],
    [
      "a dangling dependency",
      aFile({}, { dependencies: [STACK, "urn:x"] }),
      "resources[1].dependencies[1]: got 'urn:x', must be the URN of a resource of the file",
    ],
    [
      "a dangling property dependency",
      aFile({}, { propertyDependencies: { tags: ["urn:x"] } }),
      "resources[1].propertyDependencies.tags[0]: got 'urn:x', must be the URN of a resource of the file",
    ],
    [
      "odd dependencies",
      aFile({}, { dependencies: [7], propertyDependencies: { tags: "x" } }),
      "resources[1].dependencies[0]: got a number, must be a text",
      "resources[1].propertyDependencies.tags: got a text, must be a list",
    ],
    [
      "odd options",
      aFile({}, { options: { protect: "yes", ignoreChanges: "x" } }),
      "resources[1].options.protect: got a text, must be true or false",
      "resources[1].options.ignoreChanges: got a text, must be a list",
    ],
    [
      "an odd source",
      aFile({}, { source: { file: "a.ts", line: "1" } }),
      "resources[1].source.line: got a text, must be a number",
    ],
  ] as const) {
    it(`refuses ${what}`, () => {
      const file = write("graph.json", content);

      assert.throws(() => readGraphFile(file), new InputFileError(file, faults));
    });
  }

  it("refuses a file that is not there", () => {
    assert.throws(
      () => readGraphFile("/does/not/exist.json"),
      new InputFileError("/does/not/exist.json", ["no such file"]),
    );
  });

  it("names at most twenty faults", () => {
    const resources = Array.from({ length: 25 }, () => 1);
    const file = write("graph.json", aFile({ resources }));

    assert.throws(
      () => readGraphFile(file),
      (error: Error) =>
        error.message.split("\n").length === 21 && error.message.endsWith("and 5 more faults"),
    );
  });
});
