import { cp, readFile } from "node:fs/promises";
import { basename, join } from "node:path";

import { npmCommand } from "./commands";
import { runCommand, type RunLimits } from "./run-command";

/** What a checkout may hold beside the sources. */
const notSources = new Set(["node_modules", "dist", "cdk.out"]);

/**
 * Makes a runnable CDK app in an existing empty folder: the template, the sources of the container
 * image, the packages from the registry, and the compiled app for the variant that runs it.
 */
export async function installCdkApp(
  folder: string,
  sources: { readonly template: string; readonly image: string },
  env: NodeJS.ProcessEnv,
  limits: RunLimits,
): Promise<void> {
  await copySources(sources.template, folder);
  await copySources(sources.image, join(folder, "app"));
  await runCommand(npmCommand(["install", "--no-audit", "--no-fund"], folder, env), limits);
  const compile = ["exec", "--", "tsc", "--noEmit", "false", "--outDir", "dist"];
  await runCommand(npmCommand(compile, folder, env), limits);
}

function copySources(from: string, to: string): Promise<void> {
  return cp(from, to, {
    recursive: true,
    filter: (path) => path === from || !notSources.has(basename(path)),
  });
}

/** Resources of the template that the last synthesis wrote, without CDK's own usage record. */
export async function countTemplateResources(folder: string): Promise<number> {
  const path = join(folder, "cdk.out", "web-dev.template.json");
  return countResources(await readFile(path, "utf8"));
}

/** Resources of a CloudFormation template in JSON, without `AWS::CDK::Metadata`. */
export function countResources(template: string): number {
  const { Resources } = JSON.parse(template) as { Resources: Record<string, { Type: string }> };
  return Object.values(Resources).filter(({ Type }) => Type !== "AWS::CDK::Metadata").length;
}
