import assert from "node:assert/strict";
import type { Comparison } from "../../../tools/compare/comparison";
import { changedRows } from "../../../tools/review/changed-rows";
import { aGraph, aResource } from "../preview/small-graph";
import { aChange, aComparison, aSide } from "./comparisons";

const network = "urn:pulumi:dev::shop::shop:index:Network::web";
const eip = "urn:pulumi:dev::shop::shop:index:Network$aws:ec2/eip:Eip::web";

function drawn(comparison: Partial<Comparison>): string[] {
  return changedRows(aComparison(comparison)).map(
    ({ branch, resource: { name, change } }) => `${branch}${name} ${change?.operation ?? "-"}`,
  );
}

describe("changedRows", () => {
  it("has what changes and what leads there, and no sibling that stays", () => {
    assert.deepEqual(drawn({ changes: [aChange({ urn: eip, type: "aws:ec2/eip:Eip" })] }), [
      "shop-dev -",
      "└─ web -",
      "   └─ web update",
    ]);
  });

  it("has nothing where nothing changes", () => {
    assert.deepEqual(drawn({}), []);
  });

  it("places what is deleted where it stood", () => {
    const { resources } = aGraph();
    const after = aSide({
      graph: aGraph({ resources: resources.filter(({ urn }) => urn !== network && urn !== eip) }),
    });
    const changes = [network, eip].map((urn) => aChange({ operation: "delete", urn }));

    assert.deepEqual(drawn({ after, changes }), [
      "shop-dev -",
      "└─ web delete",
      "   └─ web delete",
    ]);
  });

  it("places what is deleted below its parent's new name", () => {
    const renamed = aResource("shop:index:Network", "new");
    const { resources } = aGraph();
    const after = aSide({
      graph: aGraph({
        resources: [renamed, ...resources.filter(({ urn }) => urn !== network && urn !== eip)],
      }),
    });
    const changes = [
      aChange({ urn: renamed.urn, previousUrn: network, name: "new" }),
      aChange({ operation: "delete", urn: eip }),
    ];

    assert.deepEqual(drawn({ after, changes }), [
      "shop-dev -",
      "└─ new update",
      "   └─ web delete",
    ]);
  });

  it("places what another stack lacks in the tree of this one", () => {
    const rest = aGraph().resources.filter(({ urn }) => urn !== eip);
    const elsewhere = rest.map((node) => ({
      ...node,
      urn: node.urn.replace(":dev:", ":prod:"),
      parent: node.parent?.replace(":dev:", ":prod:"),
    }));
    const after = aSide({ graph: aGraph({ stack: "prod", resources: elsewhere }) });

    assert.deepEqual(drawn({ after, changes: [aChange({ operation: "delete", urn: eip })] }), [
      "shop-dev -",
      "└─ web -",
      "   └─ web delete",
    ]);
  });

  it("places what is deleted below a parent that only has another name", () => {
    const renamed = aResource("shop:index:Network", "new");
    const { resources } = aGraph();
    const after = aSide({
      graph: aGraph({
        resources: [renamed, ...resources.filter(({ urn }) => urn !== network && urn !== eip)],
      }),
    });
    const { urn, type, name } = renamed;
    const kept = [{ urn, previousUrn: network, type, name, options: [] }];

    assert.deepEqual(
      drawn({ after, changes: [aChange({ operation: "delete", urn: eip })], kept }),
      ["shop-dev -", "└─ new -", "   └─ web delete"],
    );
  });

  it("shows a deletion beside what takes the name of it", () => {
    const changes = [
      aChange({ operation: "create", urn: eip }),
      aChange({ operation: "delete", urn: eip }),
    ];

    assert.deepEqual(
      drawn({ changes }).slice(2).sort(),
      ["   ├─ web create", "   └─ web delete"].sort(),
    );
  });
});
