import assert from "node:assert/strict";
import { countsOf, exitCodeOf, inReportOrder } from "../../../tools/policy/verdict";
import { aFinding, aVerdict, oneOfEach } from "./verdicts";

describe("countsOf", () => {
  it("counts each kind", () => {
    assert.deepEqual(countsOf(aVerdict({ findings: [...oneOfEach, aFinding()] })), {
      mandatory: 2,
      advisory: 1,
      waived: 1,
      repairs: 1,
      undecided: 1,
    });
  });
});

describe("exitCodeOf", () => {
  it("is 3 for a mandatory violation and 0 for everything else", () => {
    assert.equal(exitCodeOf(aVerdict()), 0);
    assert.equal(exitCodeOf(aVerdict({ findings: oneOfEach.slice(1) })), 0);
    assert.equal(exitCodeOf(aVerdict({ findings: oneOfEach })), 3);
  });
});

describe("inReportOrder", () => {
  it("has what stops a deployment first, then by policy and URN", () => {
    const [mandatory, advisory, waived, repair, undecided] = oneOfEach;
    const other = aFinding({ urn: "urn:pulumi:dev::shop::aws:ecs/service:Service::api" });

    assert.deepEqual(inReportOrder([undecided!, repair!, waived!, advisory!, mandatory!, other]), [
      other,
      ...oneOfEach,
    ]);
  });
});
