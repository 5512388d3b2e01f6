import assert from "node:assert/strict";
import { nearest, oneOfNumbers, show } from "../../../infra/config/checks";

describe("nearest", () => {
  it("finds what is spelt alike, whatever its case", () => {
    assert.equal(nearest("mintasks", ["maxTasks", "minTasks"]), "minTasks");
    assert.equal(nearest("natGateway", ["natGateways", "webAcl"]), "natGateways");
  });

  it("allows two slips in a short word and one in three letters of a long one", () => {
    assert.equal(nearest("abxx", ["abcd"]), "abcd");
    assert.equal(nearest("axxx", ["abcd"]), undefined);
    assert.equal(nearest("abcdefxxx", ["abcdefghi"]), "abcdefghi");
    assert.equal(nearest("abcdexxxx", ["abcdefghi"]), undefined);
    assert.equal(nearest("abcdefghxxx", ["abcdefghijk"]), "abcdefghijk");
    assert.equal(nearest("abcdefgxxxx", ["abcdefghijk"]), undefined);
  });

  it("finds nothing where nothing is near", () => {
    assert.equal(nearest("bogus", ["natGateways", "webAcl"]), undefined);
    assert.equal(nearest("x", []), undefined);
  });
});

describe("show", () => {
  it("quotes text, and leaves numbers, booleans and JSON bare", () => {
    assert.deepEqual(["a b", "", "1.5", "-3", "true", "[1]", '{"a":1}'].map(show), [
      '"a b"',
      '""',
      "1.5",
      "-3",
      "true",
      "[1]",
      '{"a":1}',
    ]);
  });

  it("cuts long values to 60 characters", () => {
    assert.equal(show("a".repeat(60)), `"${"a".repeat(60)}"`);
    assert.equal(show("a".repeat(61)), `"${"a".repeat(57)}..."`);
  });
});

describe("oneOfNumbers", () => {
  it("advises the nearest number, the smaller of two", () => {
    assert.deepEqual(oneOfNumbers([1, 3, 5])("4"), {
      ok: false,
      faults: [{ path: "", got: "4", rule: "must be one of 1, 3, 5", remedy: "the nearest is 3" }],
    });
  });
});
