import assert from "node:assert/strict";
import { checkSameStack, readEarlierFile } from "../../../tools/policy/earlier-file";
import { InputFileError } from "../../../tools/policy/json-file";
import { aGraph } from "../preview/small-graph";
import { inputFolder } from "./input-files";

const ROOT = {
  urn: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev",
  type: "pulumi:pulumi:Stack",
};
const GROUP = {
  urn: "urn:pulumi:dev::shop::aws:autoscaling/group:Group::web",
  type: "aws:autoscaling/group:Group",
  inputs: { maxSize: 3 },
};
const empty = { inputs: {}, outputs: {}, options: {} };

describe("readEarlierFile", () => {
  const write = inputFolder();

  for (const [what, content] of [
    [
      "a graph",
      {
        ...{ project: "shop", stack: "dev" },
        resources: [
          { ...empty, ...ROOT },
          { ...empty, ...GROUP },
        ],
      },
    ],
    ["a state", { version: 3, deployment: { resources: [ROOT, GROUP] } }],
  ] as const) {
    it(`reads ${what} by its content`, () => {
      const { graph, notes } = readEarlierFile(write("before", content));

      assert.deepEqual([graph.project, graph.stack, notes], ["shop", "dev", []]);
      assert.deepEqual(
        graph.resources.map(({ urn, inputs }) => [urn, inputs]),
        [
          [ROOT.urn, {}],
          [GROUP.urn, { maxSize: 3 }],
        ],
      );
    });
  }

  for (const [what, content, got] of [
    ["null", null, "null"],
    ["a number", 3, "a number"],
    ["an empty object", {}, "an object without 'deployment' and 'resources'"],
  ] as const) {
    it(`refuses ${what}`, () => {
      const file = write("before", content);

      assert.throws(
        () => readEarlierFile(file),
        new InputFileError(file, [
          `the whole file: got ${got}, must be the state before the change; write one with 'pulumi stack export' or 'npm run --silent preview -- <stack> --json'`,
        ]),
      );
    });
  }

  it("tells what is wrong in a state", () => {
    const file = write("before", { version: 2, deployment: {} });

    assert.throws(
      () => readEarlierFile(file),
      new InputFileError(file, ["version: got 2, must be 3 or 4; export it with a current CLI"]),
    );
  });
});

describe("checkSameStack", () => {
  it("accepts two states of one stack and refuses any other two", () => {
    checkSameStack("x", aGraph(), aGraph());
    for (const other of [{ stack: "qa" }, { project: "store" }]) {
      assert.throws(() => {
        checkSameStack("x", aGraph(other), aGraph());
      }, InputFileError);
    }
  });
});
