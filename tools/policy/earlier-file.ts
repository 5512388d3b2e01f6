import type { ResourceGraph } from "../preview/graph";
import { readGraph } from "./graph-file";
import { InputFileError, readJsonFile } from "./json-file";
import { isObject, kindOf } from "./json-reader";
import { type DeployedStack, readState } from "./state-file";

/**
 * Reads what a stack was before a change: what `pulumi stack export` wrote, or `npm run preview -- --json`.
 * Which of the two it is, the content says; the file is read once, so that it can be a pipe.
 * @throws InputFileError with everything by which the file is neither
 */
export function readEarlierFile(file: string): DeployedStack {
  const value = readJsonFile(file);
  if (isObject(value) && "deployment" in value) {
    return readState(value, file);
  }
  if (isObject(value) && "resources" in value) {
    return { graph: readGraph(value, file), notes: [] };
  }
  const got = isObject(value) ? "an object without 'deployment' and 'resources'" : kindOf(value);
  throw new InputFileError(file, [
    `the whole file: got ${got}, must be the state before the change; ` +
      "write one with 'pulumi stack export' or 'npm run --silent preview -- <stack> --json'",
  ]);
}

/**
 * Checks that both are states of one stack.
 * @throws InputFileError where they are not
 */
export function checkSameStack(file: string, before: ResourceGraph, after: ResourceGraph): void {
  if (before.project !== after.project || before.stack !== after.stack) {
    throw new InputFileError(file, [
      `got stack '${before.stack}' of project '${before.project}', ` +
        `must be '${after.stack}' of '${after.project}', which is judged`,
    ]);
  }
}
