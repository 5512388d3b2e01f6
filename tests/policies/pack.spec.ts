import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { LIMITS } from "../../policies/limits";
import { buildPolicies, changePolicies, policies, policyNames } from "../../policies/pack";
import { WaiverBook } from "../../policies/waivers";

const rules = resolve(__dirname, "../../policies/rules");

const files = readdirSync(rules).flatMap((area) =>
  readdirSync(join(rules, area)).map((file) => file.replace(/\.ts$/, "")),
);

const none = new WaiverBook([], "2026-01-31");

describe("policies", () => {
  it("are all that there are, each once and by name", () => {
    assert.deepEqual(
      policies.map(({ name }) => name),
      [...files].sort(),
    );
  });

  it("have limits, and no limits are without a policy of the pack or of changes", () => {
    const changes = changePolicies.map(({ name }) => name);

    assert.deepEqual(Object.keys(LIMITS.prod).sort(), [...files, ...changes].sort());
  });

  for (const { name, description, remediationSteps, url, frameworks } of [
    ...policies,
    ...changePolicies,
  ]) {
    it(`${name} says what it demands, why and what to do`, () => {
      assert.match(name, /^[a-z0-9]+(-[a-z0-9]+)+$/);
      assert.match(description, /^[A-Z].+[^.]\.$/s);
      assert.match(remediationSteps, /^[A-Z`].+\.$/s);
      assert.match(url, /^https:\/\/(docs\.aws\.amazon\.com|www\.pulumi\.com)\/\S+$/);
      assert.equal(new Set(frameworks).size, frameworks.length);
    });
  }
});

describe("buildPolicies", () => {
  it("builds every policy, the guard of the waivers last", () => {
    assert.deepEqual(
      buildPolicies("prod", none).map(({ name }) => name),
      policyNames,
    );
  });

  it("gives each the level of its environment; an unknown one has prod's", () => {
    const levels = (environment: string) =>
      buildPolicies(environment, none).map(({ enforcementLevel }) => enforcementLevel);

    assert.deepEqual(levels("dev"), [...policies.map(({ levels: { dev } }) => dev), "mandatory"]);
    assert.deepEqual(levels("prod"), [
      ...policies.map(({ levels: { prod } }) => prod),
      "mandatory",
    ]);
    assert.deepEqual(levels(""), levels("prod"));
  });

  it("lets a configuration set levels", () => {
    const built = buildPolicies("prod", none, {
      "asg-size-within-limits": { level: "advisory" },
      "waivers-valid": { level: "disabled" },
    });
    const levelOf = (policy: string) => built.find(({ name }) => name === policy)?.enforcementLevel;

    assert.equal(levelOf("asg-size-within-limits"), "advisory");
    assert.equal(levelOf("waivers-valid"), "disabled");
    assert.equal(levelOf("asg-max-min-ratio"), "mandatory");
  });

  it("declares what each may be configured with", () => {
    const built = buildPolicies("prod", none).slice(0, -1);

    assert.deepEqual(
      built.map(({ configSchema }) => Object.keys(configSchema?.properties ?? {})),
      policies.map(({ name }) => Object.keys(LIMITS.prod[name])),
    );
  });
});
