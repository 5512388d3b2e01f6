import assert from "node:assert/strict";
import { plainSettings } from "../../../infra/config/settings";

describe("plainSettings", () => {
  it("take up to 40 instance types", () => {
    const types = (count: number) =>
      JSON.stringify(Array.from({ length: count }, (_, index) => `m${index}g.large`));
    assert.deepEqual(
      [1, 40, 41].map((count) => plainSettings.instanceTypes(types(count)).ok),
      [true, true, false],
    );
  });

  it("take a Compose service of 1 to 255 characters", () => {
    assert.deepEqual(
      [1, 255, 256].map((length) => plainSettings.composeService("a".repeat(length)).ok),
      [true, true, false],
    );
  });
});
