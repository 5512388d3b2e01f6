import assert from "node:assert/strict";
import type { Json } from "../../../tools/preview/graph";
import { SECRET, UNKNOWN } from "../../../tools/preview/graph";
import {
  hasUnknown,
  plainBag,
  plainValue,
  resourceReference,
  secretValue,
  urnOf,
} from "../../../tools/simulated-aws/protocol-values";

const redact = (value: Json): Json => plainValue(value, () => SECRET);
const OUTPUT = { "4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4" };

describe("plainValue", () => {
  it("replaces secrets wherever they stand", () => {
    assert.deepEqual(
      redact({ list: [1, secretValue("a")], map: { key: secretValue({ b: "c" }) } }),
      {
        list: [1, SECRET],
        map: { key: SECRET },
      },
    );
  });

  it("tells the path of each secret, and its value with secrets inside unwrapped", () => {
    const found: [string, Json][] = [];

    const plain = plainBag(
      { registry: { password: secretValue("a") }, list: [secretValue([secretValue("b")])] },
      (value, path) => {
        found.push([path, value]);
        return value;
      },
    );

    assert.deepEqual(plain, { registry: { password: "a" }, list: [["b"]] });
    assert.deepEqual(found, [
      ["registry.password", "a"],
      ["list[0][0]", "b"],
      ["list[0]", ["b"]],
    ]);
  });

  it("takes a reference for the id, a component's for its URN", () => {
    const component = { ...(resourceReference("urn:x", "i") as object), id: null } as Json;

    assert.equal(redact(resourceReference("urn:x", "i-1")), "i-1");
    assert.equal(redact(resourceReference("urn:x", "")), UNKNOWN);
    assert.equal(redact(component), "urn:x");
  });

  it("takes an output value for its value", () => {
    assert.equal(redact({ ...OUTPUT, value: 1 }), 1);
    assert.equal(redact(OUTPUT), UNKNOWN);
    assert.equal(redact({ ...OUTPUT, value: 1, secret: true }), SECRET);
  });
});

describe("hasUnknown", () => {
  it("looks inside lists and maps", () => {
    assert.equal(hasUnknown({ a: [{ b: UNKNOWN }] }), true);
    assert.equal(hasUnknown({ a: [{ b: "x" }], c: null }), false);
  });
});

describe("urnOf", () => {
  const stack = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";

  it("holds the types of all parents but the stack's", () => {
    const component = urnOf("shop", "dev", stack, "shop:index:Network", "web");
    const vpc = urnOf("shop", "dev", component, "awsx:ec2:Vpc", "web");

    assert.equal(component, "urn:pulumi:dev::shop::shop:index:Network::web");
    assert.equal(
      urnOf("shop", "dev", vpc, "aws:ec2/vpc:Vpc", "web"),
      "urn:pulumi:dev::shop::shop:index:Network$awsx:ec2:Vpc$aws:ec2/vpc:Vpc::web",
    );
    assert.equal(urnOf("shop", "dev", "", "pulumi:pulumi:Stack", "shop-dev"), stack);
  });
});
