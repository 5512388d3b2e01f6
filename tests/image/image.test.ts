import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import packageJson from "../../app/package.json";
import { buildImage, inspectImage } from "./build-image";
import { engine } from "./engine";
import type { ImageFile } from "./image-files";
import { filesOf } from "./image-files";

const root = join(__dirname, "..", "..");
const MIB = 1024 * 1024;

describe("the image", function () {
  this.timeout(120_000);
  let base: ReadonlyMap<string, ImageFile>;
  let files: ReadonlyMap<string, ImageFile>;
  let added: readonly string[];

  before(async () => {
    [base, files] = await Promise.all([
      filesOf(engine(), engine().base.tag),
      filesOf(engine(), engine().image),
    ]);
    added = [...files.keys()].filter((path) => files.get(path)?.hash !== base.get(path)?.hash);
  });

  it("adds the bundle to its base and nothing else: no package, cache, source map or setting", () => {
    assert.deepEqual(
      [...base.keys()].filter((path) => !files.has(path)),
      [],
    );
    assert.deepEqual([...added].sort(), [
      "/srv/app/dist/THIRD-PARTY-NOTICES.txt",
      "/srv/app/dist/healthcheck.js",
      "/srv/app/dist/server.js",
      "/srv/app/package.json",
    ]);
  });

  it("holds what the checkout builds from the lockfile, byte for byte", () => {
    const output = mkdtempSync(join(engine().folder, "files-"));
    execFileSync(process.execPath, [join(root, "app", "build.mjs"), output], { stdio: "pipe" });
    const hash = (path: string): string => {
      const name = path.replace("/srv/app/dist/", "");
      const file = name.startsWith("/") ? join(root, "app", "package.json") : join(output, name);
      return createHash("sha256").update(readFileSync(file)).digest("hex");
    };

    assert.deepEqual(
      added.map((path) => [path, files.get(path)?.hash]),
      added.map((path) => [path, hash(path)]),
    );
  });

  it("adds at most 4 MiB to its base, and has at most 320 MiB with it", function () {
    const sizeOf = (paths: Iterable<string>): number =>
      [...paths].reduce((sum, path) => sum + (files.get(path)?.bytes ?? 0), 0) / MIB;
    const own = sizeOf(added);
    const whole = sizeOf(files.keys());
    this.test!.title += ` (${own.toFixed(1)} and ${whole.toFixed(0)} MiB)`;

    assert.ok(own <= 4, `${own} MiB`);
    assert.ok(whole <= 320, `${whole} MiB`);
  });

  it("gives the service's user no file of its own to write to", () => {
    assert.deepEqual(
      added.filter((path) => files.get(path)?.isWritable),
      [],
    );
  });

  it("runs the service without a shell, as a user by number, in production", async () => {
    const { docker, image, contract } = engine();
    const { Config } = await inspectImage(docker, image);

    assert.equal(Config.User, contract.user);
    assert.deepEqual(Config.Cmd, ["node", "dist/server.js"]);
    assert.deepEqual(Config.Entrypoint ?? [], []);
    assert.equal(Config.WorkingDir, "/srv/app");
    assert.ok(Config.Env.includes("NODE_ENV=production"));
    assert.deepEqual(Object.keys(Config.ExposedPorts), [`${contract.ports[0]?.containerPort}/tcp`]);
  });

  it("is labelled by the terms of OCI, with what the build is told of its origin", async () => {
    const { docker, id, image } = engine();
    const origin = {
      REVISION: "0123456789abcdef0123456789abcdef01234567",
      CREATED: "2026-01-02T03:04:05Z",
      SOURCE: "https://git.example.test/team/app",
    };
    await buildImage(engine(), `${id}/labelled`, { args: origin });
    const [plain, labelled] = await Promise.all(
      [image, `${id}/labelled`].map((tag) => inspectImage(docker, tag)),
    );
    const labels = (revision: string, created: string, source: string) => ({
      "org.opencontainers.image.title": "app",
      "org.opencontainers.image.description":
        "Sample service that says which version, zone, instance and task answered",
      "org.opencontainers.image.version": packageJson.version,
      "org.opencontainers.image.licenses": packageJson.license,
      "org.opencontainers.image.revision": revision,
      "org.opencontainers.image.created": created,
      "org.opencontainers.image.source": source,
    });

    assert.deepEqual(plain!.Config.Labels, labels("", "", ""));
    assert.deepEqual(
      labelled!.Config.Labels,
      labels(origin.REVISION, origin.CREATED, origin.SOURCE),
    );
    assert.deepEqual(labelled!.RootFS.Layers, plain!.RootFS.Layers);
  });

  it("does not change with secrets that lie beside what it is built from", async () => {
    const { docker, id, image } = engine();
    const context = mkdtempSync(join(engine().folder, "files-"));
    for (const file of ["package.json", "package-lock.json", "tsconfig.json", ".dockerignore"]) {
      cpSync(join(root, file), join(context, file));
    }
    cpSync(join(root, "app"), join(context, "app"), {
      recursive: true,
      filter: (path) => !/\/(node_modules|dist)$/.test(path),
    });
    for (const file of [".env", ".npmrc", "app/.env", "app/.npmrc", "app/src/.env", "key.pem"]) {
      writeFileSync(join(context, file), "TOKEN=planted\n");
    }
    await buildImage(engine(), `${id}/beside-secrets`, { context });
    const [clean, beside] = await Promise.all(
      [image, `${id}/beside-secrets`].map((tag) => inspectImage(docker, tag)),
    );

    assert.deepEqual(beside!.RootFS.Layers, clean!.RootFS.Layers);
    assert.deepEqual(beside!.Config, clean!.Config);
  });
});
