import assert from "node:assert/strict";
import { eachKnown, isSet } from "../../policies/known";
import { UNKNOWN } from "../../tools/preview/graph";
import { checkingUnknowns } from "../support/unknowns";

describe("isSet", () => {
  for (const [value, set] of [
    ["x", true],
    [[UNKNOWN], true],
    ["", false],
    [[], false],
    [0, true],
    [false, true],
    [UNKNOWN, true],
    [null, false],
    [undefined, false],
  ] as const) {
    it(`says ${String(set)} to ${JSON.stringify(value)}`, () => {
      assert.equal(isSet(checkingUnknowns({ property: value }), "property"), set);
    });
  }

  it("lets another error through", () => {
    const owner = {
      get property(): never {
        throw new TypeError("broken");
      },
    };

    assert.throws(() => isSet(owner, "property"), new TypeError("broken"));
  });
});

describe("eachKnown", () => {
  const items = (list: readonly unknown[]) =>
    checkingUnknowns({ list })["list"] as readonly unknown[];

  it("checks each item with its index", () => {
    const seen: unknown[] = [];

    eachKnown(["a", "b"], (item, index) => seen.push([item, index]));

    assert.deepEqual(seen, [
      ["a", 0],
      ["b", 1],
    ]);
  });

  it("goes on after an unknown item and throws it at the end", () => {
    const seen: unknown[] = [];

    assert.throws(() => {
      eachKnown(items(["a", UNKNOWN, "b"]), (item) => seen.push(item));
    }, /can't be known during preview/);
    assert.deepEqual(seen, ["a", "b"]);
  });

  it("lets another error through at once", () => {
    const seen: unknown[] = [];

    assert.throws(() => {
      eachKnown(["a", "b"], (item) => {
        seen.push(item);
        throw new TypeError("broken");
      });
    }, new TypeError("broken"));
    assert.deepEqual(seen, ["a"]);
  });
});
