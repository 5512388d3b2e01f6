import assert from "node:assert/strict";
import { renderJson } from "../../../tools/review/render-json";
import { aBusyReview, aChange, aFailure, aReview, aSide } from "./comparisons";
import { aResource } from "../preview/small-graph";

interface Shape {
  readonly format: number;
  readonly stacks: readonly Readonly<Record<string, unknown>>[];
}
const read = (text: string) => JSON.parse(text) as Shape;

describe("renderJson", () => {
  it("has a format, and a stack that could not be compared with its failure", () => {
    assert.equal(
      renderJson([aFailure]),
      `${JSON.stringify({ format: 1, stacks: [{ failure: aFailure.failure, stack: "prod" }] }, null, 2)}\n`,
    );
  });

  it("has all of a stack, without its resources", () => {
    const [stack] = read(renderJson([aBusyReview()])).stacks;

    assert.deepEqual(Object.keys(stack!), [
      ...["after", "before", "changes", "cost", "counts", "isUnchanged", "kept", "limits"],
      ...["outputs", "policies", "project", "scaling", "security", "settings", "stack"],
      "undecided",
    ]);
    assert.deepEqual([stack!["before"], stack!["after"]], ["main (1a2b3c4)", "working tree"]);
    assert.equal(stack!["isUnchanged"], false);
    assert.deepEqual(Object.keys(stack!["cost"] as object), ["after", "before", "moved", "total"]);
    assert.deepEqual(Object.keys(stack!["scaling"] as object), [
      "after",
      "before",
      "moved",
      "quotas",
    ]);
    assert.deepEqual(Object.keys(stack!["policies"] as object), [
      ...["added", "after", "before", "remaining", "resolved"],
    ]);
  });

  it("has a change with where the program declares it", () => {
    const source = { file: "infra/stack.ts", line: 3 };
    const node = aResource("aws:ecs/service:Service", "web", { source });
    const change = aChange({ after: node, before: { ...node, source: undefined } });
    const [stack] = read(renderJson([aReview({ changes: [change] })])).stacks;

    assert.deepEqual(stack!["changes"], [
      {
        deletesFirst: false,
        follows: [],
        mayReplace: false,
        name: "web",
        operation: "update",
        options: [],
        properties: [],
        source,
        type: "aws:ecs/service:Service",
        urn: node.urn,
      },
    ]);
  });

  it("has what the policies allow that differs, and what may change", () => {
    const { limits, undecided } = aBusyReview().comparison;
    const [stack] = read(renderJson([aBusyReview()])).stacks;

    assert.deepEqual(stack!["limits"], JSON.parse(JSON.stringify(limits)));
    assert.deepEqual(stack!["undecided"], undecided);
  });

  it("has nothing before for a new stack", () => {
    const [stack] = read(renderJson([aReview({ before: undefined })])).stacks;

    assert.equal("before" in stack!, false);
    assert.equal("before" in (stack!["scaling"] as object), false);
  });

  it("is the same whatever the order of the fields", () => {
    const review = aBusyReview();
    const turned = (value: unknown): unknown =>
      value === null || typeof value !== "object" || Array.isArray(value)
        ? value
        : Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, field]) => [key, turned(field)]),
          );

    assert.equal(renderJson([turned(review) as typeof review]), renderJson([review]));
    assert.ok(renderJson([aReview({ after: aSide() })]).endsWith("}\n"));
  });
});
