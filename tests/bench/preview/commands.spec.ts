import * as assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";

import { benchEnvironment, cdkCommands, projectCommands } from "../../../bench/preview/commands";

describe("benchEnvironment", () => {
  const added = {
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    CDK_DISABLE_CLI_TELEMETRY: "true",
    npm_config_update_notifier: "false",
  };

  it("keeps what a command needs to run and to reach its registry", () => {
    const base = { PATH: "/bin", HOME: "/home/me", npm_config_registry: "https://example.test/" };

    assert.deepEqual(benchEnvironment(base), { ...base, ...added });
  });

  it("drops credentials and what would speed one side up or slow it down", () => {
    const base = {
      AWS_PROFILE: "work",
      AWS_SECRET_ACCESS_KEY: "key",
      CDK_DEFAULT_ACCOUNT: "123456789012",
      PULUMI_CONFIG_PASSPHRASE: "phrase",
      TS_NODE_TRANSPILE_ONLY: "true",
      NODE_OPTIONS: "--inspect",
      NODE_COMPILE_CACHE: "/cache",
      FORCE_COLOR: "1",
      npm_lifecycle_event: "bench:preview",
      npm_config_loglevel: "silent",
    };

    assert.deepEqual(benchEnvironment(base), added);
  });
});

describe("projectCommands", () => {
  it("imports every SDK package of the program with plain node", () => {
    const bareImport = projectCommands("/project", {})[0]!.command;

    assert.deepEqual(bareImport, {
      file: process.execPath,
      args: [
        "-e",
        'require("@pulumi/pulumi"); require("@pulumi/aws"); require("@pulumi/awsx"); require("@pulumi/docker")',
      ],
      cwd: "/project",
      env: {},
    });
  });

  it("previews through npm, once with and once without what an earlier run kept", async () => {
    const project = mkdtempSync(join(tmpdir(), "commands-"));
    try {
      const kept = join(project, "node_modules/.cache/preview");
      mkdirSync(kept, { recursive: true });
      const [, first, usual] = projectCommands(project, {});

      assert.deepEqual([first!.id, usual!.id], ["preview-first", "preview"]);
      assert.deepEqual(usual!.command.args.slice(-2), ["run", "preview"]);
      assert.deepEqual(first!.command, usual!.command);
      assert.equal(usual!.prepare, undefined);

      await first!.prepare!();

      assert.deepEqual(readdirSync(join(project, "node_modules/.cache")), []);
    } finally {
      rmSync(project, { recursive: true });
    }
  });

  it("names the folder that the preview keeps its cache in", () => {
    const start = readFileSync(join(__dirname, "../../../tools/preview/start.cjs"), "utf8");

    assert.match(start, /start\(require\.resolve\("\.\/cli\.ts"\), "preview"\)/);
  });
});

describe("cdkCommands", () => {
  it("runs the app in its three ways, all through npm and without notices", () => {
    const apps = cdkCommands("/cdk", {}).map(({ id, command }) => {
      const separator = command.args.indexOf("--");
      return [id, ...command.args.slice(separator - 2)];
    });

    const synth = ["run", "cdk", "--", "synth", "--no-notices"];
    assert.deepEqual(apps, [
      ["cdk-init", ...synth],
      ["cdk-ts-node", ...synth, "--app", "npx ts-node --prefer-ts-exts bin/app.ts"],
      ["cdk-compiled", ...synth, "--app", "node dist/bin/app.js"],
    ]);
  });
});
