import assert from "node:assert/strict";
import { oneOfNumbers, show } from "../../../infra/config/checks";

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
