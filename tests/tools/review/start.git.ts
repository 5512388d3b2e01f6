import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changeSettings, copyProject } from "../../engine/project-copy";
import { assertSarif } from "./sarif-schema";

/** Put together here, so that no scanner finds them in this file. */
const TOKEN = "ghp_" + "plantedPLANTEDplantedPLANTED12345678";
const KEY_ID = "AKIA" + "Q3EGPLANTED12345";
const PLANTED = {
  AWS_SECRET_ACCESS_KEY: "planted/in/environment/1",
  GITHUB_TOKEN: "planted-in-environment-2",
  PULUMI_CONFIG_PASSPHRASE: "planted-in-environment-3",
};

/** What the policies ask for. */
const TAGS = { Project: "p", Environment: "dev", Owner: "o", CostCenter: "c" };

describe("node tools/review/start.cjs", function () {
  this.timeout(60_000);
  let home = "";
  let project = "";

  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...args], {
      cwd: project,
      encoding: "utf8",
    });
  const edit = (file: string, change: (text: string) => string) => {
    const path = join(project, file);
    writeFileSync(path, change(readFileSync(path, "utf8")));
  };
  /** Sets what the program must not tell, with another value on each side of the change. */
  const plant = (side: "before" | "after") => {
    changeSettings(join(project, "Pulumi.dev.yaml"), {
      "aws:defaultTags": {
        tags: { ...TAGS, Key: `${KEY_ID} ${side}` },
      },
      "docker:password": { secure: `v1:planted-${side}` },
    });
    edit("app/compose.yaml", (text) =>
      text
        .replace(/\n +NOTE: .*\n +DB_PASSWORD: .*/, "")
        .replace(
          /\n( +)environment:\n/,
          (whole, indent: string) =>
            `${whole}${indent}  NOTE: ${TOKEN}-${side}\n${indent}  DB_PASSWORD: planted-password-${side}\n`,
        ),
    );
  };

  before(() => {
    home = mkdtempSync(join(tmpdir(), "review of a change "));
    project = join(home, "project");
    copyProject(project);
    cpSync("tools", join(project, "tools"), { recursive: true });
    writeFileSync(join(project, ".gitignore"), "node_modules\n");
    plant("before");
    git("init", "-qb", "main");
    git("add", ".");
    git("commit", "-qm", "before");
    plant("after");
    git("rm", "-q", "Pulumi.prod.yaml");
  });
  after(() => {
    rmSync(home, { recursive: true });
  });

  it("reviews a change in a clone, and tells nothing that is secret", () => {
    const summary = join(home, "summary.md");
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["tools/review/start.cjs", "--against", "main", "--output", join(home, "out")],
      {
        cwd: project,
        encoding: "utf8",
        env: {
          ...{ PATH: process.env["PATH"], HOME: home },
          ...{ GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: summary, ...PLANTED },
        },
      },
    );

    assert.equal(stderr, "");
    // The planted secrets violate a policy of the pack.
    assert.equal(status, 3, stdout);
    const files = readdirSync(join(home, "out"));
    assert.deepEqual(files, ["dev.mmd", "dev.svg", "review.json", "review.md", "review.sarif"]);
    const artefacts = new Map(
      files.map((name) => [name, readFileSync(join(home, "out", name), "utf8")]),
    );
    artefacts.set("stdout", stdout).set("summary", readFileSync(summary, "utf8"));
    assertSarif(artefacts.get("review.sarif") ?? "");
    assert.match(
      stdout,
      /^::error file=infra\/[\w/-]+\.ts,line=\d+,title=dev%3A ecs-no-plaintext-secrets::/m,
    );
    assert.match(stdout, /^::warning title=prod%3A removed stack::/m);
    for (const name of ["review.md", "review.json", "stdout", "summary"]) {
      assert.match(artefacts.get(name) ?? "", /environment\[DB_PASSWORD\]/);
      assert.match(artefacts.get(name) ?? "", /docker:password/);
    }
    const secrets = [TOKEN, KEY_ID, "v1:planted", "planted-password", ...Object.values(PLANTED)];
    const leaks = [...artefacts].flatMap(([name, text]) =>
      secrets.filter((secret) => text.includes(secret)).map((secret) => `${name}: ${secret}`),
    );
    assert.deepEqual(leaks, []);
    assert.equal(git("worktree", "list").trim().split("\n").length, 1);
    assert.equal(git("status", "--porcelain").includes("??"), false);
  });
});
