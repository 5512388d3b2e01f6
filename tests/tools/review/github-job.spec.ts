import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { appendStepSummary, isOnGitHub } from "../../../tools/review/github-job";

describe("isOnGitHub", () => {
  it("is true where the runner says so", () => {
    assert.deepEqual([{ GITHUB_ACTIONS: "true" }, { GITHUB_ACTIONS: "" }, {}].map(isOnGitHub), [
      true,
      false,
      false,
    ]);
  });
});

describe("appendStepSummary", () => {
  let directory = "";
  let file = "";
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "summary-"));
    file = join(directory, "summary.md");
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  const append = (render: (limit: number) => string) =>
    appendStepSummary({ GITHUB_STEP_SUMMARY: file }, render);

  it("appends to what the step has, or begins it", () => {
    assert.equal(
      append(() => "one\n"),
      "",
    );
    assert.equal(
      append(() => "two\n"),
      "",
    );

    assert.equal(readFileSync(file, "utf8"), "one\ntwo\n");
  });

  it("does nothing where the step has no summary", () => {
    for (const environment of [{}, { GITHUB_STEP_SUMMARY: "" }]) {
      assert.equal(
        appendStepSummary(environment, () => assert.fail("nobody reads it")),
        "",
      );
    }
  });

  it("never lets the summary grow beyond a mebibyte, whatever the characters are", () => {
    writeFileSync(file, "x".repeat(100_000));
    append((limit) => "€".repeat(limit));

    const { length } = readFileSync(file);
    assert.ok(length <= 1_048_576 && length > 1_048_570, String(length));
  });

  it("warns where too little is left", () => {
    writeFileSync(file, "x".repeat(1_048_576 - 65_536));
    assert.equal(
      append(() => "fits"),
      "",
    );
    writeFileSync(file, "x".repeat(1_048_576 - 65_535));

    assert.equal(
      append(() => assert.fail("it has no room")),
      "::warning title=no summary of the review::the summary has 65535 bytes left, which are too few for the review\n",
    );
  });

  it("warns where the summary cannot be written", () => {
    assert.equal(
      appendStepSummary({ GITHUB_STEP_SUMMARY: directory }, () => "text"),
      "::warning title=no summary of the review::the summary cannot be written (EISDIR)\n",
    );
  });

  it("lets a mistake in the report show itself", () => {
    assert.throws(
      () =>
        append(() => {
          throw new RangeError("limit");
        }),
      RangeError,
    );
  });
});
