import assert from "node:assert/strict";
import { pathOf } from "../../app/src/path-of";

describe("pathOf", () => {
  for (const [url, path] of [
    ["/", "/"],
    ["/a/b", "/a/b"],
    ["/a?b=c", "/a"],
    ["/a?", "/a"],
    ["/a?b?c", "/a"],
    ["?a", ""],
    ["", ""],
    ["*", "*"],
  ] as const) {
    it(`is ${JSON.stringify(path)} of ${JSON.stringify(url)}`, () => {
      assert.equal(pathOf(url), path);
    });
  }
});
