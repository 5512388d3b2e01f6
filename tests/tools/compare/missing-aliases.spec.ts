import assert from "node:assert/strict";
import { compare } from "../../../tools/compare/compare";
import type { ResourceNode } from "../../../tools/preview/graph";
import { aNode, sideOf } from "../../support/stack-sides";

const BUCKET = "aws:s3/bucket:Bucket";
const PART = "shop:index:Part";

const bucket = (name: string, size = 1, sketch = {}): ResourceNode =>
  aNode(BUCKET, name, {
    inputs: {
      bucket: `${name}-${String(size)}`,
      forceDestroy: false,
      tags: { Name: name, a: "1" },
    },
    ...sketch,
  });

const hints = (before: readonly ResourceNode[], after: readonly ResourceNode[]) =>
  Object.fromEntries(
    compare(sideOf(before), sideOf(after), { allowDestruction: [] }).changes.map(
      ({ operation, name, hint }) => [`${operation} ${name}`, hint],
    ),
  );

describe("missingAliasHints", () => {
  it("names the alias that a renamed resource lacks, on both sides", () => {
    assert.deepEqual(hints([bucket("logs")], [bucket("archive")]), {
      "create archive":
        'looks like logs renamed: add `aliases: [{ name: "logs" }]` to archive to keep the resource',
      "delete logs":
        'looks renamed to archive: add `aliases: [{ name: "logs" }]` to archive to keep the resource',
    });
  });

  it("names the whole URN where the parent is another one", () => {
    const part = aNode(PART, "web");
    const moved = bucket("logs", 1, { parent: part.urn });

    assert.equal(
      hints([part, bucket("logs")], [part, moved])["create logs"],
      'looks like logs renamed: add `aliases: ["urn:pulumi:dev::shop::aws:s3/bucket:Bucket::logs"]` to logs to keep the resource',
    );
  });

  it("asks for the alias of the component alone where all below it came with it", () => {
    const [old, part] = [aNode(PART, "web"), aNode(PART, "site")];
    const before = [old, bucket("web-logs", 1, { parent: old.urn })];
    const after = [part, bucket("site-logs", 2, { parent: part.urn })];

    const found = hints(before, after);

    assert.equal(
      found["create site"],
      'looks like web renamed: add `aliases: [{ name: "web" }]` to site to keep the resource',
    );
    assert.equal(
      found["create site-logs"],
      "looks like web-logs renamed: add the alias that site needs to keep the resource",
    );
  });

  it("says nothing where two could be the one, or none is like it", () => {
    const gone = { "delete a": undefined, "delete b": undefined };
    assert.deepEqual(hints([bucket("a"), bucket("b")], [bucket("c")]), {
      ...gone,
      "create c": undefined,
    });
    const other = aNode(BUCKET, "c", { inputs: { website: { indexDocument: "index.html" } } });
    assert.deepEqual(hints([bucket("a")], [other]), {
      "delete a": undefined,
      "create c": undefined,
    });
  });
});
