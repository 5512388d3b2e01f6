import { graphCost } from "../preview/cost";
import type { ResourceGraph } from "../preview/graph";
import { previewStack } from "../preview/preview";
import { runProgram } from "../preview/program";
import { recordStack } from "../preview/record";
import type { StackFiles } from "../preview/stack-files";
import { judgeStack } from "../policy/judge-stack";
import { DeployedAnswers } from "./deployed-answers";
import { ownSecrets } from "./secret-digests";
import { stackJudgement } from "./stack-judgement";
import type { StackSide } from "./stack-side";
import { stackSettings } from "./stack-settings";
import type { DeployedGraph } from "./symbolic-graph";
import { symbolicGraph } from "./symbolic-graph";

/** The program as it stands once it is deployed. */
export type DeployedSide = Pick<StackSide, "graph" | "secretInputs">;

/**
 * Records the program in `directory`, which has to be the working directory, with a stack's
 * configuration as one side of a comparison: as a preview, and twice as it stands once deployed.
 *
 * @param label what a person calls the side
 * @param configuredBy the stack whose file the encrypted values are from
 * @throws RecordingError with everything that went wrong in the program
 */
export async function recordSide(
  directory: string,
  files: StackFiles,
  label: string,
  configuredBy = files.stack,
): Promise<StackSide> {
  const {
    graph: preview,
    capacity,
    headroom,
    exceededQuotas,
    day,
  } = await previewStack(directory, files);
  return {
    label,
    settings: stackSettings(directory, files, configuredBy),
    ...(await deployedSide(directory, files, preview)),
    ...{ capacity, headroom, exceededQuotas, day },
    cost: graphCost(preview),
    policies: await judgeStack(preview),
    judgement: stackJudgement(files.stack),
  };
}

/**
 * As recordSide(), the program as it stands once deployed and nothing else.
 *
 * @throws RecordingError with everything that went wrong in the program
 */
export async function recordGraph(directory: string, files: StackFiles): Promise<DeployedSide> {
  const run = { ...files, onMessage: () => undefined };
  return deployedSide(directory, files, await recordStack(() => runProgram(directory), run));
}

async function deployedSide(
  directory: string,
  files: StackFiles,
  preview: ResourceGraph,
): Promise<DeployedSide> {
  const one = await recordDeployed(directory, files, 0);
  const other = await recordDeployed(directory, files, 1);
  const secretInputs = ownSecrets(one.secretInputs, other.secretInputs);
  return {
    graph: symbolicGraph(preview, [one, other]),
    ...(secretInputs !== undefined && { secretInputs }),
  };
}

/**
 * The program as it was deployed into a made-up account, with everything that was made up for that.
 *
 * @param world another number gives another account with other ids
 * @throws RecordingError with everything that went wrong in the program
 */
export async function recordDeployed(
  directory: string,
  files: StackFiles,
  world: number,
): Promise<DeployedGraph> {
  const answers = new DeployedAnswers(world);
  // The preview has told what the program logs.
  const run = { ...files, answers, onMessage: () => undefined };
  const graph = await recordStack(() => runProgram(directory), run);
  return { graph, assigned: answers.assigned, secretInputs: answers.secretInputs };
}
