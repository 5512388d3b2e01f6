import assert from "node:assert/strict";
import { repairableItems, repairableObject, repairProperty } from "../../policies/repair-property";
import { UNKNOWN } from "../../tools/preview/graph";
import { checkingUnknowns } from "../support/unknowns";

const isRequired = (value: unknown) => value === "required";

describe("repairProperty", () => {
  for (const given of ["optional", undefined, null, 3]) {
    it(`sets what is ${JSON.stringify(given)}, once`, () => {
      const owner: Record<string, unknown> = { tokens: given, other: 1 };

      assert.equal(repairProperty(owner, "tokens", isRequired, "required"), true);
      assert.deepEqual(owner, { tokens: "required", other: 1 });
      assert.equal(repairProperty(owner, "tokens", isRequired, "required"), false);
    });
  }

  it("leaves an unknown value as it is", () => {
    const owner = { tokens: UNKNOWN };

    assert.equal(repairProperty(checkingUnknowns(owner), "tokens", isRequired, "required"), false);
    assert.deepEqual(owner, { tokens: UNKNOWN });
  });

  it("passes on what is no unknown value", () => {
    assert.throws(
      () =>
        repairProperty(
          { tokens: 1 },
          "tokens",
          () => {
            throw new Error("broken");
          },
          1,
        ),
      new Error("broken"),
    );
  });
});

describe("repairableObject", () => {
  it("gives the object itself", () => {
    const ebs = {};

    assert.equal(repairableObject({ ebs }, "ebs"), ebs);
  });

  for (const given of [undefined, null, "text", [], UNKNOWN]) {
    it(`gives nothing for ${JSON.stringify(given)}`, () => {
      assert.equal(repairableObject(checkingUnknowns({ ebs: given }), "ebs"), undefined);
    });
  }
});

describe("repairableItems", () => {
  it("gives the objects that are known", () => {
    const list = [{ a: 1 }, UNKNOWN, null, "text", { b: UNKNOWN }];
    const items = repairableItems(checkingUnknowns({ list }), "list");

    assert.equal(items.length, 2);
    // A copy: what the SDK gives is a proxy.
    assert.deepEqual({ ...items[0] }, { a: 1 });
  });

  for (const given of [undefined, null, "text", {}, [], UNKNOWN]) {
    it(`gives none for ${JSON.stringify(given)}`, () => {
      assert.deepEqual(repairableItems(checkingUnknowns({ list: given }), "list"), []);
    });
  }
});
