import assert from "node:assert/strict";
import { createColors } from "picocolors";
import { renderText, renderViolations } from "../../../tools/policy/render-text";
import { aRule, aVerdict, oneOfEach } from "./verdicts";

const pipe = { colors: createColors(false), columns: undefined };

const BLOCKS = `
    mandatory group-is-small  aws:ecs:Service web (infra/service.ts:12)
        maxSize is 4, allowed is at most 3; lower maxInstances
        urn:pulumi:dev::shop::aws:ecs/service:Service::web
        holds: A group has at most three instances.
        remedy: Lower maxInstances.
        https://docs.aws.amazon.com/small

    advisory group-is-named  aws:ecs:Service web (infra/service.ts:12)
        it has no name
        urn:pulumi:dev::shop::aws:ecs/service:Service::web
        holds: A group has at most three instances.
        remedy: Lower maxInstances.
        https://docs.aws.amazon.com/small

    waived group-is-small  aws:ecs:Service web (infra/service.ts:12)
        waived until 2026-01-31 by me
        urn:pulumi:dev::shop::aws:ecs/service:Service::web

    repair group-is-small  aws:ecs:Service web
        sets name
        urn:pulumi:dev::shop::aws:ecs/service:Service::web
`;

const HEAD =
  "Policies: 2 policies on 9 resources: 1 mandatory violation, 1 advisory violation, 1 waived violation, 1 repair, 1 undecided\n";

describe("renderText", () => {
  it("says that nothing was found", () => {
    assert.equal(
      renderText(aVerdict(), pipe),
      "Policies: 2 policies on 9 resources: no violation\n",
    );
  });

  it("counts the policies that ran", () => {
    const rules = [aRule(), aRule({ name: "b", level: "disabled" })];

    assert.equal(
      renderText(aVerdict({ rules, resources: 1 }), pipe),
      "Policies: 1 policy on 1 resource: no violation\n",
    );
  });

  it("tells which policies did not run and why, and does not count them", () => {
    const rules = [aRule(), aRule({ name: "b", notRun: "needs more" })];

    assert.equal(
      renderText(aVerdict({ rules }), pipe),
      "Policies: 1 policy on 9 resources: no violation\n\nNot run:\n    b: needs more\n",
    );
  });

  it("tells everything of every finding, undecided ones last", () => {
    assert.equal(
      renderText(aVerdict({ findings: oneOfEach }), pipe),
      `${HEAD}${BLOCKS}
Undecided:
    group-is-small  aws:ecs:Service web (infra/service.ts:12): maxSize is unknown
`,
    );
  });

  it("paints a terminal", () => {
    const text = renderText(aVerdict({ findings: oneOfEach }), {
      colors: createColors(true),
      columns: 80,
    });

    assert.ok(text.includes("\u001b[31m1 mandatory violation\u001b[39m"));
    assert.ok(text.includes("\u001b[33m1 advisory violation\u001b[39m"));
  });
});

describe("renderViolations", () => {
  it("counts undecided checks and says where they are listed", () => {
    assert.equal(
      renderViolations(aVerdict({ findings: oneOfEach }), pipe, "policy:other"),
      `${HEAD}${BLOCKS}
    1 check undecided before deployment; 'npm run policy:other -- dev' lists them`,
    );
  });

  it("is one line where there is nothing to say", () => {
    assert.equal(
      renderViolations(aVerdict(), pipe, "policy"),
      "Policies: 2 policies on 9 resources: no violation",
    );
  });
});
