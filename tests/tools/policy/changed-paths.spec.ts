import assert from "node:assert/strict";
import { changedPaths } from "../../../tools/policy/changed-paths";

describe("changedPaths", () => {
  it("names what was set, changed and removed, by path", () => {
    assert.deepEqual(
      changedPaths(
        { a: 1, b: { c: "x", d: [1, { e: 2 }] }, gone: true, same: [1] },
        { a: 1, b: { c: "y", d: [1, { e: 3, f: 4 }] }, fresh: null, same: [1] },
      ),
      ["b.c", "b.d[1].e", "b.d[1].f", "fresh", "gone"],
    );
  });

  it("names a list of another length as a whole", () => {
    assert.deepEqual(changedPaths({ a: [1] }, { a: [1, 2] }), ["a"]);
    assert.deepEqual(changedPaths({ a: [1] }, { a: { 0: 1 } }), ["a"]);
  });
});
