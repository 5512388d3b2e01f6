import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildImage, inspectImage } from "./build-image";
import { Container } from "./container";
import { execute, run } from "./docker";
import { engine } from "./engine";
import { ask, statusOf, until } from "./http";
import { Registry } from "./registry";
import { skip } from "./skip";
import { LABEL } from "./run-traces";

/** A tar archive without a file. */
const EMPTY_ARCHIVE = "\0".repeat(1024);

describe("the image and a registry", function () {
  this.timeout(240_000);
  let started: Registry | undefined;
  const registry = (): Registry => {
    if (started === undefined) throw new Error("no registry was started");
    return started;
  };

  before(async function () {
    if (!Registry.isInstalled()) return skip(this, "no registry; install docker-registry");
    started = await Registry.start(engine().folder);
  });

  after(() => started?.stop());

  it("comes back by its digest as the same image, and runs", async () => {
    const { docker, id, contract } = engine();
    const name = `${registry().host}/${id}/pushed`;
    // Labelled, so that it is an image of its own: under another name the engine would not have to pull it.
    await buildImage(engine(), `${name}:1`, { args: { REVISION: id } });
    const built = await inspectImage(docker, `${name}:1`);
    await run(docker, ["push", "--quiet", `${name}:1`]);
    const { RepoDigests: references } = await inspectImage(docker, `${name}:1`);
    const [reference = ""] = references;
    await run(docker, ["rmi", "--force", `${name}:1`, ...references]);
    await assert.rejects(inspectImage(docker, built.Id), /No such image/i);

    await run(docker, ["pull", "--quiet", reference]);
    const pulled = await inspectImage(docker, reference);
    const container = await Container.start(engine(), reference);
    const port = await container.port();
    await until(
      "ready",
      () => statusOf(port, contract.healthCheckPath),
      (status) => status === 200,
    );
    const answer = await ask(port, "/");
    await container.remove();
    await run(docker, ["rmi", reference]);

    assert.equal(references.length, 1);
    assert.match(reference, /@sha256:[0-9a-f]{64}$/);
    assert.equal(pulled.Id, built.Id);
    assert.deepEqual(pulled.Config, built.Config);
    assert.deepEqual(pulled.RootFS, built.RootFS);
    assert.equal(answer.status, 200);
  });

  it("is built for arm64 on this machine, with the same files above the base", async () => {
    const { docker, id, image, base } = engine();
    const tag = `${id}/arm64`;
    const list = base.isStandIn ? await standInForBoth() : base.tag;
    await buildImage(engine(), tag, { base: list, platform: "linux/arm64" });
    const [amd64, arm64] = await Promise.all(
      [image, tag].map((name) => inspectImage(docker, name)),
    );

    assert.equal(arm64!.Architecture, "arm64");
    assert.deepEqual(arm64!.Config, { ...amd64!.Config, Env: arm64!.Config.Env });
    assert.deepEqual(await serviceFiles(tag), await serviceFiles(image));
  });

  /** Paths and hashes of the service's files in an image of any platform, which need not run for it. */
  async function serviceFiles(tag: string): Promise<readonly (readonly [string, string])[]> {
    const { docker, id } = engine();
    const folder = mkdtempSync(join(engine().folder, "files-"));
    const container = await run(docker, ["create", "--label", `${LABEL}=${id}`, tag]);
    await run(docker, ["cp", `${container}:/srv`, folder]);
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => {
        const file = join(parentPath, name);
        const hash = createHash("sha256").update(readFileSync(file)).digest("hex");
        return [file.slice(folder.length), hash] as const;
      })
      .sort();
  }

  /** A list of the stand-in and of an empty image for arm64, which is enough where no command runs on it. */
  async function standInForBoth(): Promise<string> {
    const { docker, id, base } = engine();
    const name = `${registry().host}/${id}/base`;
    await execute(
      docker,
      ["import", "--platform", "linux/arm64", "-", `${name}:arm64`],
      EMPTY_ARCHIVE,
    );
    await run(docker, ["tag", base.tag, `${name}:amd64`]);
    const parts = ["amd64", "arm64"].map((architecture) => ({ tag: architecture, architecture }));
    for (const part of parts) await run(docker, ["push", "--quiet", `${name}:${part.tag}`]);
    await registry().join(`${id}/base`, "both", parts);
    return `${name}:both`;
  }
});
