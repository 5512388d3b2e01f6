import assert from "node:assert/strict";
import fc from "fast-check";
import { compare } from "../../../tools/compare/compare";
import type { Comparison } from "../../../tools/compare/comparison";
import type { StackSide } from "../../../tools/compare/stack-side";
import type { Bag, Json } from "../../../tools/preview/graph";
import { applyChanges } from "../../support/apply-changes";
import { aNode, sideOf } from "../../support/stack-sides";

/** A type whose replacements depend on no value, one without an entry in the tables, and a component. */
const TYPES = ["aws:ec2/launchTemplate:LaunchTemplate", "test:index:Thing", "shop:index:Part"];
const NAMES = ["one", "two", "three", "four"];

const word = fc.constantFrom("", "a", "b", "on", "0", "a.b", 'say "hi"', "[x]", "line\nline");
const scalar: fc.Arbitrary<Json> = fc.oneof(word, fc.integer({ min: 0, max: 3 }), fc.boolean());

/** References to the other resources, which may be replaced. */
const reference = fc
  .tuple(fc.constantFrom(...TYPES.slice(0, 2)), fc.constantFrom(...NAMES))
  .map(([type, name]) => `\${${aNode(type, name).urn}#latestVersion}`);

const { value } = fc.letrec<{ value: Json; bag: Bag }>((tie) => ({
  bag: fc.dictionary(fc.constantFrom("cpu", "path", "a.b", "Effect", "list"), tie("value"), {
    maxKeys: 3,
  }),
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.oneof(scalar, reference),
    tie("bag"),
    fc.array(tie("value"), { maxLength: 3 }),
    namedList(tie("bag")),
    tie("bag").map((bag) => JSON.stringify({ Version: "2012-10-17", ...bag })),
    fc
      .array(word, { minLength: 3, maxLength: 6 })
      .map((lines) => Buffer.from(`#!/bin/bash\n${lines.join("\n")}`).toString("base64")),
  ),
}));

function namedList(bag: fc.Arbitrary<Bag>): fc.Arbitrary<Json> {
  const name = fc.constantFrom("app", "log", "x.y", "7", "[0]");
  const element = fc.tuple(name, bag).map(([text, inner]) => ({ ...inner, name: text }));
  return fc.uniqueArray(element, { selector: (each) => each.name, minLength: 1, maxLength: 3 });
}

const inputs = fc.dictionary(
  fc.constantFrom("name", "tags", "userData", "vpcSecurityGroupIds", "description", "count"),
  value,
  { maxKeys: 4 },
);

const node = fc
  .record({ type: fc.constantFrom(...TYPES), name: fc.constantFrom(...NAMES), inputs })
  .map(({ type, name, inputs: given }) => aNode(type, name, { inputs: given }));

const side = fc
  .uniqueArray(node, { selector: ({ urn }) => urn, maxLength: 6 })
  .map((nodes) => sideOf(nodes));

const differences = (before: StackSide, after: StackSide): Comparison =>
  compare(before, after, { allowDestruction: [] });

/** Values in a form in which what means nothing does not show: the order of sets and of named elements, and spaces. */
function canonical(given: Json, isSet = false): Json {
  if (typeof given === "string") {
    return /^[[{]/.test(given) ? (tryParse(given) ?? given) : given;
  }
  if (Array.isArray(given)) {
    const items = given.map((item) => canonical(item));
    return isSet || isNamed(given) ? items.sort(byText) : items;
  }
  return given === null || typeof given !== "object"
    ? given
    : Object.fromEntries(
        Object.entries(given)
          .sort(([one], [other]) => (one < other ? -1 : 1))
          .map(([key, item]) => [key, canonical(item, key === "vpcSecurityGroupIds")]),
      );
}

function tryParse(text: string): Json | undefined {
  try {
    return canonical(JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}

const isNamed = (list: readonly Json[]): boolean =>
  list.every((item) => typeof item === "object" && item !== null && "name" in item);

const byText = (one: Json, other: Json): number =>
  JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;

/** The inputs after a comparison's changes, by URN. */
function applied(before: StackSide, { changes }: Comparison): Record<string, Bag> {
  const inputsOf = new Map(before.graph.resources.map((each) => [each.urn, each.inputs]));
  for (const { operation, urn, after, properties } of changes) {
    const given = inputsOf.get(urn) ?? {};
    if (operation === "delete") inputsOf.delete(urn);
    else if (operation === "create") inputsOf.set(urn, after!.inputs);
    else {
      // What follows from another resource reads the same until the deployment tells.
      const own = properties.filter(({ before: was, after: is }) => is !== was && !isUnknown(is));
      inputsOf.set(urn, applyChanges(given, own));
    }
  }
  return Object.fromEntries(
    [...inputsOf].map(([urn, given]) => [urn, canonical(given) as Bag] as const),
  );
}

const isUnknown = (given: Json | undefined): boolean =>
  given === "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("a comparison", function () {
  this.timeout(30_000);

  it("of a stack with itself is empty", () => {
    fc.assert(
      fc.property(side, (one) => {
        const { changes, kept, outputs, counts } = differences(one, structuredClone(one));
        assert.deepEqual([changes, kept, outputs], [[], [], []]);
        assert.equal(counts.same, one.graph.resources.length);
      }),
    );
  });

  it("makes of the one side the other where its changes are applied", () => {
    fc.assert(
      fc.property(side, side, (one, other) => {
        assert.deepEqual(
          applied(one, differences(one, other)),
          applied(other, differences(other, other)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it("has the same counts in both directions, with what comes for what goes", () => {
    fc.assert(
      fc.property(side, side, (one, other) => {
        const { counts } = differences(one, other);
        const { counts: back } = differences(other, one);
        assert.deepEqual(back, { ...counts, create: counts.delete, delete: counts.create });
      }),
    );
  });

  it("counts every resource of both sides once", () => {
    fc.assert(
      fc.property(side, side, (one, other) => {
        const { create, update, replace, delete: gone, same } = differences(one, other).counts;
        assert.equal(create + update + replace + same, other.graph.resources.length);
        assert.equal(gone + update + replace + same, one.graph.resources.length);
      }),
    );
  });

  it("does not depend on the order of the resources", () => {
    fc.assert(
      fc.property(side, side, (one, other) => {
        const turned = (each: StackSide): StackSide => ({
          ...each,
          graph: { ...each.graph, resources: [...each.graph.resources].reverse() },
        });
        const { changes, kept, counts } = differences(one, other);
        const again = differences(turned(one), turned(other));
        assert.deepEqual([again.changes, again.kept, again.counts], [changes, kept, counts]);
      }),
    );
  });
});
