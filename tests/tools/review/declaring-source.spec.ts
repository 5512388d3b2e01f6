import assert from "node:assert/strict";
import type { ResourceNode } from "../../../tools/preview/graph";
import { declaringSource } from "../../../tools/review/declaring-source";
import { aGraph, aResource } from "../preview/small-graph";
import { aSide } from "./comparisons";

const component = aResource("shop:index:Network", "web", {
  source: { file: "infra/stack.ts", line: 7 },
});
const child = aResource("shop:index:Network$aws:ec2/vpc:Vpc", "web", {
  parent: component.urn,
  source: { file: "infra/network.ts", line: 9 },
});
const grandchild = aResource("shop:index:Network$aws:ec2/vpc:Vpc$aws:ec2/subnet:Subnet", "web-1", {
  parent: child.urn,
});

const of = (resources: readonly ResourceNode[]) => aSide({ graph: aGraph({ resources }) });
const whole = of([component, child, grandchild]);

describe("declaringSource", () => {
  it("is the line of the resource itself", () => {
    assert.deepEqual(declaringSource({ before: undefined, after: whole }, child.urn), child.source);
  });

  it("is that of what the resource belongs to where it has none", () => {
    assert.deepEqual(
      declaringSource({ before: undefined, after: whole }, grandchild.urn),
      child.source,
    );
  });

  it("is for what is gone that of the nearest component that is left", () => {
    assert.deepEqual(
      declaringSource({ before: whole, after: of([component]) }, grandchild.urn),
      component.source,
    );
  });

  it("is none for what is gone with all around it, or is nowhere", () => {
    assert.equal(declaringSource({ before: whole, after: of([]) }, child.urn), undefined);
    assert.equal(declaringSource({ before: undefined, after: whole }, "urn:nowhere"), undefined);
  });
});
