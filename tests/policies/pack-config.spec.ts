import assert from "node:assert/strict";
import { policies, policyNames } from "../../policies/pack";
import { PackConfigError, readPackConfig } from "../../policies/pack-config";

const read = (value: unknown) => readPackConfig(value, "prod", policies);

describe("readPackConfig", () => {
  it("reads levels and limits", () => {
    const config = read({
      "asg-size-within-limits": { enforcementLevel: "advisory", maxCeiling: 8 },
      "waivers-valid": "disabled",
    });

    assert.deepEqual(config["asg-size-within-limits"], {
      level: "advisory",
      limits: { maxCeiling: 8 },
    });
    assert.deepEqual(config["waivers-valid"], { level: "disabled" });
  });

  it("gives every policy the level of all, below its own", () => {
    const config = read({
      all: "advisory",
      "asg-size-within-limits": { maxCeiling: 8 },
      "waivers-valid": "mandatory",
    });

    assert.deepEqual(Object.keys(config), policyNames);
    assert.deepEqual(config["asg-size-within-limits"], {
      level: "advisory",
      limits: { maxCeiling: 8 },
    });
    assert.deepEqual(config["waivers-valid"], { level: "mandatory" });
  });

  it("takes bounds with one value inside", () => {
    const limits = { retentionDays: { min: 400 } };

    assert.deepEqual(read({ "log-retention-bounds": limits })["log-retention-bounds"], { limits });
  });

  it("leaves everything as it is where the file says nothing", () => {
    assert.deepEqual(
      Object.values(read({})),
      policyNames.map(() => ({})),
    );
  });

  for (const [what, value, fault] of [
    ["what is no object", [], "the whole file: must be an object with the names of policies"],
    ["null", null, "the whole file: must be an object with the names of policies"],
    [
      "an unknown policy",
      { "asg-size-within-limit": "advisory" },
      "asg-size-within-limit: is no policy of the pack; did you mean asg-size-within-limits?",
    ],
    [
      "an unknown policy that is like none",
      { colour: "advisory" },
      "colour: is no policy of the pack",
    ],
    [
      "an unknown limit",
      { "asg-size-within-limits": { maxCeilng: 8 } },
      "asg-size-within-limits.maxCeilng is not a limit; did you mean maxCeiling? see policies/limits.ts",
    ],
    [
      "a limit of another type",
      { "asg-size-within-limits": { maxCeiling: "8" } },
      "asg-size-within-limits.maxCeiling is a string, must be a number",
    ],
    [
      "an unknown level",
      { "asg-size-within-limits": "madatory" },
      'asg-size-within-limits: got "madatory", must be one of advisory, disabled, mandatory, remediate; did you mean mandatory?',
    ],
    [
      "a level that is no text",
      { all: 1 },
      "all: got 1, must be one of advisory, disabled, mandatory, remediate",
    ],
    [
      "an unknown level in an object",
      { "asg-size-within-limits": { enforcementLevel: null } },
      "asg-size-within-limits.enforcementLevel: got null, must be one of advisory, disabled, mandatory, remediate",
    ],
    [
      "a limit of the guard",
      { "waivers-valid": { max: 1 } },
      "waivers-valid.max: is not a limit; the policy has no limits",
    ],
    [
      "bounds that nothing is inside, with the other end from the pack",
      { "log-retention-bounds": { retentionDays: { min: 401 } } },
      "log-retention-bounds.retentionDays: min is 401 and max 400, must be min at most max",
    ],
    [
      "environments of the service",
      { environments: ["a/b"] },
      "environments: are read by the Pulumi service only; write what they hold into the file",
    ],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(() => read(value), new PackConfigError([fault]));
    });
  }

  it("names all faults at once", () => {
    assert.throws(
      () => read({ all: "none", colour: {}, "asg-size-within-limits": { a: 1, minFloor: [] } }),
      new PackConfigError([
        'all: got "none", must be one of advisory, disabled, mandatory, remediate',
        "colour: is no policy of the pack",
        "asg-size-within-limits.a is not a limit; did you mean minFloor? see policies/limits.ts",
        "asg-size-within-limits.minFloor is a list, must be a number",
      ]),
    );
  });
});
