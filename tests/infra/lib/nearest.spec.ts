import assert from "node:assert/strict";
import { nearest } from "../../../infra/lib/nearest";

describe("nearest", () => {
  it("finds what is spelt alike, whatever its case", () => {
    assert.equal(nearest("mintasks", ["maxTasks", "minTasks"]), "minTasks");
    assert.equal(nearest("natGateway", ["natGateways", "webAcl"]), "natGateways");
  });

  it("allows two slips in a short word and one in three letters of a long one", () => {
    assert.equal(nearest("abxx", ["abcd"]), "abcd");
    assert.equal(nearest("axxx", ["abcd"]), undefined);
    assert.equal(nearest("abcdxx", ["abcdef"]), "abcdef");
    assert.equal(nearest("abcxxx", ["abcdef"]), undefined);
    assert.equal(nearest("abcdefxxx", ["abcdefghi"]), "abcdefghi");
    assert.equal(nearest("abcdexxxx", ["abcdefghi"]), undefined);
    assert.equal(nearest("abcdefghxxx", ["abcdefghijk"]), "abcdefghijk");
    assert.equal(nearest("abcdefgxxxx", ["abcdefghijk"]), undefined);
  });

  it("allows one slip in a word of three letters and none in a letter", () => {
    assert.equal(nearest("asw", ["aws"]), undefined);
    assert.equal(nearest("aw", ["aws"]), "aws");
    assert.equal(nearest("k8s", ["aws"]), undefined);
    assert.equal(nearest("b", ["a"]), undefined);
  });

  it("finds the first of equals", () => {
    assert.equal(nearest("abcx", ["abcd", "abce"]), "abcd");
  });

  it("finds nothing where nothing is near", () => {
    assert.equal(nearest("bogus", ["natGateways", "webAcl"]), undefined);
    assert.equal(nearest("x", []), undefined);
  });
});
