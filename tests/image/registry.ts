import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import path from "node:path";
import { freePort } from "./free-port";
import { statusOf, until } from "./http";

/** A registry of images on this machine. */
export class Registry {
  private constructor(
    /** `localhost:port`, which engines speak HTTP to. */
    readonly host: string,
    private readonly server: ChildProcess,
  ) {}

  /** True where Debian's docker-registry is installed. */
  static isInstalled(): boolean {
    try {
      execFileSync("docker-registry", ["--version"], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  }

  /** @param parent folder below which it keeps its images. */
  static async start(parent: string): Promise<Registry> {
    const folder = mkdtempSync(path.join(parent, "registry-"));
    const port = await freePort();
    const configuration = {
      version: "0.1",
      log: { level: "error", accesslog: { disabled: true } },
      storage: { filesystem: { rootdirectory: folder } },
      http: { addr: `127.0.0.1:${port}` },
    };
    const file = path.join(folder, "configuration.yml");
    // JSON is YAML.
    writeFileSync(file, JSON.stringify(configuration));
    const server = spawn("docker-registry", ["serve", file], { stdio: "ignore" });
    // An interrupted run does not stop it by itself.
    process.once("exit", () => server.kill());
    const registry = new Registry(`localhost:${port}`, server);
    await until(
      "a registry",
      () => statusOf(port, "/v2/"),
      (status) => status === 200,
    );
    return registry;
  }

  /** Joins images of the registry, one a platform, under one name. */
  async join(name: string, tag: string, parts: readonly Part[]): Promise<void> {
    const address = `http://${this.host}/v2/${name}/manifests`;
    const manifests = await Promise.all(
      parts.map(async (part) => {
        const accept = "application/vnd.docker.distribution.manifest.v2+json";
        const response = await fetch(`${address}/${part.tag}`, { headers: { accept } });
        const { byteLength } = await response.arrayBuffer();
        const digest = response.headers.get("docker-content-digest");
        const platform = { os: "linux", architecture: part.architecture };
        return { mediaType: accept, size: byteLength, digest, platform };
      }),
    );
    const mediaType = "application/vnd.docker.distribution.manifest.list.v2+json";
    const response = await fetch(`${address}/${tag}`, {
      method: "PUT",
      headers: { "content-type": mediaType },
      body: JSON.stringify({ schemaVersion: 2, mediaType, manifests }),
    });
    if (!response.ok) throw new Error(`no list of manifests: ${await response.text()}`);
  }

  async stop(): Promise<void> {
    const ended = once(this.server, "exit");
    this.server.kill();
    await ended;
  }
}

/** An image of one platform in a list. */
export interface Part {
  readonly tag: string;
  readonly architecture: string;
}
