import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../../..");

describe("node tools/preview/start.cjs with a program that misbehaves", function () {
  this.timeout(60_000);
  let directory = "";
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "preview-process-"));
    for (const name of ["Pulumi.yaml", "Pulumi.dev.yaml", "app"]) {
      cpSync(join(root, name), join(directory, name), {
        recursive: true,
        filter: (path) => !path.endsWith("node_modules"),
      });
    }
    for (const name of ["infra", "node_modules"]) {
      symlinkSync(join(root, name), join(directory, name));
    }
    writeFileSync(join(directory, "package.json"), JSON.stringify({ main: "program.js" }));
  });
  after(() => {
    rmSync(directory, { recursive: true });
  });

  /** Previews a program of which `body` is the text of its function. */
  function previewOf(body: string): { code: number | null; out: string; error: string } {
    writeFileSync(
      join(directory, "program.js"),
      `const aws = require("@pulumi/aws");\nmodule.exports = () => {\n${body}\n};\n`,
    );
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(root, "tools/preview/start.cjs"), "--json"],
      { cwd: directory, env: {}, encoding: "utf8" },
    );
    return { code: status, out: stdout, error: stderr };
  }

  const early =
    "error: the program ended the process before the preview was finished; remove process.exit from it\n";
  const late =
    'error: aws:sns/topic:Topic "late" is declared after the program\'s end, where a deployment may miss it; ' +
    "return a promise that waits for it (program.js:3)\n";
  const cases: readonly (readonly [string, string, string])[] = [
    ["ends the process", "process.exit(0);", early],
    ["ends the process in a timer", "setTimeout(() => process.exit(0), 1);", early],
    [
      "declares a resource in a timer",
      'setTimeout(() => { new aws.sns.Topic("late"); }, 500);',
      late,
    ],
    [
      "throws in a timer after its end",
      'setTimeout(() => { throw new Error("too late"); }, 500);',
      "error: too late (program.js:3)\n",
    ],
  ];
  for (const [what, body, error] of cases) {
    it(`refuses a program that ${what}`, () => {
      assert.deepEqual(previewOf(body), { code: 1, out: "", error });
    });
  }

  it("ends with what it found, whatever the program leaves running", () => {
    const { code, out, error } = previewOf("setInterval(() => undefined, 1000);");

    assert.deepEqual([code, error], [0, ""]);
    assert.equal((JSON.parse(out) as { resources: unknown[] }).resources.length, 1);
  });

  it("keeps what the program prints out of its own output", () => {
    const { code, out, error } = previewOf(
      'console.log("logged"); console.info("told"); process.stdout.write("written\\n");',
    );

    assert.deepEqual([code, error], [0, "logged\ntold\nwritten\n"]);
    assert.equal((JSON.parse(out) as { stack: string }).stack, "dev");
  });

  it("names where an input fails, its property and the resource", () => {
    const { code, out, error } = previewOf(
      'new aws.sns.Topic("first");\nnew aws.sns.Topic("second", { displayName: Promise.reject(new Error("lost")) });',
    );

    assert.deepEqual([code, out], [1, ""]);
    assert.deepEqual(error.split("\n"), [
      'error: error serializing property "displayName": lost (program.js:4)',
      'error: never registered, for want of an input or a parent: aws:sns/topic:Topic "second"',
      "",
    ]);
  });
});

describe("node tools/preview/start.cjs without packages", () => {
  it("says that they have to be installed", () => {
    const directory = mkdtempSync(join(tmpdir(), "preview-bare-"));
    mkdirSync(join(directory, "tools"));
    cpSync(join(root, "tools/preview"), join(directory, "tools/preview"), { recursive: true });
    const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/preview/start.cjs"], {
      cwd: directory,
      env: {},
      encoding: "utf8",
    });
    rmSync(directory, { recursive: true });

    assert.deepEqual(
      [status, stdout, stderr],
      [1, "", "error: packages are missing; run npm ci first\n"],
    );
  });
});
