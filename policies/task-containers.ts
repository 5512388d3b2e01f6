import { readContainers, fieldOf } from "./containers";
import type { StackResource, StackUnderJudgement } from "./policy";
import { isUnknownValueError } from "./unknown";
import { numberOf } from "./values";
import { taskDefinitionOf, TYPES } from "./wiring";

/**
 * Seconds between SIGTERM and SIGKILL where a container does not say.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
const DEFAULT_STOP_SECONDS = 30;

/**
 * Container definitions of a task definition, each to be read with `fieldOf`; none where it cannot be
 * read, which policies on the container refuse. Throws where they are unknown, as they are until the
 * image is built.
 */
export function definitionsOf({ props }: StackResource): readonly unknown[] {
  const read = readContainers(props["containerDefinitions"]);
  return "fault" in read ? [] : read.containers.map(({ definition }) => definition);
}

/**
 * Longest time in seconds that a service's containers are given to stop: what its task definition says
 * or, until the image is built, what its component registers as an output. Throws where only the
 * deployment tells.
 */
export function stopTimeoutOf(stack: StackUnderJudgement, service: StackResource): number {
  try {
    return definedStopTimeoutOf(stack, service);
  } catch (error) {
    const { parent } = service;
    const registered =
      isUnknownValueError(error) && parent?.type === TYPES.ecsService
        ? numberOf(parent.props["stopTimeoutSeconds"])
        : undefined;
    if (registered === undefined) {
      throw error;
    }
    return registered;
  }
}

function definedStopTimeoutOf(stack: StackUnderJudgement, service: StackResource): number {
  const taskDefinition = taskDefinitionOf(stack, service);
  const seconds = (taskDefinition === undefined ? [] : definitionsOf(taskDefinition)).map(
    (definition) => numberOf(fieldOf(definition, "stopTimeout")) ?? DEFAULT_STOP_SECONDS,
  );
  return seconds.length === 0 ? DEFAULT_STOP_SECONDS : Math.max(...seconds);
}
