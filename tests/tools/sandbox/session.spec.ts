import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { openSession } from "../../../tools/sandbox/session";
import type { SessionSettings, Use } from "../../../tools/sandbox/session";
import { fakePulumi, projectFolder, temporaryFolder, write } from "./sandbox-places";

const UP: Use = { creates: true, changes: true, needsAws: true };
const PREVIEW: Use = { creates: true, changes: false, needsAws: false };
const OUTPUTS: Use = { creates: false, changes: false, needsAws: false };

/** Every file of the user's, with its text. */
function userFiles(project: string): Record<string, string> {
  const names = readdirSync(project).filter((name) => statSync(join(project, name)).isFile());
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(project, name), "utf8")]));
}

function settings(overrides: Partial<SessionSettings> = {}) {
  const directory = projectFolder();
  const { path, calls } = fakePulumi(join(temporaryFolder(), "pulumi"));
  const warnings: string[] = [];
  return {
    calls: () => readFileSync(calls, "utf8").trimEnd().split("\n"),
    warnings,
    settings: {
      directory,
      dir: ".sandbox",
      stack: "dev",
      environment: { PATH: process.env["PATH"], PULUMI_BIN: path },
      config: [],
      port: 0,
      faults: {},
      warn: (text: string) => warnings.push(text),
      ...overrides,
    } satisfies SessionSettings,
  };
}

describe("openSession", () => {
  it("creates the stack without writing into any file of the user's", () => {
    const run = settings();
    const before = userFiles(run.settings.directory);

    const { configFile, folder } = openSession(run.settings, UP);

    assert.deepEqual(userFiles(run.settings.directory), before);
    assert.equal(configFile, join(folder.config, "Pulumi.dev.yaml"));
    assert.equal(
      readFileSync(configFile, "utf8"),
      `${before["Pulumi.dev.yaml"] ?? ""}encryptionsalt: v1:made-by-the-cli\n`,
    );
    assert.deepEqual(run.warnings, []);
  });

  it("runs the CLI in the project with the providers attached, and gives its exit code", async () => {
    const run = settings();
    const session = openSession(run.settings, UP);

    assert.equal(await session.run(["up", "--yes"]), 0);

    const [args, providers, passphrase, cwd] = run.calls()[0]?.split("|") ?? [];
    assert.equal(args, "up --yes");
    assert.match(providers ?? "", /^aws:(\d+),awsx:\1,docker:\1$/);
    assert.equal(passphrase, "");
    assert.equal(cwd, run.settings.directory);
  });

  it("starts no AWS for what needs none, and creates no stack for it", async () => {
    const run = settings();
    assert.throws(() => openSession(run.settings, OUTPUTS), {
      name: "SandboxError",
      message: `stack 'dev' is not in the sandbox ${join(run.settings.directory, ".sandbox")}; deploy it with \`npm run sandbox -- up dev\``,
    });

    openSession(run.settings, UP);
    await openSession(run.settings, OUTPUTS).run(["stack", "output"]);

    assert.deepEqual(run.calls(), [`stack output|||${run.settings.directory}`]);
  });

  it("refuses an unknown stack, a missing CLI and an old one before it makes anything", () => {
    const old = fakePulumi(join(temporaryFolder(), "pulumi"), "v3.100.0").path;
    const refusals = [
      [{ stack: "dve" }, /^Pulumi\.dve\.yaml: is missing for stack 'dve'.*did you mean 'dev'\?$/],
      [{ environment: {} }, /^no Pulumi CLI found; get it in one of three ways:\n/],
      [{ environment: { PULUMI_BIN: old } }, /^the Pulumi CLI at .* is v3\.100\.0, but/],
    ] as const;
    for (const [overrides, message] of refusals) {
      const run = settings(overrides);

      assert.throws(() => openSession(run.settings, UP), { message });
      assert.deepEqual(
        readdirSync(run.settings.directory).filter((name) => name === "accounts"),
        [],
      );
    }
  });

  it("warns of a newer CLI", () => {
    const newer = fakePulumi(join(temporaryFolder(), "pulumi"), "v3.300.0").path;
    const run = settings({ environment: { PATH: process.env["PATH"], PULUMI_BIN: newer } });

    openSession(run.settings, UP);

    assert.deepEqual(run.warnings, [
      `the Pulumi CLI at ${newer} is v3.300.0; this project is tested with 3.248.0`,
    ]);
  });

  it("keeps the stack locked from its opening to the end of its run", async () => {
    const run = settings();
    const running = /^stack 'dev' is locked by a run that is changing it \(process \d+ since /;
    const session = openSession(run.settings, UP);

    assert.throws(() => openSession(run.settings, UP), { message: running });
    openSession(run.settings, OUTPUTS);

    await session.run(["up", "--yes"]);
    await openSession(run.settings, UP).run(["up", "--yes"]);
  });

  it("locks a stack that it creates, and unlocks what it could not prepare", async () => {
    const run = settings();
    const session = openSession(run.settings, PREVIEW);
    assert.throws(() => openSession(run.settings, UP), { message: /is locked by a run/ });
    await session.run(["preview"]);
    openSession(run.settings, PREVIEW);

    const state = join(session.folder.state, ".pulumi", "stacks", "shop", "dev.json");
    write(state, "{");
    for (let attempt = 0; attempt < 2; attempt += 1) {
      assert.throws(() => openSession(run.settings, UP), {
        message: /is not the state of a stack/,
      });
    }
  });

  it("refuses a state that cannot be read, and changes on a locked stack", async () => {
    const run = settings();
    const session = openSession(run.settings, UP);
    await session.run(["up", "--yes"]);
    const { folder } = session;
    const backend = join(folder.state, ".pulumi");
    write(join(backend, "locks", "organization", "shop", "dev", "1.json"), "{");

    assert.throws(() => openSession(run.settings, UP), {
      message: /^stack 'dev' is locked by a run that was killed; /,
    });
    openSession(run.settings, OUTPUTS);

    write(join(backend, "stacks", "shop", "dev.json"), "{");
    assert.throws(() => openSession(run.settings, OUTPUTS), {
      message: /dev\.json is not the state of a stack: /,
    });
  });
});
