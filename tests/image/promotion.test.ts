import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { EcrRepository } from "../../tools/promote/image-reference";
import { promotionTag } from "../../tools/promote/image-reference";
import { copyImage } from "../../tools/promote/registry";
import { runProgram } from "../../tools/promote/run-program";
import { Registry } from "./registry";
import { skip } from "./skip";

const MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
const LIST = "application/vnd.docker.distribution.manifest.list.v2+json";

describe("a promotion between two registries", function () {
  this.timeout(60_000);
  let folder = "";
  let registries: { readonly dev: Registry; readonly prod: Registry } | undefined;

  before(async function () {
    if (!Registry.isInstalled()) return skip(this, "no registry; install docker-registry");
    if (!isInstalled("skopeo")) return skip(this, "no skopeo; install it");
    folder = mkdtempSync(path.join(tmpdir(), "promotion-"));
    registries = { dev: await Registry.start(folder), prod: await Registry.start(folder) };
  });

  after(async () => {
    await registries?.dev.stop();
    await registries?.prod.stop();
    if (folder !== "") rmSync(folder, { recursive: true, force: true });
  });

  /** Copies an image of dev's registry as `npm run promote` does; the registries ask for no password. */
  async function promoted(digest: string): Promise<void> {
    if (registries === undefined) throw new Error("no registries were started");
    const { dev, prod } = registries;
    const silent = { write: () => true };
    await copyImage(
      { repository: repositoryAt(dev), digest, profile: undefined },
      { repository: repositoryAt(prod), profile: undefined },
      "arm64",
      {
        ...{ directory: folder, environment: process.env, dryRun: false },
        ...{ stdout: silent, stderr: silent },
        execute: (run, shown) => {
          const isCopy = ["copy", "--override-os"].includes(run.args[0] ?? "");
          if (!isCopy) return Promise.resolve({ code: 0, stdout: "", stderr: "" });
          const plain =
            run.args[0] === "copy"
              ? ["--src-tls-verify=false", "--dest-tls-verify=false"]
              : ["--tls-verify=false"];
          const args = run.args.filter(
            (arg, index) => arg !== "--authfile" && run.args[index - 1] !== "--authfile",
          );
          return runProgram({ ...run, args: [...args, ...plain] }, shown);
        },
      },
    );
  }

  it("keeps the digest of an image", async () => {
    const { dev, prod } = registries!;
    const { digest, text } = await pushImage(dev, "arm64");

    await promoted(digest);

    assert.deepEqual(await manifestOf(prod, promotionTag(digest)), { digest, text });
    assert.deepEqual(await manifestOf(prod, digest), { digest, text });
  });

  it("keeps the digest of a list of images, and brings all of them", async () => {
    const { dev, prod } = registries!;
    const images = [await pushImage(dev, "arm64"), await pushImage(dev, "amd64")];
    await dev.join("web", "both", [
      { tag: "arm64", architecture: "arm64" },
      { tag: "amd64", architecture: "amd64" },
    ]);
    const list = await manifestOf(dev, "both");

    await promoted(list.digest);

    assert.deepEqual(await manifestOf(prod, promotionTag(list.digest)), list);
    for (const { digest, text } of images) {
      assert.deepEqual(await manifestOf(prod, digest), { digest, text });
    }
  });

  it("copies a second time without a complaint", async () => {
    const { digest } = await pushImage(registries!.dev, "arm64");

    await promoted(digest);
    await promoted(digest);
  });

  it("refuses an image for another processor, and copies nothing", async () => {
    const { dev, prod } = registries!;
    const { digest } = await pushImage(dev, "amd64", "another");

    await assert.rejects(promoted(digest), {
      message:
        "the image is built for amd64, the stack that it goes to runs arm64; give both stacks the same architecture",
    });
    await assert.rejects(manifestOf(prod, digest), { message: "404 Not Found" });
  });
});

function isInstalled(program: string): boolean {
  try {
    execFileSync(program, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const repositoryAt = ({ host }: Registry): EcrRepository => ({
  ...{ url: `${host}/web`, registry: host, name: "web" },
  ...{ accountId: "123456789012", region: "eu-central-1" },
});

interface Manifest {
  readonly digest: string;
  readonly text: string;
}

const digestOf = (content: string): string =>
  `sha256:${createHash("sha256").update(content).digest("hex")}`;

/** Pushes an image of one layer, under its architecture as tag. */
async function pushImage(
  { host }: Registry,
  architecture: string,
  layer = "layer",
): Promise<Manifest> {
  const configuration = JSON.stringify({
    architecture,
    os: "linux",
    rootfs: { type: "layers", diff_ids: [digestOf(layer)] },
  });
  for (const content of [configuration, layer]) {
    const start = await fetch(`http://${host}/v2/web/blobs/uploads/`, { method: "POST" });
    const location = new URL(start.headers.get("location") ?? "");
    location.searchParams.set("digest", digestOf(content));
    expectOk(await fetch(location, { method: "PUT", body: content }));
  }
  const descriptor = (mediaType: string, content: string) => ({
    mediaType: `application/vnd.docker.${mediaType}`,
    size: content.length,
    digest: digestOf(content),
  });
  // The digest is that of the bytes: a copy that wrote the same in another way would have another one.
  const text = JSON.stringify(
    {
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: descriptor("container.image.v1+json", configuration),
      layers: [descriptor("image.rootfs.diff.tar", layer)],
    },
    undefined,
    5,
  );
  expectOk(
    await fetch(`http://${host}/v2/web/manifests/${architecture}`, {
      method: "PUT",
      headers: { "content-type": MANIFEST },
      body: text,
    }),
  );
  return { digest: digestOf(text), text };
}

async function manifestOf({ host }: Registry, reference: string): Promise<Manifest> {
  const response = expectOk(
    await fetch(`http://${host}/v2/web/manifests/${reference}`, {
      headers: { accept: `${MANIFEST}, ${LIST}` },
    }),
  );
  const text = await response.text();
  return { digest: response.headers.get("docker-content-digest") ?? "", text };
}

function expectOk(response: Response): Response {
  if (response.ok) return response;
  throw new Error(`${response.status} ${response.statusText}`);
}
