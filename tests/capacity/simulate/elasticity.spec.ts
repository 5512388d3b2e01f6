import assert from "node:assert/strict";
import fc from "fast-check";
import { ElasticityMeter } from "../../../capacity/simulate/elasticity";

describe("ElasticityMeter", () => {
  it("measures the shares of demand that lack and are too much, and their time", () => {
    const meter = new ElasticityMeter();
    meter.add(5, 10, 30);
    meter.add(10, 10, 30);
    meter.add(15, 10, 40);
    assert.deepEqual(meter.result(), {
      underProvisioningAccuracy: 15,
      overProvisioningAccuracy: 20,
      underProvisioningTimeshare: 30,
      overProvisioningTimeshare: 40,
      instability: 100,
    });
  });

  it("counts as unstable where supply and demand do not move the same way", () => {
    const meter = new ElasticityMeter();
    meter.add(5, 5, 10);
    meter.add(6, 9, 10);
    meter.add(9, 9, 10);
    meter.add(9, 9, 20);
    meter.add(9, 8, 10);
    assert.equal(meter.result().instability, 40);
  });

  it("takes one for the demand that nothing is a share of", () => {
    const meter = new ElasticityMeter();
    meter.add(2, 0, 10);
    assert.equal(meter.result().overProvisioningAccuracy, 200);
  });

  it("is 0 in everything when the supply is the demand", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 100 }), { maxLength: 30 }), (demands) => {
        const meter = new ElasticityMeter();
        demands.forEach((demand) => {
          meter.add(demand, demand, 10);
        });
        assert.deepEqual(Object.values(meter.result()), [0, 0, 0, 0, 0]);
      }),
    );
  });
});
