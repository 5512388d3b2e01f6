import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { TemporaryRepository } from "./temporary-repository";

/** The shipped program with further resources. */
const program = (declarations: string) => `
  const aws = require("@pulumi/aws");
  const shipped = require("./infra/start.js");
  module.exports = (directory) => {
    ${declarations}
    return shipped(directory);
  };
`;

const BEFORE = program(`
  new aws.sns.Topic("same");
  new aws.sns.Topic("changed", { displayName: "one" });
  new aws.sns.Topic("first-name");
  new aws.cloudwatch.LogGroup("forgotten-name");
  new aws.s3.Bucket("gone");
`);

const AFTER = program(`
  new aws.sns.Topic("same");
  new aws.sns.Topic("changed", { displayName: "two" });
  new aws.sns.Topic("second-name", {}, { aliases: [{ name: "first-name" }] });
  new aws.cloudwatch.LogGroup("new-name");
`);

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `--json` has of a change. */
interface Change {
  readonly operation: string;
  readonly type: string;
  readonly name: string;
  readonly previousUrn?: string;
  readonly destruction?: string;
  readonly hint?: string;
}

describe("npm run preview -- --against", function () {
  this.timeout(120_000);
  let repository: TemporaryRepository;
  let directory: string;

  const manifest = (): string => {
    const shipped = JSON.parse(readFileSync("package.json", "utf8")) as object;
    return JSON.stringify({ ...shipped, main: "program.js" });
  };

  before(() => {
    repository = new TemporaryRepository();
    // Below the root, as in a repository of several projects.
    directory = join(repository.path, "the shop");
    const listed = spawnSync("git", ["ls-files", "-z", "-co", "--exclude-standard"], {
      encoding: "utf8",
    });
    const isNeeded = (path: string) => !/^(tests|docs|bench|$)/.test(path) && existsSync(path);
    for (const path of listed.stdout.split("\0").filter(isNeeded)) {
      cpSync(path, join(directory, path));
    }
    symlinkSync(resolve("node_modules"), join(directory, "node_modules"));
    repository.write({
      ".gitignore": "node_modules\n",
      "the shop/package.json": manifest(),
      "the shop/program.js": BEFORE,
    });
    repository.commit("a program");
  });
  after(() => {
    repository.remove();
  });

  const preview = (...args: readonly string[]): Ran => {
    const command = ["tools/preview/start.cjs", ...args];
    // As a hook of git would call it.
    const env = { ...process.env, GIT_DIR: join(repository.path, "elsewhere"), NO_COLOR: "1" };
    const ended = spawnSync(process.execPath, command, { cwd: directory, env, encoding: "utf8" });
    return { code: ended.status, stdout: ended.stdout, stderr: ended.stderr };
  };
  /** What a run could have changed. */
  const state = () => [
    repository.git("worktree", "list"),
    repository.git("status", "--porcelain"),
    repository.git("for-each-ref"),
    repository.git("stash", "list"),
  ];

  it("finds nothing where nothing changed", () => {
    const { code, stdout, stderr } = preview("--against", "main", "--expect-no-changes");

    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, /\nNo changes\.\n/);
  });

  it("finds limits by which the policies allow more", () => {
    const file = join(directory, "policies/limits.ts");
    const limits = readFileSync(file, "utf8");
    const looser = limits.replace("publicPorts: [80, 443]", "publicPorts: [80, 443, 22]");
    writeFileSync(file, looser.replace("maxCeiling: 4 }", "maxCeiling: 400 }"));
    const { code, stdout, stderr } = preview("--against", "main", "--expect-no-changes");
    writeFileSync(file, limits);

    assert.deepEqual([code, stderr], [2, ""]);
    assert.match(
      stdout,
      /\nLimits of the policies:\n {4}! asg-size-within-limits\.maxCeiling: 4 -> 400\n {4}! security-group-ingress\.publicPorts: \+ 22\n\nResources: \d+ unchanged\n$/,
    );
  });

  it("finds what changed, was renamed and is gone since the branch left the ref", () => {
    repository.git("checkout", "--quiet", "-b", "topic");
    repository.git("checkout", "--quiet", "main");
    repository.commit("the ref moves on", { "the shop/program.js": program("throw new Error()") });
    repository.git("checkout", "--quiet", "topic");
    repository.write({ "the shop/program.js": AFTER });
    const before = state();
    const { code, stdout, stderr } = preview("--against", "main", "--json");

    assert.deepEqual([code, stderr], [5, ""]);
    const { stacks } = JSON.parse(stdout) as {
      stacks: { before: string; after: string; changes: Change[] }[];
    };
    const short = repository.short("HEAD");
    assert.equal(stacks[0]?.before, `where this branch left main (${short})`);
    assert.equal(stacks[0].after, `working tree (${short} and uncommitted changes)`);
    assert.deepEqual(
      stacks[0].changes.map(({ operation, name, destruction, hint }) => [
        operation,
        name,
        destruction,
        hint !== undefined,
      ]),
      [
        ["delete", "forgotten-name", "refused", true],
        ["create", "new-name", undefined, true],
        ["delete", "gone", "refused", false],
        ["update", "changed", undefined, false],
      ],
    );
    assert.deepEqual(state(), before);
  });

  it("allows what an option and a commit allow, and refuses types that nothing has", () => {
    repository.commit("away with it\n\nReplaces: aws:s3/bucket:Bucket");
    const logs = "aws:cloudwatch/logGroup:LogGroup";
    const allowed = preview(
      "--against",
      "main",
      "--allow-destruction",
      logs,
      "--expect-no-changes",
    );
    assert.deepEqual([allowed.code, allowed.stderr], [2, ""]);

    const wrong = preview("--against", "main", "--allow-destruction", "aws:s3/bucket:Buckett");
    assert.deepEqual([wrong.code, wrong.stdout], [1, ""]);
    assert.match(
      wrong.stderr,
      /^error: --allow-destruction: no resource has the type 'aws:s3\/bucket:Buckett'; did you mean 'aws:s3\/bucket:Bucket'\?\n {4}types in use: aws:/,
    );
  });

  it("tells whose program ends the process", () => {
    repository.git("checkout", "--quiet", "main");
    repository.commit("it ends", { "the shop/program.js": program("process.exit(0);") });
    repository.write({ "the shop/program.js": AFTER });
    const { code, stdout, stderr } = preview("--against", "main");

    assert.deepEqual([code, stdout], [1, ""]);
    assert.equal(
      stderr,
      "error: the program ended the process before the preview was finished; remove process.exit from it\n" +
        `    it is the program of main (${repository.short("HEAD")}), which the working tree is compared with\n`,
    );
    assert.equal(repository.git("worktree", "list").split("\n").length, 1);
  });

  it("leaves the ref to a process of its own where the program is not done yet", () => {
    const failing = program("throw new Error(`a child of ${process.ppid}`);");
    repository.commit("it fails", { "the shop/program.js": failing });
    const parentOf = (declarations: string): string | undefined => {
      repository.write({ "the shop/program.js": program(declarations) });
      const { code, stderr } = preview("--against", "main");
      assert.equal(code, 1);
      return /a child of (\d+)/.exec(stderr)?.[1];
    };

    assert.equal(parentOf(""), String(process.pid));
    const other = parentOf("setTimeout(() => undefined, 3000);");
    assert.match(other ?? "", /^\d+$/);
    assert.notEqual(other, String(process.pid));
  });

  it("compares what the programs read of git and of the environment", () => {
    const reading = program(
      'process.env.SHOP ??= "set"; new aws.sns.Topic("read", { displayName: String(process.env.GIT_DIR) + BEFORE });',
    );
    repository.commit("it reads", {
      "the shop/program.js": reading.replace("BEFORE", "process.env.SHOP_OTHER"),
    });
    const changed = 'process.env.SHOP_OTHER = "leak"; ';
    repository.write({
      "the shop/program.js": reading
        .replace("process.env.SHOP", `${changed}process.env.SHOP`)
        .replace("BEFORE", "process.env.SHOP_OTHER"),
    });
    const { stdout, stderr } = preview("--against", "main", "--json");

    assert.equal(stderr, "");
    const { stacks } = JSON.parse(stdout) as {
      stacks: { changes: { properties: { before: unknown; after: unknown }[] }[] }[];
    };
    const [change] = stacks[0]?.changes ?? [];
    const elsewhere = join(repository.path, "elsewhere");
    assert.deepEqual(
      change?.properties.map(({ before, after }) => [before, after]),
      [["undefinedundefined", `${elsewhere}leak`]],
    );
  });

  it("says in a line of its own that a stack is removed", () => {
    repository.write({ "the shop/program.js": AFTER });
    repository.commit("another stack", {
      "the shop/Pulumi.other.yaml": readFileSync("Pulumi.dev.yaml", "utf8"),
    });
    repository.write({ "the shop/Pulumi.other.yaml": undefined });
    const { code, stdout, stderr } = preview("other", "--against", "main");

    assert.deepEqual([code, stdout], [1, ""]);
    const label = `main (${repository.short("HEAD")})`;
    assert.equal(
      stderr,
      `error: its file is removed; what ${label} declares stays in AWS until pulumi destroy\n`,
    );
  });

  it("names the stack of two for which the program fails", () => {
    const failing = 'if (require("@pulumi/pulumi").getStack() === "prod") throw new Error("half");';
    repository.write({ "the shop/program.js": program(failing) });
    const { code, stdout, stderr } = preview("dev", "--against-stack", "prod");

    assert.deepEqual([code, stdout], [1, ""]);
    assert.equal(
      stderr,
      "error: the program of stack prod fails, so there is nothing to compare with:\n    error: half (program.js:5)\n",
    );
  });

  it("says why the program of the ref fails, and takes a stack that it lacks for a new one", () => {
    repository.commit("it still fails", { "the shop/program.js": program("throw new Error()") });
    repository.write({ "the shop/Pulumi.new.yaml": readFileSync("Pulumi.dev.yaml", "utf8") });
    repository.write({ "the shop/program.js": AFTER });
    const short = repository.short("HEAD");
    const broken = preview("--against", "main");
    assert.deepEqual([broken.code, broken.stdout], [1, ""]);
    assert.match(
      broken.stderr,
      new RegExp(
        `^error: the program of main \\(${short}\\) fails, so there is nothing to compare with:\\n {4}error: `,
      ),
    );
    const created = preview("new", "--against", "main", "--json");
    // An unknown environment has the limits of prod.
    assert.deepEqual([created.code, created.stderr], [3, ""]);
    const { stacks } = JSON.parse(created.stdout) as { stacks: { counts: object }[] };
    const { create, ...others } = stacks[0]?.counts as Record<string, number>;
    assert.ok((create ?? 0) > 50);
    assert.deepEqual(others, { update: 0, replace: 0, delete: 0, same: 0 });
    assert.equal(repository.git("worktree", "list").split("\n").length, 1);
  });
});
