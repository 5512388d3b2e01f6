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

  it("know the architectures by their other names", () => {
    const remedyOf = (architecture: string) => {
      const checked = plainSettings.architecture(architecture);
      return checked.ok ? undefined : checked.faults[0]?.remedy;
    };
    for (const name of ["amd64", "AMD64", "x64", "x86", "x86-64"]) {
      assert.equal(remedyOf(name), "did you mean x86_64", name);
    }
    for (const name of ["aarch64", "arm", "ARM64"]) {
      assert.equal(remedyOf(name), "did you mean arm64", name);
    }
    for (const name of ["riscv", "constructor"]) {
      assert.equal(remedyOf(name), "choose one of them", name);
    }
  });

  it("take a Compose service of 1 to 255 characters", () => {
    assert.deepEqual(
      [1, 255, 256].map((length) => plainSettings.composeService("a".repeat(length)).ok),
      [true, true, false],
    );
  });
});
