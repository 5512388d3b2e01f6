import { renderFailure } from "../preview/failure";
import { refuseLateDeclarations } from "../preview/late-declarations";
import { RecordingError } from "../preview/recording-faults";
import type { StackFiles } from "../preview/stack-files";
import { loadStackFiles } from "../preview/stack-files";
import type { ComparedStack } from "../review/stack-review";
import { compare } from "./compare";
import { ComparisonError, failureOf } from "./comparison-error";
import { inNamesOf } from "./name-dependence";
import type { DeployedSide } from "./record-side";
import { recordGraph, recordSide } from "./record-side";
import { securityChanges } from "./security";
import { findCauses, withCauses } from "./stack-causes";
import type { StackSide } from "./stack-side";
import { Trials } from "./trial";

/** Two stacks to compare. */
export interface StackRequest {
  /** Folder of the project, which has to be the working directory of a process of its own. */
  readonly directory: string;
  readonly stack: string;
  /** The stack that it is compared with. */
  readonly other: string;
}

/**
 * Compares a stack with another one of the same working tree, as if the other one had its name, and
 * finds for each difference the configuration keys that make it. A difference without a cause comes
 * from the program: it does not do the same for both.
 *
 * @throws StackFilesError, or ComparisonError with the stack's name, where one of the two cannot be recorded;
 *   RecordingError with what is declared or thrown after the program's end
 */
export async function reviewAgainstStack(request: StackRequest): Promise<ComparedStack> {
  const { directory, stack, other } = request;
  if (stack === other) {
    throw new ComparisonError(`--against-stack: got '${other}' twice; name another stack`);
  }
  const files = loadStackFiles(directory, stack);
  const otherFiles = loadStackFiles(directory, other);
  const renamed: StackFiles = { ...otherFiles, stack };
  const after = await ofStack(stack, recordSide(directory, files, `stack ${stack}`));
  const itself = await ofStack(other, recordSide(directory, otherFiles, `stack ${other}`));
  const inName = await ofStack(`${other}, named ${stack}`, recordGraph(directory, renamed));
  const before = {
    ...sideIn(itself, inName),
    // Each environment has limits of its own, which is what they are for.
    judgement: after.judgement,
  };
  const trials = new Trials(directory);
  const causes = await findCauses({
    before: renamed,
    after: files,
    record: (tried) => trials.record(tried),
    compare: (one, another) =>
      compare({ ...before, ...one }, { ...after, ...another }, NOTHING_DESTROYED),
  });
  await refuseLateDeclarations();
  const comparison = withCauses(compare(before, after, NOTHING_DESTROYED), causes);
  return { stack, comparison, security: securityChanges(comparison) };
}

/** A fault of the program does not say for which of the two it is. */
async function ofStack<T>(stack: string, recording: Promise<T>): Promise<T> {
  try {
    return await recording;
  } catch (error) {
    if (!(error instanceof RecordingError)) throw error;
    throw new ComparisonError(failureOf(`stack ${stack}`, renderFailure(error)));
  }
}

/** Of two stacks none takes the other's place. */
const NOTHING_DESTROYED = { allowDestruction: [] };

/** The side in the names of another stack, with what the policies of its own stack say. */
function sideIn(itself: StackSide, { graph: renamed, secretInputs }: DeployedSide): StackSide {
  const graph = inNamesOf(itself.graph, renamed);
  const start = `urn:pulumi:${itself.graph.stack}::`;
  const findings = itself.policies.findings.map((finding) => ({
    ...finding,
    urn: finding.urn.replace(start, `urn:pulumi:${renamed.stack}::`),
  }));
  // Of a secret it cannot be told what is made of the name, so that all are as the other name has them.
  const secrets = secretInputs === undefined ? {} : { secretInputs };
  return { ...itself, ...secrets, graph, policies: { ...itself.policies, findings } };
}
