import { loadContainer } from "../../../infra/compose";
import { ContainerError } from "../../../infra/compose/faults";
import type { ContainerContract } from "../../../infra/container-contract";
import type { ProjectFolder } from "./project-folder";
import { insideFolder } from "./project-folder";

export type Keys = Readonly<Record<string, unknown>>;

/** The least that a deployed service says. */
export const SMALLEST: Keys = {
  build: ".",
  ports: ["3000:3000"],
  deploy: { resources: { limits: { cpus: "0.25", memory: "512m" } } },
  "x-ecs": { "health-check-path": "/readyz" },
};

/** Loads the smallest service with some keys changed; undefined takes a key away. */
export function loadService(
  project: ProjectFolder,
  keys: Keys,
  file: Keys = {},
): ContainerContract {
  // JSON is YAML.
  project.write({
    "compose.yaml": JSON.stringify({ ...file, services: { app: { ...SMALLEST, ...keys } } }),
  });
  return loadFile(project);
}

export function loadFile(
  project: ProjectFolder,
  service = "app",
  file = "compose.yaml",
): ContainerContract {
  return insideFolder(project.root, () => loadContainer(file, service));
}

/** What the error of loading a file says, one line a fault. */
export function faultsOf(load: () => unknown): readonly string[] {
  try {
    load();
  } catch (error) {
    if (error instanceof ContainerError) return error.message.split("\n");
    throw error;
  }
  return [];
}

/** The faults of the smallest service with some keys changed, without file and line. */
export function serviceFaults(
  project: ProjectFolder,
  keys: Keys,
  file: Keys = {},
): readonly string[] {
  return faultsOf(() => loadService(project, keys, file)).map((line) =>
    line.replace(/^compose\.yaml:1: (services\.app\.)?/, ""),
  );
}
