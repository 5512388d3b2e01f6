import assert from "node:assert/strict";
import { registeredCpuUnits, registeredMemoryMiB } from "../../capacity/registered";

describe("registeredCpuUnits", () => {
  it("counts 1024 units for each vCPU", () => {
    assert.equal(registeredCpuUnits({ vCpus: 2 }), 2048);
  });
});

describe("registeredMemoryMiB", () => {
  const expected: [advertised: number, registered: number][] = [
    [1024, 782],
    [2048, 1755],
    [4096, 3701],
    [5120, 4674],
    [8192, 7592],
    [16384, 15374],
    [32768, 30939],
    [65536, 62069],
    [131072, 124328],
  ];
  for (const [advertised, registered] of expected) {
    it(`gives ${registered} of ${advertised} MiB`, () => {
      assert.equal(registeredMemoryMiB({ memoryMiB: advertised }, 0), registered);
    });
  }

  it("promises no more than instances were seen to register", () => {
    const seen: [advertised: number, registered: number][] = [
      [1024, 993],
      [2048, 1901],
      [4096, 3704],
      [8192, 7624],
      [16384, 15463],
      [32768, 31142],
      [65536, 62950],
    ];
    for (const [advertised, registered] of seen) {
      assert.ok(registeredMemoryMiB({ memoryMiB: advertised }, 0) <= registered);
    }
  });

  it("leaves out what the agent reserves", () => {
    assert.equal(registeredMemoryMiB({ memoryMiB: 2048 }, 256), 1499);
  });

  it("never falls below zero", () => {
    assert.equal(registeredMemoryMiB({ memoryMiB: 512 }, 512), 0);
  });
});
