import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import type { PolicyFinding } from "../../tools/policy/verdict";
import type { ResourceGraph } from "../../tools/preview/graph";
import type { EngineStack } from "./engine-stack";

/** What `npm run preview -- <stack> --json` says. */
export interface OfflinePreview {
  readonly graph: ResourceGraph;
  readonly findings: readonly PolicyFinding[];
  readonly exitCode: number | null;
}

/** Runs the offline preview on the same copy of the project. */
export function offlinePreview({ project, stack }: EngineStack): OfflinePreview {
  const command = resolve("tools/preview/start.cjs");
  const { stdout, stderr, status } = spawnSync(process.execPath, [command, stack, "--json"], {
    cwd: project,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (stdout === "") throw new Error(`the offline preview says nothing: ${stderr}`);
  const { policies, ...graph } = JSON.parse(stdout) as ResourceGraph & {
    policies: { findings: PolicyFinding[] };
  };
  return { graph, findings: policies.findings, exitCode: status };
}
