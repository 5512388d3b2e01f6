import assert from "node:assert/strict";
import { copiesOf } from "../../../bench/policy/copies";
import type { ResourceGraph } from "../../../tools/preview/graph";

const node = {
  custom: true,
  remote: false,
  inputs: {},
  outputs: {},
  options: {},
  source: undefined,
};

const graph: ResourceGraph = {
  project: "p",
  stack: "s",
  outputs: {},
  resources: [
    {
      ...node,
      urn: "root",
      type: "pulumi:pulumi:Stack",
      name: "p-s",
      parent: undefined,
      dependencies: [],
      propertyDependencies: {},
    },
    {
      ...node,
      urn: "a",
      type: "t",
      name: "a",
      parent: "root",
      dependencies: [],
      propertyDependencies: {},
    },
    {
      ...node,
      urn: "b",
      type: "t",
      name: "b",
      parent: "a",
      dependencies: ["a"],
      propertyDependencies: { of: ["a"] },
    },
  ],
};

describe("copiesOf", () => {
  it("keeps the stack once and wires each copy within itself", () => {
    const copies = copiesOf(graph, 2).resources.map(
      ({ urn, name, parent, dependencies, propertyDependencies }) => ({
        urn,
        name,
        parent,
        dependencies,
        propertyDependencies,
      }),
    );

    const copy = (index: number) => [
      {
        urn: `a-${index}`,
        name: `a-${index}`,
        parent: "root",
        dependencies: [],
        propertyDependencies: {},
      },
      {
        urn: `b-${index}`,
        name: `b-${index}`,
        parent: `a-${index}`,
        dependencies: [`a-${index}`],
        propertyDependencies: { of: [`a-${index}`] },
      },
    ];
    assert.deepEqual(copies, [
      { urn: "root", name: "p-s", parent: undefined, dependencies: [], propertyDependencies: {} },
      ...copy(0),
      ...copy(1),
    ]);
  });
});
