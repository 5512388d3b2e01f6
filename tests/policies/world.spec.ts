import assert from "node:assert/strict";
import { isWorld } from "../../policies/world";

describe("isWorld", () => {
  for (const cidr of ["0.0.0.0/0", "128.0.0.0/1", "10.0.0.0/7", "::/0", "2000::/3", "FC00::/6"]) {
    it(`says yes to ${cidr}`, () => {
      assert.equal(isWorld(cidr), true);
    });
  }

  for (const cidr of ["10.0.0.0/8", "203.0.113.7/32", "fc00::/7", "0.0.0.0", "", "any", null, 0]) {
    it(`says no to ${JSON.stringify(cidr)}`, () => {
      assert.equal(isWorld(cidr), false);
    });
  }
});
