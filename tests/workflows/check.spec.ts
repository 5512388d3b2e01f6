import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const SKIPPED = `skipped: actionlint and shellcheck for the scripts in it is not on the PATH; .ci/workflows/with gets it
skipped: zizmor is not on the PATH; .ci/workflows/with gets it
`;

describe("npm run check:workflows", () => {
  const folder = mkdtempSync(join(tmpdir(), "workflows-"));
  mkdirSync(join(folder, ".github/workflows"), { recursive: true });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** Checks one workflow where there is nothing but node. */
  function checked(condition: string, env: Record<string, string> = {}) {
    writeFileSync(
      join(folder, ".github/workflows/a.yml"),
      `name: a
on: push
permissions: {}
jobs:
  first:
    runs-on: ubuntu-24.04
    outputs:
      found: \${{ steps.search.outputs.found }}
    steps:
      - id: search
        run: echo found=1 >> "$GITHUB_OUTPUT"
  second:
    needs: first
    if: ${condition}
    runs-on: ubuntu-24.04
    steps:
      - run: "true"
`,
    );
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [resolve(".ci/workflows/check.mjs"), folder],
      { encoding: "utf8", env: { PATH: join(folder, "nothing"), ...env } },
    );
    return { status, stdout, stderr };
  }

  it("passes a sound workflow with what npm brings, and says what was skipped", () => {
    assert.deepEqual(checked("needs.first.outputs.found == '1'"), {
      status: 0,
      stdout: `GitHub's language service: no fault\n${SKIPPED}`,
      stderr: "",
    });
  });

  it("shows each fault with its place", () => {
    assert.deepEqual(checked("needs.third.outputs.found == '1'"), {
      status: 1,
      stdout: `.github/workflows/a.yml:14:9: Context access might be invalid: third
GitHub's language service: faults, see above
${SKIPPED}`,
      stderr: "",
    });
  });

  it("fails without a linter where none may be skipped", () => {
    assert.equal(checked("always()", { WORKFLOW_LINTERS: "required" }).status, 1);
  });
});
