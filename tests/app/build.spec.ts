import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { productionPackages } from "./production-packages";

const app = join(__dirname, "..", "..", "app");

describe("build.mjs", () => {
  const folder = mkdtempSync(join(tmpdir(), "app-build-"));
  const output = join(folder, "dist");
  const read = (file: string): string => readFileSync(join(output, file), "utf8");

  before(() => {
    execFileSync(process.execPath, [join(app, "build.mjs"), output], { stdio: "pipe" });
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("makes one file for each program, and the licences of what is in them", () => {
    assert.deepEqual(readdirSync(output).sort(), [
      "THIRD-PARTY-NOTICES.txt",
      "healthcheck.js",
      "server.js",
    ]);
  });

  it("bundles production packages only, each with its version and licence", () => {
    const locked = [...productionPackages()].map(
      ([path, { version = "" }]) => `${path.replace(/^.*node_modules\//, "")}@${version}`,
    );
    const bundled = read("THIRD-PARTY-NOTICES.txt")
      .split(`\n\n${"-".repeat(80)}\n\n`)
      .map((notice) => /^(\S+) \([\w.()/ -]+\)$/m.exec(notice)?.[1] ?? notice);

    assert.ok(bundled.some((name) => name.startsWith("fastify@")));
    assert.equal(new Set(bundled).size, bundled.length);
    assert.deepEqual(
      bundled.filter((name) => !locked.includes(name)),
      [],
    );
  });

  it("keeps functions and the places of their files readable, without a source map", () => {
    const server = read("server.js");

    assert.ok(server.includes("\n// src/environment.ts\n"));
    assert.ok(server.includes("function loadEnvironment(variables)"));
    assert.ok(!server.includes("sourceMappingURL"));
    assert.ok(!server.includes(app), "the bundle names a folder of this machine");
  });

  it("needs no package beside it to start and to stop", async () => {
    cpSync(join(app, "package.json"), join(folder, "package.json"));
    const server = spawn(process.execPath, [join(output, "server.js")], {
      cwd: folder,
      env: { PORT: "0", APP_DRAIN_MILLISECONDS: "0" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let printed = "";
    server.stderr.setEncoding("utf8").on("data", (chunk: string) => (printed += chunk));
    server.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      printed += chunk;
      if (!server.killed && printed.includes('"msg":"started"')) server.kill("SIGTERM");
    });
    const [code] = (await once(server, "close")) as [number | null];

    assert.equal(code, 0, printed);
  });
});
