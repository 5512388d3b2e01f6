import assert from "node:assert/strict";
import fc from "fast-check";
import {
  containsTexts,
  covers,
  overlap,
  type PatternSet,
} from "../../../../tools/compare/security/wildcards";

/** Every text of the letters up to a length; `z` is one that no pattern names. */
function textsUpTo(length: number): readonly string[] {
  let all = [""];
  let longest = [""];
  for (let each = 0; each < length; each += 1) {
    longest = longest.flatMap((text) => ["a", "b", "z"].map((letter) => text + letter));
    all = [...all, ...longest];
  }
  return all;
}

const TEXTS = textsUpTo(6);

function matches(pattern: string, text: string): boolean {
  return new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(text);
}

const patterns = fc
  .array(fc.constantFrom("a", "b", "*", "?"), { maxLength: 4 })
  .map((tokens) => tokens.join(""));
const sets: fc.Arbitrary<PatternSet> = fc.record({
  negated: fc.boolean(),
  patterns: fc.array(patterns, { maxLength: 3 }),
});
const isIn = (set: PatternSet, text: string): boolean =>
  set.patterns.some((pattern) => matches(pattern, text)) !== set.negated;

describe("covers", () => {
  for (const [outer, inner] of [
    [["s3:*"], "s3:GetObject"],
    [["s3:Get*"], "s3:GetObject*"],
    [["arn:aws:s3:::logs/*"], "arn:aws:s3:::logs/2026/*"],
    [["?*"], "*a"],
    [["a*", "?"], "?"],
    [["*"], ""],
    [["${urn:a#arn}/*"], "${urn:a#arn}/x"],
  ] as const) {
    it(`finds ${inner} in ${outer.join(" and ")}`, () => {
      assert.equal(covers(outer, inner), true);
    });
  }

  for (const [outer, inner] of [
    [["s3:GetObject"], "s3:*"],
    [["s3:Get*"], "s3:*Object"],
    [["arn:aws:s3:::logs"], "arn:aws:s3:::logs/*"],
    [["?"], "*"],
    [[], "a"],
    [["s3:Get?bject"], "s3:Get*bject"],
  ] as const) {
    it(`does not find ${inner} in ${outer.join(" and ") || "nothing"}`, () => {
      assert.equal(covers(outer, inner), false);
    });
  }

  it("agrees with every text of a small space", () => {
    fc.assert(
      fc.property(fc.array(patterns, { maxLength: 3 }), patterns, (outer, inner) => {
        const isCovered = TEXTS.filter((text) => matches(inner, text)).every((text) =>
          outer.some((pattern) => matches(pattern, text)),
        );

        assert.equal(covers(outer, inner), isCovered);
      }),
      { numRuns: 500 },
    );
  });

  it("claims nothing where it would take too long to tell", () => {
    const [outer, inner] = [`*a${"?".repeat(40)}`, `*aa${"?".repeat(39)}`];

    assert.equal(covers([outer], inner), false);
    assert.equal(covers([outer.slice(0, -35)], inner.slice(0, -35)), true);
  });
});

describe("overlap", () => {
  it("agrees with every text of a small space", () => {
    fc.assert(
      fc.property(patterns, patterns, (one, other) => {
        const isShared = TEXTS.some((text) => matches(one, text) && matches(other, text));

        assert.equal(overlap(one, other), isShared);
      }),
      { numRuns: 500 },
    );
  });
});

describe("containsTexts", () => {
  it("agrees with every text of a small space, negated sets included", () => {
    fc.assert(
      fc.property(sets, sets, (outer, inner) => {
        const isContained = TEXTS.filter((text) => isIn(inner, text)).every((text) =>
          isIn(outer, text),
        );

        assert.equal(containsTexts(outer, inner), isContained);
      }),
      { numRuns: 500 },
    );
  });
});
