import assert from "node:assert/strict";
import { renderJunit } from "../../../tools/policy/render-junit";
import { aFinding, aRule, aVerdict, oneOfEach } from "./verdicts";

const URN = "urn:pulumi:dev::shop::aws:ecs/service:Service::web";

describe("renderJunit", () => {
  it("has a passed case for a policy that holds", () => {
    assert.equal(
      renderJunit(aVerdict()),
      `<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="2" failures="0" errors="0" skipped="0">
  <testsuite name="policies dev" tests="2" failures="0" errors="0" skipped="0">
    <testcase name="group-is-small" classname="policies.dev"/>
    <testcase name="group-is-named" classname="policies.dev"/>
  </testsuite>
</testsuites>
`,
    );
  });

  it("fails for mandatory violations only, and tells the rest", () => {
    assert.equal(
      renderJunit(aVerdict({ findings: oneOfEach })),
      `<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="2" failures="1" errors="0" skipped="0">
  <testsuite name="policies dev" tests="2" failures="1" errors="0" skipped="0">
    <testcase name="group-is-small" classname="policies.dev">
      <failure message="maxSize is 4, allowed is at most 3; lower maxInstances" type="mandatory">mandatory: ${URN} (infra/service.ts:12): maxSize is 4, allowed is at most 3; lower maxInstances
A group has at most three instances.
Lower maxInstances.
https://docs.aws.amazon.com/small</failure>
      <system-out>waived: ${URN} (infra/service.ts:12): waived until 2026-01-31 by me
repair: ${URN}: sets name</system-out>
    </testcase>
    <testcase name="group-is-named" classname="policies.dev">
      <system-out>advisory: ${URN} (infra/service.ts:12): it has no name</system-out>
    </testcase>
  </testsuite>
</testsuites>
`,
    );
  });

  it("skips what did not run", () => {
    const text = renderJunit(aVerdict({ rules: [aRule({ notRun: "needs more" })] }));

    assert.match(text, /<testsuites tests="1" failures="0" errors="0" skipped="1">/);
    assert.match(text, /<skipped message="not run: needs more"\/>/);
  });

  it("skips what decided nothing and what is disabled", () => {
    const rules = [aRule(), aRule({ name: "off", level: "disabled" })];
    const findings = oneOfEach.filter(({ outcome }) => outcome === "undecided");
    const text = renderJunit(aVerdict({ rules, findings }));

    assert.match(text, /<testsuites tests="2" failures="0" errors="0" skipped="2">/);
    assert.match(
      text,
      /<skipped message="undecided: urn:\S+ \(infra\/service\.ts:12\): maxSize is unknown"\/>/,
    );
    assert.match(text, /<skipped message="disabled"\/>/);
  });

  it("writes well-formed XML whatever a message holds", () => {
    const message = '<a href="x">&\u0000\n]]>';
    const text = renderJunit(aVerdict({ findings: [aFinding({ message })] }));

    assert.match(text, /message="&lt;a href=&quot;x&quot;&gt;&amp;\uFFFD&#10;\]\]&gt;" type/);
  });
});
