import assert from "node:assert/strict";
import fc from "fast-check";
import {
  fit,
  type Omission,
  type Part,
  type PartKind,
} from "../../../../tools/review/markdown/fit";

const part = (
  kind: PartKind,
  stack: string | undefined,
  ...forms: [string, ...string[]]
): Part => ({
  kind,
  stack,
  forms,
});
const noteOf = (omissions: readonly Omission[]) =>
  omissions.map(({ what, stacks }) => `${what}: ${stacks.join(",")}`).join("; ");

const parts = [
  part("head", undefined, "HEAD"),
  part("diagram", "a", "d".repeat(50), ""),
  part("resources", "a", "r".repeat(60), "r".repeat(20), ""),
  part("outputs", "a", "o".repeat(30), ""),
  part("diagram", "b", "D".repeat(70), ""),
  part("resources", "b", "R".repeat(90), "R".repeat(10), ""),
  part("summary", undefined, "SUMMARY", "S"),
];
const whole = 4 + 50 + 60 + 30 + 70 + 90 + 7 + 7 * 2;

describe("fit", () => {
  it("joins all parts with an empty line where there is room, what must be seen first", () => {
    const text = fit(parts, noteOf, whole);

    assert.equal(text.length, whole - 1);
    assert.deepEqual(
      text
        .trimEnd()
        .split("\n\n")
        .map(([first]) => first),
      ["H", "S", "d", "r", "o", "D", "R"],
    );
  });

  it("lets the longest diagram go first, and says so between what must be seen and the rest", () => {
    const text = fit(parts, noteOf, whole - 1);

    assert.equal(
      text,
      [
        "HEAD",
        "SUMMARY",
        "the diagram: b",
        "d".repeat(50),
        "r".repeat(60),
        "o".repeat(30),
        "R".repeat(90),
      ].join("\n\n") + "\n",
    );
  });

  it("goes on in the order of the steps", () => {
    assert.equal(
      fit(parts, noteOf, 200).split("\n\n")[2],
      "the diagram: b,a; the inputs of what is created: b",
    );
  });

  it("shortens long cautions before sections go, and to the least after them", () => {
    const some = [
      part("destruction", undefined, "x".repeat(100), "x".repeat(40), "x".repeat(20), "x"),
      part("resources", "a", "r".repeat(60), "r".repeat(50), "r".repeat(30), "r".repeat(20), ""),
    ];
    const textOf = (limit: number) =>
      fit(some, () => "", limit)
        .trimEnd()
        .split("\n\n");

    assert.deepEqual(
      [130, 70, 50, 30].map((limit) => textOf(limit).map(({ length }) => length)),
      [[100, 20], [40, 20], [40], [20]],
    );
  });

  it("refuses where even the smallest forms are too long", () => {
    assert.throws(
      () => fit(parts, noteOf, 10),
      new RangeError("no comment of 10 characters is possible"),
    );
  });

  it("is never longer than the limit, and drops nothing that fits", () => {
    const size = fc.integer({ min: 0, max: 300 });
    const kinds = fc.constantFrom<PartKind>("diagram", "resources", "cost", "security", "policies");
    const some = fc.array(
      fc.tuple(kinds, size).map(([kind, length]) => part(kind, "a", "x".repeat(length), "")),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(some, fc.integer({ min: 200, max: 3000 }), (drawn, limit) => {
        const texts = fit(drawn, noteOf, limit);
        const total = drawn.reduce(
          (sum, { forms: [text] }) => sum + (text === "" ? 0 : text.length + 2),
          0,
        );

        assert.ok(texts.length <= limit);
        assert.equal(texts.includes("the "), total > limit);
      }),
    );
  });
});
