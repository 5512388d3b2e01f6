import assert from "node:assert/strict";
import { prefersJson } from "../../app/src/accept";

const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

describe("prefersJson", () => {
  const json: readonly string[] = [
    "application/json",
    "Application/JSON; charset=utf-8",
    "application/json, text/plain, */*;q=0.1",
    "text/html;q=0.5, application/json",
    "text/html; q=0.899 , application/json; q=0.9",
    "application/*",
    "*/*, text/html;q=0",
    "text/*;q=0.2, application/*;q=0.3",
    "text/html;q=2, application/json;q=0.001",
  ];
  for (const accept of json) {
    it(`is true for ${accept}`, () => {
      assert.equal(prefersJson(accept), true);
    });
  }

  const html: readonly (string | undefined)[] = [
    undefined,
    "",
    "*/*",
    "text/*",
    "image/png",
    browser,
    "application/json, text/html",
    "application/json;q=0, */*",
    "application/json;q=0.8, */*;q=0.9",
    ",;,=,q=1",
  ];
  for (const accept of html) {
    it(`is false for ${accept ?? "no header"}`, () => {
      assert.equal(prefersJson(accept), false);
    });
  }
});
