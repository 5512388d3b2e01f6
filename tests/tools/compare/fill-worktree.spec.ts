import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fillWorktree } from "../../../tools/compare/fill-worktree";
import { findBase } from "../../../tools/compare/git-base";
import type { Worktree } from "../../../tools/compare/worktree";
import { projectIn, withWorktree } from "../../../tools/compare/worktree";
import { SMALL_PROJECT, TemporaryRepository } from "./temporary-repository";

const PROJECT = {
  ...SMALL_PROJECT,
  "tests/shop.spec.ts": "\n",
  "app/tests/app.spec.ts": "\n",
  ".gitignore": "/node_modules\n",
};

describe("fillWorktree", () => {
  let repository: TemporaryRepository;
  beforeEach(() => {
    repository = new TemporaryRepository();
    repository.branchOff(PROJECT);
  });
  afterEach(() => {
    repository.remove();
  });

  /** What `read` finds in a worktree of main that is filled. */
  const filled = async <T>(read: (project: string) => T, directory = ""): Promise<T> => {
    const at = join(repository.path, directory);
    return withWorktree(at, await findBase(at, "main"), async (worktree, signal) => {
      await fillWorktree(worktree, signal);
      return read(projectIn(worktree));
    });
  };

  it("writes the commit's files but for the project's tests, and links the packages", async () => {
    const [files, inner, text, packages] = await filled((project) => [
      readdirSync(project).sort(),
      existsSync(join(project, "app/tests/app.spec.ts")),
      readFileSync(join(project, "Pulumi.yaml"), "utf8"),
      realpathSync(join(project, "node_modules")),
    ]);

    const names = [".git", ".gitignore", "Pulumi.yaml", "app"];
    assert.deepEqual(files, [...names, "node_modules", "package-lock.json", "tools"]);
    assert.deepEqual([inner, text], [true, "name: shop\n"]);
    assert.equal(packages, join(repository.path, "node_modules"));
    assert.ok(existsSync(join(repository.path, "node_modules/left/index.js")));
  });

  it("finds the project below the root of the repository", async () => {
    repository.commit("three", {
      "shop/Pulumi.yaml": "name: sub\n",
      "shop/tests/shop.spec.ts": "\n",
      "shop/package-lock.json": "{}\n",
      "shop/tools/compare/start.cjs": "",
      "shared/tests/one.json": "1",
    });
    repository.git("branch", "--force", "main", "HEAD");
    repository.write({ "shop/node_modules/left/index.js": "\n" });

    const found = await filled(
      (project) => [
        readFileSync(join(project, "Pulumi.yaml"), "utf8"),
        existsSync(join(project, "tests")),
        existsSync(join(project, "../shared/tests/one.json")),
        realpathSync(join(project, "node_modules")),
      ],
      "shop",
    );
    assert.deepEqual(found, [
      "name: sub\n",
      false,
      true,
      join(repository.path, "shop/node_modules"),
    ]);
  });

  it("leaves packages alone that are in the commit", async () => {
    repository.commit("three", { ".gitignore": "" });
    repository.git("branch", "--force", "main", "HEAD");

    const files = await filled((project) => readdirSync(join(project, "node_modules/left")));
    assert.deepEqual(files, ["index.js"]);
  });

  it("runs no hook of the repository", async () => {
    const hook = join(repository.path, ".git/hooks/post-checkout");
    mkdirSync(join(repository.path, ".git/hooks"), { recursive: true });
    writeFileSync(hook, `#!/bin/sh\ntouch "${repository.path}/hooked"\n`, { mode: 0o755 });
    await filled(() => undefined);

    assert.equal(existsSync(join(repository.path, "hooked")), false);
  });

  describe("with a commit that has another lockfile", () => {
    const { PATH } = process.env;
    beforeEach(() => {
      repository.write({ "package-lock.json": '{ "lockfileVersion": 3 }\n' });
    });
    afterEach(() => {
      process.env["PATH"] = PATH;
    });

    /** A command in place of npm. */
    const npm = (script: string) => {
      const folder = join(repository.path, "..", "bin");
      mkdirSync(folder);
      writeFileSync(join(folder, "npm"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
      process.env["PATH"] = `${folder}:${PATH ?? ""}`;
    };

    it("installs its packages, scripts left out", async () => {
      npm('mkdir node_modules && echo "$@" > node_modules/arguments');
      const args = await filled((project) =>
        readFileSync(join(project, "node_modules/arguments"), "utf8"),
      );

      assert.equal(args, "ci --prefer-offline --ignore-scripts --no-audit --no-fund\n");
      assert.equal(existsSync(join(repository.path, "node_modules/arguments")), false);
    });

    it("says so where they cannot be installed", async () => {
      npm("exit 7");
      const { label } = await findBase(repository.path, "main");

      await assert.rejects(
        filled(() => undefined),
        {
          name: "ComparisonError",
          message:
            `the packages of ${label} cannot be installed, npm ci ended with 7; ` +
            "its own lines say why, and it needs a network for packages that npm does not have yet",
        },
      );
    });

    it("says so where there is no npm", async () => {
      const worktree = { packages: undefined, prefix: "", label: "main" } as const;
      const base = await findBase(repository.path, "main");

      await assert.rejects(
        withWorktree(repository.path, base, async ({ root }: Worktree, signal) => {
          const git = join(repository.path, "..", "git-only");
          mkdirSync(git);
          writeFileSync(join(git, "git"), `#!/bin/sh\nPATH='${PATH ?? ""}' exec git "$@"\n`, {
            mode: 0o755,
          });
          process.env["PATH"] = git;
          await fillWorktree({ ...worktree, root }, signal);
        }),
        { name: "ComparisonError", message: "npm cannot be started; install it with Node" },
      );
    });
  });
});
