import assert from "node:assert/strict";
import { PolicyConfigError } from "../../policies/configured-limits";
import { configuredPattern } from "../../policies/configured-pattern";

describe("configuredPattern", () => {
  it("ignores case", () => {
    assert.equal(configuredPattern("policy.limit", "TOKEN").test("my_token"), true);
    assert.equal(configuredPattern("policy.limit", "TOKEN").test("my_tok"), false);
  });

  it("names the limit that is no regular expression", () => {
    assert.throws(
      () => configuredPattern("policy.limit", "("),
      new PolicyConfigError("policy.limit is not a regular expression; see policies/limits.ts"),
    );
  });
});
