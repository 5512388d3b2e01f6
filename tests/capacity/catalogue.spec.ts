import assert from "node:assert/strict";
import {
  catalogueSource,
  findInstanceType,
  instanceTypes,
  misspeltInstanceType,
  nearestInstanceType,
} from "../../capacity/catalogue";

describe("instance catalogue", () => {
  it("gives the figures of a type by its name", () => {
    assert.deepEqual(findInstanceType("t4g.small"), {
      instanceType: "t4g.small",
      architecture: "arm64",
      vCpus: 2,
      memoryMiB: 2048,
      enis: 3,
      trunkedTasks: null,
      burstable: true,
      usdPerHour: 0.0168,
    });
  });

  it("knows nothing of a type that it lacks", () => {
    assert.equal(findInstanceType("t4g.smal"), undefined);
    assert.equal(findInstanceType("constructor"), undefined);
  });

  it("finds the nearest name of an architecture", () => {
    assert.equal(nearestInstanceType("t4g.smal", "arm64"), "t4g.small");
    assert.equal(nearestInstanceType("m7g.large", "x86_64"), "m7i.large");
    assert.equal(nearestInstanceType("t3.small", "arm64"), "t4g.small");
  });

  it("takes a name within two slips for a misspelt one", () => {
    for (const slip of ["t4g.smal", "T4G.small", "t4g-small", "t4g.smlal", "t4g.smalll"]) {
      assert.equal(misspeltInstanceType(slip, "arm64"), "t4g.small", slip);
    }
    assert.equal(misspeltInstanceType("m7i.larg", "x86_64"), "m7i.large");
    assert.equal(misspeltInstanceType("t4g.smxyz", "arm64"), undefined);
    assert.equal(misspeltInstanceType("t3.smal", "arm64"), undefined);
    assert.equal(misspeltInstanceType("", "arm64"), undefined);
  });

  it("takes a name of EC2's form for a type that it lacks", () => {
    for (const type of ["g5.xlarge", "m5.8xlarge", "t3.nano", "m5.metal", "m7i-flex.large"]) {
      assert.equal(misspeltInstanceType(type, "x86_64"), undefined, type);
    }
    assert.equal(misspeltInstanceType("c7g.metal-24xl", "arm64"), undefined);
  });

  it("holds well-formed figures, each type once", () => {
    const names = instanceTypes.map(({ instanceType }) => instanceType);
    assert.equal(names.length, 112);
    assert.equal(new Set(names).size, names.length);
    for (const type of instanceTypes) {
      assert.match(type.instanceType, /^[a-z]\d[a-z]*\.(micro|small|medium|(\d*x)?large)$/);
      assert.ok(["arm64", "x86_64"].includes(type.architecture), type.instanceType);
      const positive = [type.vCpus, type.memoryMiB, type.enis - 1, type.usdPerHour];
      assert.ok(
        positive.every((figure) => figure > 0),
        type.instanceType,
      );
      // Only the graviton families end in g.
      assert.equal(type.architecture === "arm64", /^[a-z]\dg\./.test(type.instanceType));
    }
  });

  it("names the sources and the day of its prices", () => {
    assert.equal(catalogueSource.pricedOn, "2026-07-20");
    assert.match(catalogueSource.specifications, /moto 5\.2\.1 \(Apache-2\.0\)/);
    assert.match(catalogueSource.prices, /karpenter.*\(Apache-2\.0\), generated 2026-07-20/);
  });
});
