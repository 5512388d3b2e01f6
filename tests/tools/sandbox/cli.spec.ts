import assert from "node:assert/strict";
import { join } from "node:path";
import { run } from "../../../tools/sandbox/cli";
import { SandboxError } from "../../../tools/sandbox/sandbox-error";
import { openSandboxFolder } from "../../../tools/sandbox/sandbox-folder";
import type { SessionSettings, Use } from "../../../tools/sandbox/session";
import { projectFolder } from "./sandbox-places";

/** What one command line does. */
async function command(args: readonly string[], refusal?: Error, canAsk = true) {
  const project = projectFolder();
  let [stdout, stderr] = ["", ""];
  const opened: { settings: SessionSettings; use: Use }[] = [];
  const ran: (readonly string[])[] = [];
  const code = await run(args, {
    directory: project,
    environment: { HOME: "/home/me" },
    canAsk,
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    open: (settings, use) => {
      if (refusal !== undefined) {
        throw refusal;
      }
      opened.push({ settings, use });
      return {
        folder: openSandboxFolder(join(project, ".sandbox")),
        configFile: "/copy/Pulumi.dev.yaml",
        run: (pulumi) => {
          ran.push(pulumi.map((argument) => argument.replace(project, "PROJECT")));
          return Promise.resolve(7);
        },
      };
    },
  });
  return { code, stdout, stderr, opened, ran, project };
}

describe("npm run sandbox", () => {
  const policies = ["--policy-pack", "PROJECT/policies"];
  const config = ["--config-file", "/copy/Pulumi.dev.yaml"];
  const cases: [line: string, pulumi: string[]][] = [
    ["up", ["up", "--stack", "dev", ...config, ...policies]],
    ["up prod --yes", ["up", "--stack", "prod", ...config, ...policies, "--yes"]],
    ["up --no-policies", ["up", "--stack", "dev", ...config]],
    [
      "up dev -- --diff -p 4",
      ["up", "--stack", "dev", ...config, ...policies, "--diff", "-p", "4"],
    ],
    [
      "preview --no-color",
      ["preview", "--stack", "dev", ...config, ...policies, "--color", "never"],
    ],
    ["refresh dev -y", ["refresh", "--stack", "dev", ...config, "--yes"]],
    ["destroy dev", ["destroy", "--stack", "dev", ...config]],
    ["outputs dev -- --json", ["stack", "output", "--stack", "dev", "--json"]],
    ["cancel dev", ["cancel", "--yes", "--stack", "dev"]],
    ["unprotect prod", ["state", "unprotect", "--all", "--stack", "prod"]],
    ["unprotect prod -- urn:a", ["state", "unprotect", "--stack", "prod", "urn:a"]],
    ["pulumi dev -- stack export", ["stack", "export", "--stack", "dev"]],
  ];

  for (const [line, pulumi] of cases) {
    it(`${line} runs pulumi ${pulumi.slice(0, 2).join(" ")} and ends as it ends`, async () => {
      const { code, ran } = await command(line.split(" "));

      assert.deepEqual(ran, [pulumi]);
      assert.equal(code, 7);
    });
  }

  it("opens the sandbox as the options say", async () => {
    const { opened, project } = await command(
      "up prod --dir /tmp/box -c a=1 --config b=2 --port 5000 --fail-create 7".split(" "),
    );

    const { warn, ...settings } = opened[0]!.settings;
    assert.equal(typeof warn, "function");
    assert.deepEqual(settings, {
      directory: project,
      dir: "/tmp/box",
      stack: "prod",
      environment: { HOME: "/home/me" },
      config: ["a=1", "b=2"],
      port: 5000,
      faults: { failCreate: 7 },
    });
    assert.deepEqual(opened[0]!.use, { creates: true, changes: true, needsAws: true });
  });

  it("lets no command but up and preview create a stack, and no reading one be kept by a lock", async () => {
    const uses = [];
    for (const name of ["up", "preview", "refresh", "destroy", "outputs", "cancel", "unprotect"]) {
      const { opened } = await command([name]);
      const { creates, changes, needsAws } = opened[0]!.use;
      uses.push([name, creates, changes, needsAws]);
    }

    assert.deepEqual(uses, [
      ["up", true, true, true],
      ["preview", true, false, true],
      ["refresh", false, true, true],
      ["destroy", false, true, true],
      ["outputs", false, false, false],
      ["cancel", false, false, false],
      ["unprotect", false, true, false],
    ]);
  });

  it("asks for --yes before it opens anything, where nobody can be asked", async () => {
    const { code, stderr, opened } = await command(["destroy", "prod"], undefined, false);

    assert.deepEqual(opened, []);
    assert.deepEqual(
      [code, stderr],
      [
        1,
        "error: `destroy` asks before it changes the stack, and here is no terminal to ask at; say yes with `npm run sandbox -- destroy prod --yes`\n",
      ],
    );
    for (const line of ["up --yes", "up -- -y", "preview", "outputs", "unprotect", "cancel"]) {
      assert.equal((await command(line.split(" "), undefined, false)).code, 7, line);
    }
  });

  it("tells what is wrong in one message", async () => {
    const { code, stderr } = await command(["up"], new SandboxError("no CLI; do this:\n  - that"));

    assert.deepEqual([code, stderr], [1, "error: no CLI; do this:\n  - that\n"]);
  });

  it("refuses an unknown command and a wrong option", async () => {
    const unknown = await command(["dstroy", "dev"]);
    const option = await command(["up", "--port", "70000"]);

    assert.deepEqual(
      [unknown.code, unknown.stderr],
      [
        1,
        "error: 'dstroy' is no command of the sandbox: up, preview, refresh, destroy, outputs, cancel, unprotect, pulumi, drift; did you mean 'destroy'?\n",
      ],
    );
    assert.deepEqual(
      [option.code, option.stderr],
      [
        1,
        "error: option '--port <number>' argument '70000' is invalid. a port is a whole number from 0 to 65535\n" +
          "run `npm run sandbox -- --help` for the usage\n",
      ],
    );
    assert.deepEqual([...unknown.ran, ...option.ran], []);
  });

  it("shows its usage, with success only where it was asked for", async () => {
    const asked = await command(["--help"]);
    const bare = await command([]);

    assert.equal(asked.code, 0);
    assert.match(asked.stdout, /^Usage: npm run sandbox -- <command> \[stack\]/);
    assert.equal(bare.code, 1);
    assert.match(bare.stderr, /^Usage: npm run sandbox -- <command> \[stack\]/);
  });
});
