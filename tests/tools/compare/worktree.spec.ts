import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, lstatSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { findBase } from "../../../tools/compare/git-base";
import type { Worktree } from "../../../tools/compare/worktree";
import { withWorktree } from "../../../tools/compare/worktree";
import { TemporaryRepository } from "./temporary-repository";

describe("withWorktree", () => {
  let repository: TemporaryRepository;
  beforeEach(() => {
    repository = new TemporaryRepository();
    repository.branchOff();
  });
  afterEach(() => {
    repository.remove();
  });

  const inWorktree = async <T>(use: (worktree: Worktree) => Promise<T>, directory = "") => {
    const at = join(repository.path, directory);
    return withWorktree(at, await findBase(at, "main"), use);
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

  it("is of the base's commit, has no file yet, and then is gone", async () => {
    mkdirSync(join(repository.path, ".git/preview-against"));
    repository.write({ "Pulumi.yaml": "name: changed\n", "new.txt": "1\n" });
    const before = state();
    const [worktree, head, files] = await inWorktree((given) =>
      Promise.resolve([
        given,
        repository.git("-C", given.root, "rev-parse", "HEAD"),
        readdirSync(given.root),
      ]),
    );

    const root = join(repository.path, ".git/preview-against/0");
    const main = repository.git("rev-parse", "main");
    assert.deepEqual(worktree, {
      root,
      prefix: "",
      label: `main (${repository.short(main)})`,
      packages: join(repository.path, "node_modules"),
    });
    assert.deepEqual([head, files], [main, [".git"]]);
    assert.equal(existsSync(root), false);
    assert.deepEqual(state(), before);
  });

  it("shares no packages where the commit has another lockfile, or none are installed", async () => {
    repository.write({ "package-lock.json": "{}\r\n" });
    const packages = () => inWorktree((worktree) => Promise.resolve(worktree.packages));

    assert.equal(await packages(), join(repository.path, "node_modules"));
    repository.write({ "package-lock.json": '{ "lockfileVersion": 3 }\n' });
    assert.equal(await packages(), undefined);
    repository.write({ "package-lock.json": undefined });
    assert.equal(await packages(), undefined);
    repository.write({ "package-lock.json": "{}\n", "node_modules/left/index.js": undefined });
    rmSync(join(repository.path, "node_modules"), { recursive: true });
    assert.equal(await packages(), undefined);
  });

  it("leads to the project where that is below the root of the repository", async () => {
    repository.commit("three", {
      "shop/Pulumi.yaml": "name: sub\n",
      "shop/package-lock.json": "{}\n",
      "shop/node_modules/left/index.js": "\n",
      "shop/tools/compare/start.cjs": "",
    });
    repository.git("branch", "--force", "main", "HEAD");

    const [root, prefix, packages] = await inWorktree(
      (worktree) => Promise.resolve([worktree.root, worktree.prefix, worktree.packages]),
      "shop",
    );
    assert.deepEqual(
      [root, prefix, packages],
      [
        join(repository.path, ".git/preview-against/0"),
        "shop/",
        join(repository.path, "shop/node_modules"),
      ],
    );
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
    const [outer, inner] = await inWorktree(async ({ root }) => [
      root,
      await inWorktree((other) => Promise.resolve(other.root)),
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

  it("is made anew where the process was killed while git made it", async () => {
    const path = join(repository.path, ".git/preview-against/0");
    repository.git("worktree", "add", "--quiet", "--detach", "--no-checkout", path, "main");
    rmSync(path, { recursive: true });
    // Git locks a worktree for as long as it is not finished.
    writeFileSync(join(repository.path, ".git/worktrees/0/locked"), "initializing\n");
    await inWorktree(() => Promise.resolve());

    assert.equal(worktrees(repository), 1);
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
      withWorktree(directory, base, async () => {
        console.log("ready");
        await new Promise(() => setInterval(() => {}, 1000));
      }));`;
  const args = ["-r", "ts-node/register/transpile-only", "-e", program];
  return spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
}
