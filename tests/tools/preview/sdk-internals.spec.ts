import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { inOwnState, serialized } from "../../../tools/preview/sdk-internals";

/* eslint-disable @typescript-eslint/no-require-imports -- internal modules have no typings to import */
const state = require("@pulumi/pulumi/runtime/state") as { getStore: () => unknown };
const changed: readonly [object, string][] = [
  [require("@pulumi/pulumi/runtime/debuggable") as object, "debuggablePromise"],
  [require("@pulumi/pulumi/runtime/settings") as object, "getEngine"],
  [require("@pulumi/pulumi/log") as object, "debug"],
  [pulumi.Resource, "framePositionRegExp"],
];
/* eslint-enable @typescript-eslint/no-require-imports */

const changeable = (): unknown[] =>
  changed.map(([owner, key]) => (owner as Record<string, unknown>)[key]);

describe("inOwnState", () => {
  it("gives the SDK a state of its own, and its old one back", async () => {
    const shared = state.getStore();
    const during: unknown[] = [];

    await inOwnState(() => Promise.resolve(during.push(state.getStore())));
    await inOwnState(() => Promise.reject(new Error("failed"))).catch(() => undefined);

    assert.notEqual(during[0], shared);
    assert.equal(state.getStore(), shared);
  });

  it("takes back all changes of the SDK, once the last program has run", async () => {
    const original = changeable();
    const during: unknown[][] = [];
    let finishFirst: () => void = () => undefined;

    const first = inOwnState(() => new Promise<void>((resolve) => (finishFirst = resolve)));
    const second = inOwnState(async () => {
      finishFirst();
      await first;
      during.push(changeable());
    });
    await second;

    assert.equal(
      during[0]?.every((value, index) => value !== original[index]),
      true,
    );
    changeable().forEach((value, index) => {
      assert.equal(value, original[index]);
    });
  });
});

describe("serialized", () => {
  it("awaits outputs and promises", async () => {
    assert.deepEqual(await serialized("test", { a: pulumi.output(1), b: [Promise.resolve("x")] }), {
      a: 1,
      b: ["x"],
    });
  });
});
