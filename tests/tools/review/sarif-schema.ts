import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";

const SCHEMA = require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");

// One pattern of the schema, for languages, is no regular expression in unicode mode.
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(SCHEMA, "utf8")) as Record<string, unknown>);

/** Fails for a text that is no SARIF 2.1.0, or in which an index leads to no rule or to another one. */
export function assertSarif(text: string): void {
  const log = JSON.parse(text) as Log;
  assert.equal(validate(log), true, ajv.errorsText(validate.errors));
  for (const { tool, results } of log.runs) {
    const named = results.map(({ ruleIndex }) => tool.driver.rules[ruleIndex]?.id);
    assert.deepEqual(
      named,
      results.map(({ ruleId }) => ruleId),
    );
  }
}

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly { readonly ruleId: string; readonly ruleIndex: number }[];
  }[];
}
