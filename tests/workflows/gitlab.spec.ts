import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";

/** The example of docs/ci.md. */
const [, example = ""] =
  /^## GitLab CI$.*?^```yaml\n(.*?)^```$/ms.exec(readFileSync("docs/ci.md", "utf8")) ?? [];

const { review } = parse(example) as {
  readonly review: { readonly script: string[]; readonly after_script: string[] };
};

describe("the example for GitLab", () => {
  let folder = "";

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "gitlab-"));
    for (const stack of ["dev", "prod"]) writeFileSync(join(folder, `Pulumi.${stack}.yaml`), "");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Runs lines as GitLab's runner does, with an npm that says what it was called with and ends with `code`. */
  const ran = (lines: readonly string[], code: number) => {
    const bin = join(folder, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "npm"), `#!/bin/sh\necho "$*"\nexit ${String(code)}\n`);
    chmodSync(join(bin, "npm"), 0o755);
    return spawnSync("bash", ["--norc", "-c", ["set -eo pipefail", ...lines].join("\n")], {
      cwd: folder,
      encoding: "utf8",
      env: {
        PATH: `${bin}:${process.env["PATH"] ?? ""}`,
        CI_MERGE_REQUEST_DIFF_BASE_SHA: "1a2b3c4",
      },
    });
  };
  const written = (file: string) => readFileSync(join(folder, file), "utf8");

  it("installs and reviews, and ends where that fails", () => {
    const { status, stdout, stderr } = ran(review.script, 0);

    assert.deepEqual(
      [status, stdout, stderr],
      [0, "ci --cache .npm --prefer-offline\nrun ci -- --against 1a2b3c4 --output review\n", ""],
    );
    rmSync(join(folder, "bin"), { recursive: true });
    assert.equal(ran(review.script.slice(1), 3).status, 3);
  });

  it("writes the reports of every stack where a policy is violated", () => {
    mkdirSync(join(folder, "review"));
    const locations = [
      {
        physicalLocation: {
          artifactLocation: { uri: "infra/index.ts" },
          region: { startLine: 7 },
        },
      },
    ];
    const results = [
      { ruleId: "a", level: "error", message: { text: "new" }, locations, baselineState: "new" },
      { ruleId: "b", message: { text: "old" }, locations, baselineState: "unchanged" },
      { ruleId: "c", message: { text: "waived" }, suppressions: [{ kind: "external" }] },
    ];
    writeFileSync(join(folder, "review/review.sarif"), JSON.stringify({ runs: [{ results }] }));
    const { status, stderr } = ran(review.after_script, 3);

    assert.deepEqual([status, stderr], [0, ""]);
    assert.equal(written("policies-dev.xml"), "run --silent policy -- dev --format junit\n");
    assert.equal(written("policies-prod.xml"), "run --silent policy -- prod --format junit\n");
    const findings = JSON.parse(written("codequality.json")) as { fingerprint: string }[];
    assert.match(findings[0]?.fingerprint ?? "", /^[\da-f]{64}$/);
    assert.deepEqual(findings, [
      {
        description: "new",
        check_name: "a",
        fingerprint: findings[0]?.fingerprint,
        severity: "critical",
        location: { path: "infra/index.ts", lines: { begin: 7 } },
      },
    ]);
  });

  it("writes no finding where the review has left none", () => {
    const { status, stderr } = ran(review.after_script, 1);

    assert.deepEqual([status, stderr, written("codequality.json")], [0, "", "[]\n"]);
  });
});
