import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { changePolicies, policies } from "../../policies/pack";
import { renderPolicyTable } from "../../tools/policy/policy-table";

const PAGE = "docs/policies.md";

describe("docs/policies.md", () => {
  it("has the table of the pack as it is (UPDATE_DOCS=1 writes it)", () => {
    const page = readFileSync(PAGE, "utf8");
    const [before = "", , after = ""] = page.split(/<!-- \/?policies -->/);
    const expected = `${before}<!-- policies -->\n\n${renderPolicyTable([...policies, ...changePolicies])}\n\n<!-- /policies -->${after}`;
    if (process.env["UPDATE_DOCS"] === "1") {
      writeFileSync(PAGE, expected);
    }

    assert.equal(readFileSync(PAGE, "utf8"), expected);
  });
});
