import { z } from "zod";
import { parseAnswer } from "./parse-answer";
import type { RunCommand } from "./run-command";
import { VerifyError } from "./verify-error";

/** What a stack says of what it deployed, as far as it is looked at. */
export interface DeployedService {
  readonly region: string;
  /** Name of the cluster. */
  readonly cluster: string;
  /** Name of the service. */
  readonly service: string;
  /** ARN of the revision that was deployed last. */
  readonly taskDefinition: string;
  readonly url: string;
}

const outputs = z.object({
  cluster: z.string(),
  service: z.string(),
  taskDefinition: z.string(),
  url: z.url(),
});

/**
 * Reads the outputs of a stack from its state.
 *
 * @throws VerifyError where the stack cannot be read or lacks an output, as one that was never deployed does
 */
export async function readStackOutputs(run: RunCommand, stack: string): Promise<DeployedService> {
  const command = ["stack", "output", "--json", "--stack", stack, "--non-interactive"];
  const text = await run("pulumi", command);
  const found = parseAnswer(
    text,
    outputs,
    `the outputs of stack ${stack}; deploy it with \`pulumi up --stack ${stack}\` first`,
  );
  const region = /^arn:[\w-]+:ecs:([\w-]+):\d+:task-definition\//.exec(found.taskDefinition)?.[1];
  if (region === undefined) {
    throw new VerifyError(
      `the output taskDefinition of stack ${stack} is ${JSON.stringify(found.taskDefinition)}, which is no ARN of a task definition; deploy the stack again with \`pulumi up --stack ${stack}\``,
    );
  }
  return { ...found, region };
}
