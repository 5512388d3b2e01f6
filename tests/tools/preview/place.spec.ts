import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { listsFaults, placeOf } from "../../../tools/preview/place";

const root = resolve(__dirname, "../../..");

function errorAt(...files: string[]): Error {
  const error = new Error("broken at /project/x.ts:1:1");
  const frames = files.map((file) => `    at ${file}`);
  error.stack = ["Error: broken at /project/x.ts:1:1", ...frames].join("\n");
  return error;
}

describe("placeOf", () => {
  const own = join(root, "infra/stack.ts");

  it("gives the first line of the project, past packages, Node and the tools", () => {
    const error = errorAt(
      "Array.map (<anonymous>)",
      `${join(root, "node_modules/a/b.js")}:1:1`,
      `f (${join(root, "tools/preview/record.ts")}:2:1)`,
      "listOnTimeout (node:internal/timers:581:17)",
      "/elsewhere/x.ts:3:1",
      `async Object.init (${own}:57:9)`,
      `${own}:99:1`,
    );

    assert.equal(placeOf(error, root), "infra/stack.ts:57");
  });

  it("reads frames without a name and with a URL", () => {
    assert.equal(placeOf(errorAt(`${own}:7:1`), root), "infra/stack.ts:7");
    assert.equal(placeOf(errorAt(`g (file://${own}:8:1)`), root), "infra/stack.ts:8");
  });

  it("gives nothing where no line is the project's, or nothing has lines", () => {
    assert.equal(placeOf(errorAt("/elsewhere/x.ts:3:1"), root), undefined);
    assert.equal(placeOf("text", root), undefined);
  });

  it("gives nothing for an error that lists faults with places of their own", () => {
    const error = Object.assign(errorAt(`${own}:7:1`), { faults: ["one"] });

    assert.equal(listsFaults(error), true);
    assert.equal(placeOf(error, root), undefined);
    assert.equal(listsFaults(errorAt()), false);
  });
});
