import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { ContainerBuild } from "../container-contract";
import { nearest } from "../lib/nearest";
import type { BuildSource } from "./build-source";
import type { Report } from "./readers";

/** A context that Docker would fetch: its content cannot be hashed. */
const REMOTE = /^(?:[a-z][a-z0-9+.-]*:\/\/|git@|github\.com\/)/;

/**
 * Resolves a build's paths as Compose does, the context from the folder of the Compose file and the Dockerfile from
 * the context, and checks that they are there.
 * @returns paths relative to the project's root; undefined where there is no context or no Dockerfile.
 */
export function resolveBuildPaths(
  composeFile: string,
  source: BuildSource,
  report: Report,
): Omit<ContainerBuild, "contentHash"> | undefined {
  const { target, args } = source;
  if (REMOTE.test(source.context)) {
    report(`${source.context} is no local folder; check it out and name its folder`, ["context"]);
    return undefined;
  }
  for (const key of ["context", "dockerfile"] as const) {
    if (path.isAbsolute(source[key])) {
      report(
        `${source[key]} is absolute, so it is good on one machine only; write a relative path`,
        [key],
      );
    }
  }
  const context = path.resolve(path.dirname(composeFile), source.context);
  const dockerfile = path.resolve(context, source.dockerfile);
  const build = {
    context: fromProject(context),
    dockerfile: fromProject(dockerfile),
    target,
    args,
  };
  if (!isDirectory(context)) {
    report(
      `${build.context} is no folder, though the image is built from it; create it or correct the path`,
      ["context"],
    );
    return undefined;
  }
  if (!isFile(dockerfile)) {
    const message = `${build.dockerfile} is no file; create the Dockerfile or correct the path`;
    report(message, ["dockerfile"]);
    return undefined;
  }
  if (target !== undefined) checkTarget(readFileSync(dockerfile, "utf8"), target, report);
  return build;
}

const STAGE = /^[ \t]*FROM[ \t].*[ \t]AS[ \t]+(\S+)/gim;

function checkTarget(dockerfile: string, target: string, report: Report): void {
  const joined = dockerfile.replace(/[\\`][ \t]*\r?\n/g, " ");
  const stages = [...joined.matchAll(STAGE)].map((match) => match[1] ?? "");
  const named = stages.some((stage) => stage.toLowerCase() === target.toLowerCase());
  // Docker takes the number of a stage as well.
  if (named || /^\d+$/.test(target)) return;
  const similar = nearest(target, stages);
  const remedy =
    similar === undefined ? `name a stage with AS ${target}` : `did you mean ${similar}`;
  report(`${target} is no stage of the Dockerfile; ${remedy}`, ["target"]);
}

function fromProject(absolute: string): string {
  const relative = path.relative(process.cwd(), absolute).split(path.sep).join("/");
  if (relative === "") return ".";
  return relative.startsWith("../") || relative === ".." ? relative : `./${relative}`;
}

function isDirectory(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}
