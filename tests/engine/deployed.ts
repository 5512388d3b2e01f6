import type { StoredResource } from "../../tools/simulated-aws/cloud/stored-resource";
import type { EngineRun } from "./engine-stack";
import { EngineStack } from "./engine-stack";

/** A stack as the shipped settings deploy it, and the run that did. */
export interface Deployed {
  readonly stack: EngineStack;
  readonly run: EngineRun;
}

/** A stack as the shipped settings would deploy it, and the run that says so. */
export interface Previewed extends Deployed {
  /** What the engine, the program, the providers and the policy pack have said to each other. */
  readonly grpcLog: string;
}

/** What a teardown leaves in the account, as README.md says: a rollback would need the revision. */
export const OUTLIVES_A_STACK: readonly string[] = ["aws:ecs/taskDefinition:TaskDefinition web"];

/** A resource of the account as OUTLIVES_A_STACK names it. */
export const titleOfHeld = ({ type, name }: StoredResource): string => `${type} ${name}`;

const made = new Map<string, Promise<Deployed>>();
const seen = new Map<string, Promise<Previewed>>();

/** The first preview of an environment's shipped stack, made once for all tests; none of them changes it. */
export function previewed(environment: string): Promise<Previewed> {
  const known = seen.get(environment) ?? EngineStack.create(environment).then(preview);
  seen.set(environment, known);
  return known;
}

/** Previews a stack, and keeps what is said on the way. */
export async function preview(stack: EngineStack): Promise<Previewed> {
  const grpcLog = stack.path("grpc.json");
  const run = await stack.run("preview", [], { variables: { PULUMI_DEBUG_GRPC: grpcLog } });
  return { stack, run, grpcLog };
}

/** The shipped stack of an environment, deployed once for all tests; a test that changes it takes a copy. */
export function deployed(environment: string): Promise<Deployed> {
  const known = made.get(environment) ?? deploy(environment);
  made.set(environment, known);
  return known;
}

/** A copy of the deployed stack, for a test to change. */
export async function deployedCopy(environment = "dev"): Promise<EngineStack> {
  return (await deployed(environment)).stack.copy();
}

async function deploy(environment: string): Promise<Deployed> {
  const stack = await EngineStack.create(environment);
  return { stack, run: await stack.succeed("up") };
}
