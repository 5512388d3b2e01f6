import assert from "node:assert/strict";
import { InputFileError } from "../../../tools/policy/json-file";
import { readStateFile } from "../../../tools/policy/state-file";
import { type Bag, type Json, SECRET, UNKNOWN } from "../../../tools/preview/graph";
import { inputFolder } from "./input-files";

const STACK = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";
const GROUP = "urn:pulumi:dev::shop::aws:autoscaling/group:Group::web";
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const CIPHERTEXT = { [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:abc" };

const stack: Bag = { urn: STACK, custom: false, type: "pulumi:pulumi:Stack", outputs: { a: 1 } };
const group: Bag = {
  ...{ urn: GROUP, custom: true, id: "web-1", type: "aws:autoscaling/group:Group" },
  ...{ inputs: { maxSize: 4 }, outputs: { maxSize: 4, arn: "arn:x" }, parent: STACK },
};

/** What the CLI writes for a stack with a group. */
const aState = (resource: Bag = {}, ...more: Json[]): Bag => ({
  version: 3,
  deployment: {
    ...{ manifest: { version: "v3.248.0" }, secrets_providers: { type: "passphrase" } },
    resources: [stack, { ...group, ...resource }, ...more],
  },
});

describe("readStateFile", () => {
  const write = inputFolder();
  const read = (state: unknown) => readStateFile(write("state.json", state));
  const groupOf = (state: unknown) =>
    read(state).graph.resources.find(({ type }) => type === "aws:autoscaling/group:Group");

  it("reads what is deployed", () => {
    const { graph, notes } = read(
      aState({
        ...{ protect: true, ignoreChanges: ["desiredCapacity"], dependencies: [STACK] },
        ...{ propertyDependencies: { tags: [STACK], minSize: [] } },
        sourcePosition: "project:///infra/components/ec2-capacity.ts#43,13",
      }),
    );

    assert.deepEqual(notes, []);
    assert.deepEqual(graph, {
      project: "shop",
      stack: "dev",
      resources: [
        {
          ...{ urn: STACK, type: "pulumi:pulumi:Stack", name: "shop-dev", parent: undefined },
          ...{ dependencies: [], propertyDependencies: {}, custom: false, remote: false },
          ...{ inputs: {}, outputs: { a: 1 } },
          options: { protect: false, ignoreChanges: [] },
          source: undefined,
        },
        {
          ...{ urn: GROUP, type: "aws:autoscaling/group:Group", name: "web", parent: STACK },
          ...{ dependencies: [STACK], propertyDependencies: { tags: [STACK] } },
          ...{ custom: true, remote: false },
          ...{ inputs: { maxSize: 4 }, outputs: { maxSize: 4, arn: "arn:x" } },
          options: { protect: true, ignoreChanges: ["desiredCapacity"] },
          source: { file: "infra/components/ec2-capacity.ts", line: 43 },
        },
      ],
      outputs: { a: 1 },
    });
  });

  it("keeps secrets secret, decrypted ones too, and takes assets for unknown", () => {
    const decrypted = { [SIGNATURE]: CIPHERTEXT[SIGNATURE], plaintext: '"hunter2"' };
    const asset = { [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17", hash: "ab", path: "x" };
    const inputs = { password: CIPHERTEXT, list: [{ token: decrypted }], file: asset };

    assert.deepEqual(groupOf(aState({ inputs }))?.inputs, {
      password: SECRET,
      list: [{ token: SECRET }],
      file: UNKNOWN,
    });
  });

  it("reads a reference to a resource as its id", () => {
    const reference = { [SIGNATURE]: "5cf8f73096256a8f31e491e813e4eb8e", urn: GROUP, id: "web-1" };

    assert.deepEqual(groupOf(aState({ inputs: { reference } }))?.inputs, { reference: "web-1" });
  });

  it("leaves out what waits for deletion and what is only read, and says so", () => {
    const old = { ...group, delete: true };
    const vpc = { ...group, urn: "urn:pulumi:dev::shop::aws:ec2/vpc:Vpc::net", external: true };
    const { graph, notes } = read(
      aState({ dependencies: [vpc.urn, STACK] }, old, { ...vpc, type: "aws:ec2/vpc:Vpc" }),
    );

    assert.deepEqual(
      graph.resources.map(({ urn, dependencies }) => [urn, dependencies]),
      [
        [STACK, []],
        [GROUP, [STACK]],
      ],
    );
    assert.deepEqual(notes, ["left out 2 resources only read or waiting for deletion"]);
  });

  it("says that operations are unfinished", () => {
    const state = aState();
    const deployment = { ...(state["deployment"] as Bag), pending_operations: [{}] };

    assert.deepEqual(read({ ...state, deployment }).notes, [
      "the state has 1 unfinished operation; 'pulumi refresh' settles them",
    ]);
  });

  for (const [what, state, ...faults] of [
    ["no JSON", "x", "is no JSON: Unexpected token 'x'"],
    [
      "a number",
      3,
      "the whole file: got a number, must be a stack's state; write one with 'pulumi stack export'",
    ],
    [
      "a resource graph",
      { project: "shop", stack: "dev", resources: [] },
      "the whole file: is a resource graph; pass it with --graph",
    ],
    [
      "another object",
      { steps: [] },
      "the whole file: got no key 'deployment', must be a stack's state; write one with 'pulumi stack export'",
    ],
    [
      "an old state",
      { version: 2, deployment: {} },
      "version: got 2, must be 3 or 4; export it with a current CLI",
    ],
    [
      "a state without a version",
      { deployment: {} },
      "version: got nothing, must be 3 or 4; export it with a current CLI",
    ],
    [
      "a deployment that is none",
      { version: 3, deployment: null },
      "deployment: got null, must be an object",
    ],
    [
      "a stack that is not deployed",
      { version: 3, deployment: {} },
      "deployment.resources: got nothing, must be what is deployed; deploy it first",
    ],
    [
      "a stack that is going",
      { version: 3, deployment: { resources: [{ ...group, delete: true, parent: "" }] } },
      "deployment.resources: got only what waits for deletion, must be what is there",
    ],
    [
      "two stacks",
      aState({}, { ...stack, urn: STACK.replace(":dev:", ":prod:") }),
      "deployment.resources[2].urn: got a resource of stack 'prod', must be of 'dev'",
    ],
    [
      "a resource twice",
      aState({}, group),
      `deployment.resources[2].urn: got '${GROUP}' a second time, must be unique`,
    ],
    [
      "a dangling dependency",
      aState({ dependencies: ["urn:x"] }),
      "deployment.resources[1].dependencies[0]: got 'urn:x', must be the URN of a resource of the file",
    ],
    [
      "odd inputs",
      aState({ inputs: "x" }),
      "deployment.resources[1].inputs: got a text, must be an object",
    ],
  ] as const) {
    it(`refuses ${what}`, () => {
      const file = write("state.json", state);

      assert.throws(() => readStateFile(file), new InputFileError(file, faults));
    });
  }
});
