import assert from "node:assert/strict";
import { type Waiver, WaiverBook } from "../../policies/waivers";
import { waiversValid } from "../../policies/waivers-valid";
import { analyzeStack } from "../../tools/policy/analyzer";

const URN = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";

const STACK = {
  type: "pulumi:pulumi:Stack",
  urn: URN,
  name: "shop-dev",
  props: {},
  parent: undefined,
  protect: false,
  ignoreChanges: [],
  dependencies: [],
  propertyDependencies: {},
};

const aWaiver = (overrides: Partial<Waiver> = {}): Waiver => ({
  policy: "asg-size-within-limits",
  target: { by: "name", glob: "web-*" },
  environment: "dev",
  owner: "platform",
  reason: "load test",
  expires: "2026-01-31",
  place: "policies/waivers.yaml:2",
  ...overrides,
});

const judged = (waivers: readonly Waiver[], today: string) =>
  analyzeStack([waiversValid(new WaiverBook(waivers, today))], [STACK]);

describe("waiversValid", () => {
  it("has nothing to say of no waivers, or of another environment's", async () => {
    assert.deepEqual(await judged([], "2026-01-31"), []);
    assert.deepEqual(await judged([aWaiver({ environment: "prod" })], "2026-12-31"), []);
  });

  it("fails for an expired waiver", async () => {
    assert.deepEqual(await judged([aWaiver()], "2026-02-01"), [
      {
        policy: "waivers-valid",
        level: "mandatory",
        severity: "high",
        urn: URN,
        message:
          "the waiver of asg-size-within-limits for name 'web-*' (policies/waivers.yaml:2) expired on 2026-01-31, today is 2026-02-01; correct the violation, or let platform agree to a later day",
        undecided: false,
      },
    ]);
  });

  it("warns of a waiver that nothing asked for", async () => {
    assert.deepEqual(await judged([aWaiver()], "2026-01-31"), [
      {
        policy: "waivers-valid",
        level: "advisory",
        severity: "low",
        urn: URN,
        message:
          "the waiver of asg-size-within-limits for name 'web-*' (policies/waivers.yaml:2) was not needed; remove it",
        undecided: false,
      },
    ]);
  });

  it("warns of no waiver of a change, which is needed once; it expires like any other", async () => {
    const waiver = aWaiver({ policy: "scaling-change-within-limits" });

    assert.deepEqual(await judged([waiver], "2026-01-31"), []);
    assert.equal((await judged([waiver], "2026-02-01")).length, 1);
  });
});
