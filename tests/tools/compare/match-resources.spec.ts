import assert from "node:assert/strict";
import { compare } from "../../../tools/compare/compare";
import type { Comparison } from "../../../tools/compare/comparison";
import type { ResourceNode } from "../../../tools/preview/graph";
import { aNode, sideOf } from "../../support/stack-sides";

const BUCKET = "aws:s3/bucket:Bucket";
const PART = "shop:index:Part";

const compared = (before: readonly ResourceNode[], after: readonly ResourceNode[]): Comparison =>
  compare(sideOf(before), sideOf(after), { allowDestruction: [] });

const moves = ({ kept }: Comparison): (string | undefined)[][] =>
  kept.map(({ previousUrn, urn }) => [previousUrn, urn]);

describe("matchResources", () => {
  it("follows an alias to the resource of another name", () => {
    const old = aNode(BUCKET, "logs");
    const renamed = aNode(BUCKET, "archive", { options: { aliases: [old.urn] } });

    const comparison = compared([old], [renamed]);

    assert.deepEqual(comparison.changes, []);
    assert.deepEqual(moves(comparison), [[old.urn, renamed.urn]]);
  });

  it("follows an alias to another type and another parent", () => {
    const parent = aNode(PART, "web");
    const old = aNode("aws:s3/bucketV2:BucketV2", "logs");
    const moved = aNode(BUCKET, "logs", { parent: parent.urn, options: { aliases: [old.urn] } });

    assert.deepEqual(moves(compared([parent, old], [parent, moved])), [[old.urn, moved.urn]]);
  });

  it("finds what is below a renamed component, with the names that begin with its name", () => {
    const oldPart = aNode(PART, "web");
    const oldChild = aNode(BUCKET, "web-logs", { parent: oldPart.urn });
    const oldOther = aNode(BUCKET, "shared", { parent: oldPart.urn });
    const part = aNode(PART, "site", { options: { aliases: [oldPart.urn] } });
    const child = aNode(BUCKET, "site-logs", { parent: part.urn });
    const other = aNode(BUCKET, "shared", { parent: part.urn });
    const after = [part, child, { ...other, inputs: { forceDestroy: true } }];

    const comparison = compared([oldPart, oldChild, oldOther], after);

    assert.deepEqual(moves(comparison), [
      [oldChild.urn, child.urn],
      [oldPart.urn, part.urn],
    ]);
    assert.deepEqual(
      comparison.changes.map(({ operation, previousUrn }) => [operation, previousUrn]),
      // URNs hold the types of the parents, not their names.
      [["update", undefined]],
    );
  });

  it("takes a child's own alias below a renamed parent for one below the parent as it was", () => {
    const oldPart = aNode(PART, "web");
    const oldChild = aNode(BUCKET, "logs", { parent: oldPart.urn });
    const part = aNode(PART, "site", { options: { aliases: [oldPart.urn] } });
    const recorded = aNode(BUCKET, "logs", { parent: part.urn }).urn;
    const child = aNode(BUCKET, "archive", { parent: part.urn, options: { aliases: [recorded] } });

    assert.deepEqual(compared([oldPart, oldChild], [part, child]).changes, []);
  });

  it("takes that alias as it is written where its name begins with the parent's new one", () => {
    const oldPart = aNode(PART, "web");
    const oldChild = aNode("aws:s3/bucketV2:BucketV2", "site-logs", { parent: oldPart.urn });
    const part = aNode("shop:index:Group", "site", { options: { aliases: [oldPart.urn] } });
    const recorded = aNode("aws:s3/bucketV2:BucketV2", "site-logs", { parent: part.urn }).urn;
    const child = aNode(BUCKET, "logs", { parent: part.urn, options: { aliases: [recorded] } });

    assert.deepEqual(compared([oldPart, oldChild], [part, child]).changes, []);
  });

  it("prefers the URN to an alias, and gives one predecessor to one resource only", () => {
    const [old, spare] = [aNode(BUCKET, "logs"), aNode(BUCKET, "spare")];
    const same = aNode(BUCKET, "logs", { options: { aliases: [spare.urn] } });
    const late = aNode(BUCKET, "next", { options: { aliases: [old.urn, spare.urn] } });
    const twice = aNode(BUCKET, "then", { options: { aliases: [spare.urn] } });

    const comparison = compared([old, spare], [same, late, twice]);

    assert.deepEqual(moves(comparison), [[spare.urn, late.urn]]);
    assert.deepEqual(
      comparison.changes.map(({ operation, name }) => [operation, name]),
      [["create", "then"]],
    );
  });

  it("reads references to a renamed resource as references to the same, in encoded texts too", () => {
    const old = aNode(BUCKET, "logs");
    const renamed = aNode(BUCKET, "archive", { options: { aliases: [old.urn] } });
    const reader = (urn: string): ResourceNode =>
      aNode("aws:ec2/launchTemplate:LaunchTemplate", "web", {
        inputs: {
          description: `\${${urn}#arn}`,
          userData: Buffer.from(`#!/bin/bash\necho \${${urn}#arn}`).toString("base64"),
        },
      });

    assert.deepEqual(compared([old, reader(old.urn)], [renamed, reader(renamed.urn)]).changes, []);
  });

  it("compares another stack as if it had the name of this one", () => {
    const sketch = (stack: string) => ({
      stack,
      inputs: { bucket: `\${urn:pulumi:${stack}::shop::${BUCKET}::logs#id}` },
    });
    const [dev, prod] = ["dev", "prod"].map((stack) =>
      sideOf([aNode(BUCKET, "logs", { stack }), aNode("test:index:Thing", "t", sketch(stack))], {
        stack,
      }),
    );

    assert.deepEqual(compare(dev, prod!, { allowDestruction: [] }).changes, []);
  });
});
