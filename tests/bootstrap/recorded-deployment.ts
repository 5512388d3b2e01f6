import { loadConfig } from "../../bootstrap/config";
import { declareBootstrap } from "../../bootstrap/stack";
import type { CloudAnswers } from "../../tools/preview/cloud-answers";
import { type ResourceGraph, SECRET } from "../../tools/preview/graph";
import { recordStack } from "../../tools/preview/record";
import type { StackFiles } from "../../tools/preview/stack-files";
import { invokeFunction } from "../../tools/simulated-aws/functions";
import { deployedResource } from "../../tools/simulated-aws/resource-types";
import { shippedFiles } from "../support/shipped-files";

/** A program's graph as it is once everything is deployed, and the functions that it called. */
export interface RecordedDeployment {
  readonly graph: ResourceGraph;
  /** Tokens, sorted, each once. */
  readonly functions: readonly string[];
  /** What it logged, as `<severity>: <text>`. */
  readonly messages: readonly string[];
}

/** Runs a program as in a deployment, with the simulated AWS's answers. */
export async function recordDeployment(
  program: () => unknown,
  files: StackFiles,
): Promise<RecordedDeployment> {
  const functions = new Set<string>();
  const answers: CloudAnswers = {
    preview: false,
    concealed: SECRET,
    resource: (_urn, resource, account) => deployedResource(resource, account),
    call: (token, args, account) => {
      functions.add(token);
      return invokeFunction(token, args, account, false);
    },
  };
  const messages: string[] = [];
  const onMessage = (severity: string, text: string) => messages.push(`${severity}: ${text}`);
  const graph = await recordStack(program, { ...files, answers, onMessage });
  return { graph, functions: [...functions].sort(), messages };
}

/** Values by full key in place of those of the stack's files; undefined takes a value away. */
export type Changes = Readonly<Record<string, string | undefined>>;

/** Settings of bootstrap/ as its files have them. */
export function bootstrapFiles(stack: string, changes: Changes = {}): StackFiles {
  const files = shippedFiles(stack, "bootstrap");
  const entries = Object.entries({ ...files.config, ...changes });
  return {
    ...files,
    config: Object.fromEntries(
      entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    ),
  };
}

/** What bootstrap/index.ts does: nobody but the engine imports that file. */
export const bootstrap = () => declareBootstrap(loadConfig());
