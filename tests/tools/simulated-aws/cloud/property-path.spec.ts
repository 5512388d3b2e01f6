import assert from "node:assert/strict";
import {
  formatPath,
  parsePath,
  textsAt,
  valueAt,
  valuesAt,
  withoutIgnored,
  withValueAt,
} from "../../../../tools/simulated-aws/cloud/property-path";

describe("property paths", () => {
  it("are read in the engine's form and written in it again", () => {
    for (const [path, steps] of [
      ["a", ["a"]],
      ["a.b[0].c", ["a", "b", 0, "c"]],
      ['tags["a.b"]', ["tags", "a.b"]],
      ['["a\\"b"].c', ['a"b', "c"]],
    ] as const) {
      assert.deepEqual(parsePath(path), steps);
      assert.equal(formatPath(steps), path);
    }
    assert.deepEqual(parsePath("a[*].b"), ["a", "*", "b"]);
  });

  it("say where they are not well formed", () => {
    assert.throws(() => parsePath("a[0"), {
      message:
        'property path "a[0" is not well formed; write keys with dots and indices or quoted keys in brackets, for example tags["a.b"].values[0]',
    });
  });

  it("find one value, or every value of a list", () => {
    const bag = { list: [{ id: "a" }, { id: "b" }, { other: 1 }], map: { key: "c" } };
    assert.equal(valueAt(bag, "list[1].id"), "b");
    assert.equal(valueAt(bag, "list[3].id"), undefined);
    assert.deepEqual(valuesAt(bag, "list[*].id"), [
      { path: "list[0].id", value: "a" },
      { path: "list[1].id", value: "b" },
    ]);
    assert.deepEqual(textsAt(bag, "map.key"), ["c"]);
    assert.deepEqual(textsAt(bag, "list[2].other"), []);
  });

  it("change a copy and leave the original alone", () => {
    const bag = { a: { b: [1, 2] } };
    assert.deepEqual(withValueAt(bag, "a.b[1]", 3), { a: { b: [1, 3] } });
    assert.deepEqual(withValueAt(bag, "a.b[0]", undefined), { a: { b: [2] } });
    assert.deepEqual(withValueAt(bag, "c.d", true), { a: { b: [1, 2] }, c: { d: true } });
    assert.deepEqual(bag, { a: { b: [1, 2] } });
  });

  it("keep as it was what is ignored", () => {
    const olds = {
      count: 1,
      list: [
        { a: 1, b: 1 },
        { a: 1, b: 1 },
      ],
      gone: true,
    };
    const news = {
      count: 5,
      list: [
        { a: 2, b: 2 },
        { a: 2, b: 2 },
      ],
    };
    assert.deepEqual(withoutIgnored(news, olds, ["count", "list[*].a", "gone", "nowhere.x"]), {
      count: 1,
      list: [
        { a: 1, b: 2 },
        { a: 1, b: 2 },
      ],
      gone: true,
    });
  });
});
