import assert from "node:assert/strict";
import type { PolicyFinding } from "../../../tools/policy/verdict";
import { deltaText, policyDelta, remediedOf } from "../../../tools/review/policy-delta";
import { aFinding, aVerdict } from "../policy/verdicts";
import { aChange, aComparison, aSide, service } from "./comparisons";

function delta(before: readonly PolicyFinding[], after: readonly PolicyFinding[]) {
  return policyDelta(
    aComparison({
      before: aSide({ policies: aVerdict({ findings: before }) }),
      after: aSide({ policies: aVerdict({ findings: after }) }),
    }),
  );
}

describe("policyDelta", () => {
  it("parts violations by the side that has them", () => {
    const [kept, gone, come] = ["kept", "gone", "come"].map((policy) => aFinding({ policy }));
    const worse = aFinding({ policy: "kept", message: "maxSize is 9" });

    assert.deepEqual(delta([kept!, gone!], [worse, come!]), {
      added: [come],
      resolved: [gone],
      remaining: [worse],
    });
  });

  it("tells two resources and two levels of one policy apart", () => {
    const other = aFinding({ urn: `${service}-2` });
    const advisory = aFinding({ level: "advisory" });

    assert.deepEqual(delta([aFinding()], [aFinding(), other]).added, [other]);
    assert.deepEqual(delta([advisory], [aFinding()]).added, [aFinding()]);
  });

  it("counts several violations of a policy at one resource", () => {
    const second = aFinding({ message: "and a second" });

    assert.deepEqual(delta([aFinding()], [aFinding(), second]), {
      added: [second],
      resolved: [],
      remaining: [aFinding()],
    });
  });

  it("counts no finding that is no violation, so that an expired waiver brings one", () => {
    const waived = aFinding({ outcome: "waived", level: "advisory" });
    const undecided = aFinding({ outcome: "undecided" });

    assert.deepEqual(delta([waived, undecided], [aFinding(), undecided]), {
      added: [aFinding()],
      resolved: [],
      remaining: [],
    });
  });

  it("knows a resource under its new name and in another stack", () => {
    const renamed = aFinding({ urn: `${service}-new` });
    const elsewhere = aFinding({ urn: renamed.urn.replace(":dev:", ":prod:") });
    const comparison = aComparison({
      before: aSide({ policies: aVerdict({ findings: [aFinding()] }) }),
      after: aSide({ policies: aVerdict({ findings: [elsewhere] }) }),
      changes: [aChange({ urn: renamed.urn, previousUrn: service })],
    });

    const { changes } = comparison;
    for (const either of [comparison, { ...comparison, changes: [], kept: changes }]) {
      assert.deepEqual(policyDelta(either), { added: [], resolved: [], remaining: [elsewhere] });
    }
  });

  it("has only new violations for a stack that is new", () => {
    const after = aSide({ policies: aVerdict({ findings: [aFinding()] }) });

    assert.deepEqual(policyDelta(aComparison({ before: undefined, after })).added, [aFinding()]);
  });
});

describe("deltaText", () => {
  it("names only what there is", () => {
    const [one, two] = [aFinding(), aFinding({ policy: "other" })];

    assert.deepEqual([delta([], []), delta([one, two], [one]), delta([], [one])].map(deltaText), [
      "",
      "1 resolved, 1 as before",
      "1 new",
    ]);
  });
});

describe("remediedOf", () => {
  it("says once what to do of a policy, at its last violation", () => {
    const findings = [
      ...["a", "b"].map((name) => aFinding({ urn: `${service}-${name}` })),
      aFinding({ policy: "unknown" }),
    ];
    const comparison = aComparison({ after: aSide({ policies: aVerdict({ findings }) }) });

    assert.deepEqual(remediedOf(comparison, policyDelta(comparison)), [
      { finding: findings[0], remedy: undefined },
      { finding: findings[1], remedy: "Lower maxInstances." },
      { finding: findings[2], remedy: undefined },
    ]);
  });
});
