import assert from "node:assert/strict";
import { subnetOfZone } from "../../../infra/lib/zone-subnets";

describe("subnetOfZone", () => {
  it("gives each zone its subnet", () => {
    assert.equal(subnetOfZone(["subnet-a", "subnet-b"], 0), "subnet-a");
    assert.equal(subnetOfZone(["subnet-a", "subnet-b"], 1), "subnet-b");
  });

  it("refuses a zone without a subnet", () => {
    assert.throws(() => subnetOfZone(["subnet-a"], 1), {
      message:
        "publicSubnetIds has 1 of at least 2 subnets; " +
        "lower availabilityZones or give every zone a public subnet",
    });
  });
});
