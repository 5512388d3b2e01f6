import { loadContainer } from "../../infra/compose";
import { provideImage } from "./base-images";
import type { Builder } from "./build-image";
import { buildImage } from "./build-image";
import { findDocker } from "./docker";
import { RunTraces } from "./run-traces";
import { skip } from "./skip";

/** What every test of the image works with. */
export interface Engine extends Builder {
  /** Of this run: a part of names and the value of labels, by which everything is removed in the end. */
  readonly id: string;
  /** Folder for temporary files, removed in the end too. */
  readonly folder: string;
  /** The image that the Dockerfile makes on `base`, as app/compose.yaml has it built. */
  readonly image: string;
}

const BUILD_TIMEOUT_MS = 300_000;
let prepared: Engine | undefined;
let traces: RunTraces | undefined;

/** The engine and the image, which the first suite that asks makes for all of them. */
export function engine(): Engine {
  if (prepared === undefined) throw new Error("the engine is there from the root hook on");
  return prepared;
}

before(async function () {
  this.timeout(BUILD_TIMEOUT_MS);
  const search = findDocker();
  if (search.kind === "missing") return skip(this, `no Docker engine: ${search.reason}`);
  const { docker } = search;
  traces = new RunTraces(docker);
  const { id, folder } = traces;
  const contract = loadContainer("app/compose.yaml", "app");
  const base = await provideImage(docker, "node", contract.build.args["NODE_IMAGE"] ?? "");
  prepared = { docker, id, folder, contract, base, image: `${id}/app` };
  await buildImage(prepared, prepared.image);
});

after(function () {
  this.timeout(60_000);
  traces?.remove();
});
