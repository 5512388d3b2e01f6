import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBase } from "../../../tools/ci/base";
import { gitIn } from "../../../tools/ci/git";

describe("findBase", () => {
  let directory = "";

  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...args], {
      cwd: directory,
      encoding: "utf8",
      stdio: "pipe",
    });
  const commit = (text: string) => {
    writeFileSync(join(directory, "file"), text);
    git("add", ".");
    git("commit", "-qm", text);
  };
  const base = (against?: string, environment = {}) =>
    findBase(against, environment, gitIn(directory));

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "base of a change "));
    git("init", "-q", "-b", "main");
    commit("one");
    git("checkout", "-qb", "change");
    commit("two");
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  /** A branch of origin, as a clone has it. */
  const origin = (name: string) => git("update-ref", `refs/remotes/origin/${name}`, "main");

  it("takes the ref that is asked for before any other", () => {
    origin("main");

    assert.deepEqual(base("change~1", { GITHUB_BASE_REF: "main" }), {
      ...{ kind: "ref", ref: "change~1", why: "named by --against" },
    });
  });

  it("says that a ref that is asked for is no commit", () => {
    for (const ref of ["nowhere", "--all", ""]) {
      assert.deepEqual(base(ref), {
        kind: "none",
        why: `--against: git knows no commit '${ref}'; name a branch, a tag or a commit, and fetch it first`,
      });
    }
  });

  it("takes the base of the pull request, as origin has it", () => {
    origin("release");

    assert.deepEqual(base(undefined, { GITHUB_BASE_REF: "release" }), {
      ...{ kind: "ref", ref: "origin/release", why: "the base of the pull request" },
    });
  });

  it("does not take another base where the pull request's is missing", () => {
    origin("main");

    assert.deepEqual(base(undefined, { GITHUB_BASE_REF: "release" }), {
      kind: "none",
      why: "origin/release, the base of the pull request, is not in this clone; check out with fetch-depth: 0",
    });
  });

  it("takes the default branch of origin, then origin/main, then main", () => {
    const found = [base(undefined, { GITHUB_BASE_REF: "" })];
    origin("main");
    found.push(base());
    origin("trunk");
    git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk");
    found.push(base());

    assert.deepEqual(found, [
      { kind: "ref", ref: "main", why: "as this clone has no origin/main" },
      {
        ...{ kind: "ref", ref: "origin/main" },
        why: "as this clone does not know the default branch of origin",
      },
      { kind: "ref", ref: "origin/trunk", why: "the default branch of origin" },
    ]);
  });

  it("says what it looked for where there is no base", () => {
    git("branch", "-qm", "main", "develop");

    assert.deepEqual(base(), {
      kind: "none",
      why: "found none of origin/main, main to compare with; name a ref with --against",
    });
  });

  it("finds nothing to compare on the base itself, unless a file is changed", () => {
    git("checkout", "-q", "main");

    assert.deepEqual(base(), {
      kind: "same",
      why: "HEAD is main (as this clone has no origin/main) and no file is changed: there is nothing to compare",
    });
    writeFileSync(join(directory, "new"), "");
    assert.equal(base().kind, "ref");
  });

  it("sees a new file where the user's git does not show such", () => {
    git("checkout", "-q", "main");
    git("config", "status.showUntrackedFiles", "no");
    writeFileSync(join(directory, "new"), "");

    assert.equal(base().kind, "ref");
  });

  it("says that there is no commit yet", () => {
    git("checkout", "-q", "--orphan", "fresh");

    assert.deepEqual(base("main"), {
      kind: "none",
      why: "the repository has no commit yet: there is nothing to compare with",
    });
  });

  it("is led to no other repository by the caller's environment", () => {
    process.env["GIT_DIR"] = join(directory, "elsewhere");
    try {
      assert.equal(base().kind, "ref");
    } finally {
      delete process.env["GIT_DIR"];
    }
  });

  it("says that there is no repository", () => {
    rmSync(join(directory, ".git"), { recursive: true });

    assert.deepEqual(base(), {
      kind: "none",
      why: "this folder is no git repository, or git is missing: there is nothing to compare with",
    });
  });
});
