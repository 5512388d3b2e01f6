import { loadContainer } from "../../infra/compose";
import { loadConfig, loadSecrets } from "../../infra/config";
import { planStack } from "../../infra/plan";
import { declareStack, type StackOutputs } from "../../infra/stack";
import type { ResourceGraph } from "../../tools/preview/graph";
import { recordStack } from "../../tools/preview/record";
import type { StackFiles } from "../../tools/preview/stack-files";
import { Once } from "./once";
import { type MockedProgram, underMocks } from "./program-under-mocks";
import { shippedFiles } from "./shipped-files";

/** Values by full key in place of those of the stack's files. */
export type Changes = Readonly<Record<string, string>>;

/** What infra/index.ts does: nobody but the engine imports that file. */
function program(): StackOutputs {
  const config = loadConfig();
  const { composeFile, composeService } = config.container;
  return declareStack(planStack(config, loadContainer(composeFile, composeService)), loadSecrets());
}

function filesOf(stack: string, changes: Changes): StackFiles {
  const files = shippedFiles(stack);
  return { ...files, config: { ...files.config, ...changes } };
}

const graphs = new Once<ResourceGraph>();

/** The whole stack as the preview records it, once a process for the same values. */
export function recorded(stack: string, changes: Changes = {}): Promise<ResourceGraph> {
  return graphs.get([stack, changes], () => recordStack(program, filesOf(stack, changes)));
}

/** The whole stack on Pulumi's mocks, deployed unless `preview`. */
export function mocked(
  stack: string,
  changes: Changes = {},
  preview = false,
): Promise<MockedProgram<StackOutputs>> {
  const files = filesOf(stack, changes);
  return underMocks(program, { ...files, preview });
}
