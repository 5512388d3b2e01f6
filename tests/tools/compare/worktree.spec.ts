import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import type { GitBase } from "../../../tools/compare/git-base";
import { findBase } from "../../../tools/compare/git-base";
import { withWorktree } from "../../../tools/compare/worktree";
import { TemporaryRepository } from "./temporary-repository";

const PROJECT = {
  "Pulumi.yaml": "name: shop\n",
  "tools/compare/start.cjs": "\n",
  "package.json": '{ "name": "shop" }\n',
  "package-lock.json": "{}\n",
  ".gitignore": "node_modules\n",
  "node_modules/left/index.js": "\n",
};

describe("withWorktree", () => {
  let repository: TemporaryRepository;
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  beforeEach(() => {
    repository = new TemporaryRepository();
    repository.commit("one", PROJECT);
    repository.git("checkout", "--quiet", "-b", "topic");
    repository.commit("two", { "Pulumi.yaml": "name: shop\ndescription: new\n" });
    said.length = 0;
  });
  afterEach(() => {
    repository.remove();
  });

  const inWorktree = async <T>(use: (project: string) => Promise<T>, directory = "") => {
    const at = join(repository.path, directory);
    return withWorktree(at, await findBase(at, "main"), say, use);
  };
  /** Everything of the user's that a worktree could touch. */
  const state = () => [
    repository.git("worktree", "list"),
    repository.git("status", "--porcelain"),
    repository.git("for-each-ref"),
    repository.git("stash", "list"),
    repository.git("ls-files", "--debug"),
    readdirSync(join(repository.path, ".git/preview-against")),
  ];

  it("has the commit's files and the packages that are installed, and then is gone", async () => {
    mkdirSync(join(repository.path, ".git/preview-against"));
    repository.write({ "Pulumi.yaml": "name: changed\n", "new.txt": "1\n" });
    const before = state();
    const [path, file, packages] = await inWorktree((project) =>
      Promise.resolve([
        project,
        readFileSync(join(project, "Pulumi.yaml"), "utf8"),
        realpathSync(join(project, "node_modules")),
      ]),
    );

    assert.equal(file, "name: shop\n");
    assert.equal(packages, join(repository.path, "node_modules"));
    assert.equal(existsSync(path), false);
    assert.deepEqual(state(), before);
    assert.deepEqual(said, []);
    assert.ok(existsSync(join(repository.path, "node_modules/left/index.js")));
  });

  it("runs no hook of the repository", async () => {
    const hook = join(repository.path, ".git/hooks/post-checkout");
    mkdirSync(join(repository.path, ".git/hooks"), { recursive: true });
    writeFileSync(hook, `#!/bin/sh\ntouch "${repository.path}/hooked"\n`, { mode: 0o755 });
    await inWorktree(() => Promise.resolve());

    assert.equal(existsSync(join(repository.path, "hooked")), false);
  });

  it("leads to the project where that is below the root of the repository", async () => {
    repository.commit("three", {
      "shop/Pulumi.yaml": "name: sub\n",
      "shop/tools/compare/start.cjs": "",
    });
    repository.git("branch", "--force", "main", "HEAD");

    const file = await inWorktree(
      (project) => Promise.resolve(readFileSync(join(project, "Pulumi.yaml"), "utf8")),
      "shop",
    );
    assert.equal(file, "name: sub\n");
  });

  it("is gone after a failure, and passes it on", async () => {
    const failure = new Error("no such program");

    await assert.rejects(
      inWorktree(() => Promise.reject(failure)),
      failure,
    );
    assert.deepEqual(readdirSync(join(repository.path, ".git/preview-against")), []);
    assert.equal(repository.git("worktree", "list").split("\n").length, 1);
  });

  it("gives two runs at once a folder each", async () => {
    const [outer, inner] = await inWorktree(async (project) => [
      project,
      await inWorktree((other) => Promise.resolve(other)),
    ]);

    assert.deepEqual(
      [outer, inner].map((path) => path.split("/").pop()),
      ["0", "1"],
    );
  });

  it("leaves other worktrees of the user as they are, those whose folder is away too", async () => {
    const other = join(repository.path, "..", "other");
    repository.git("worktree", "add", "--quiet", "--detach", other);
    repository.git("worktree", "move", other, `${other}-moved`);
    const list = repository.git("worktree", "list");
    writeFileSync(join(repository.path, ".git/worktrees/other/gitdir"), "/away/.git\n");
    const away = repository.git("worktree", "list");
    await inWorktree(() => Promise.resolve());

    assert.notEqual(away, list);
    assert.equal(repository.git("worktree", "list"), away);
  });

  describe("with a commit that has another lockfile", () => {
    const { PATH } = process.env;
    let base: GitBase;
    beforeEach(async () => {
      const main = repository.commit("other", {
        "package-lock.json": '{ "lockfileVersion": 3 }\n',
      });
      repository.commit("same", { "package-lock.json": "{}\n" });
      base = await findBase(repository.path, main);
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

    it("installs the packages in the worktree, scripts left out, and says so", async () => {
      npm('mkdir node_modules && echo "$@" > node_modules/arguments');
      const args = await withWorktree(repository.path, base, say, (project) =>
        Promise.resolve(readFileSync(join(project, "node_modules/arguments"), "utf8")),
      );

      assert.equal(args, "ci --prefer-offline --ignore-scripts --no-audit --no-fund\n");
      assert.deepEqual(said, [
        `installing the packages of ${base.label}, whose package-lock.json is another one; this takes longer`,
      ]);
      assert.equal(existsSync(join(repository.path, "node_modules/arguments")), false);
    });

    it("says so where the packages cannot be installed", async () => {
      npm("exit 7");

      await assert.rejects(
        withWorktree(repository.path, base, say, () => Promise.resolve()),
        {
          name: "ComparisonError",
          message:
            `the packages of ${base.label} cannot be installed, npm ci ended with 7; ` +
            "its own lines say why, and it needs a network for packages that npm does not have yet",
        },
      );
      assert.equal(worktrees(repository), 1);
    });
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`is gone after ${signal}, which ends the process as ever`, async () => {
      const child = running(repository.path);
      await once(child.stdout, "data");
      assert.equal(worktrees(repository), 2);
      child.kill(signal);
      const [, by] = (await once(child, "close")) as [number | null, string];

      assert.equal(by, signal);
      assert.equal(worktrees(repository), 1);
      assert.deepEqual(readdirSync(join(repository.path, ".git/preview-against")), []);
    });
  }

  it("is removed by the next run where the process was killed", async () => {
    const child = running(repository.path);
    await once(child.stdout, "data");
    child.kill("SIGKILL");
    await once(child, "close");
    assert.equal(worktrees(repository), 2);
    await inWorktree(() => Promise.resolve());

    assert.equal(worktrees(repository), 1);
    assert.deepEqual(readdirSync(join(repository.path, ".git/preview-against")), []);
    assert.ok(lstatSync(join(repository.path, "node_modules/left")).isDirectory());
  });
});

const worktrees = (repository: TemporaryRepository) =>
  repository.git("worktree", "list").split("\n").length;

/** Another process that holds a worktree, and writes a line once it has it. */
function running(directory: string) {
  const tools = resolve("tools/compare");
  const program = `
    const { findBase } = require(${JSON.stringify(join(tools, "git-base"))});
    const { withWorktree } = require(${JSON.stringify(join(tools, "worktree"))});
    const directory = ${JSON.stringify(directory)};
    findBase(directory, "main").then((base) =>
      withWorktree(directory, base, console.error, async () => {
        console.log("ready");
        await new Promise(() => setInterval(() => {}, 1000));
      }));`;
  const args = ["-r", "ts-node/register/transpile-only", "-e", program];
  return spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
}
