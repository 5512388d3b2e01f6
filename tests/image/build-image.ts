import type { ContainerContract } from "../../infra/container-contract";
import type { BaseImage } from "./base-images";
import type { Docker } from "./docker";
import { run } from "./docker";

/** With what, from what and on what to build. */
export interface Builder {
  readonly docker: Docker;
  readonly contract: ContainerContract;
  readonly base: BaseImage;
}

export interface BuildChanges {
  readonly context?: string;
  readonly base?: string;
  readonly platform?: string;
  readonly args?: Readonly<Record<string, string>>;
}

/** Builds the Dockerfile as app/compose.yaml says, on the base of the run, but for the changes. */
export async function buildImage(
  { docker, contract, base }: Builder,
  tag: string,
  changes: BuildChanges = {},
): Promise<void> {
  const { build } = contract;
  const args = { ...build.args, NODE_IMAGE: changes.base ?? base.tag, ...changes.args };
  await run(docker, [
    "build",
    ...["--file", build.dockerfile, "--tag", tag],
    ...(build.target === undefined ? [] : ["--target", build.target]),
    ...Object.entries(args).flatMap(([name, value]) => ["--build-arg", `${name}=${value}`]),
    ...(changes.platform === undefined ? [] : ["--platform", changes.platform]),
    changes.context ?? build.context,
  ]);
}

/** What an image is, apart from its name and age. */
export interface Image {
  readonly Id: string;
  /** By what it was pushed or pulled, `name@sha256:…`. */
  readonly RepoDigests: readonly string[];
  readonly Architecture: string;
  readonly Config: {
    readonly User: string;
    readonly Env: readonly string[];
    readonly Cmd: readonly string[];
    readonly Entrypoint: readonly string[] | null;
    readonly WorkingDir: string;
    readonly ExposedPorts: Readonly<Record<string, unknown>>;
    readonly Labels: Readonly<Record<string, string>>;
  };
  readonly RootFS: { readonly Layers: readonly string[] };
}

export async function inspectImage(docker: Docker, tag: string): Promise<Image> {
  const [image] = JSON.parse(await run(docker, ["image", "inspect", tag])) as readonly Image[];
  if (image === undefined) throw new Error(`no image ${tag}`);
  return image;
}
