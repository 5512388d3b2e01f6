import type { CapacityReport } from "../../capacity/capacity-report";
import { type Headroom, headroomOf } from "../../capacity/headroom";
import { onDemandInstances } from "../../capacity/instances-distribution";
import { exceededQuotas, type QuotaFinding } from "../../capacity/quotas";
import { loadContainer } from "../../infra/compose";
import { loadConfig } from "../../infra/config";
import { planStack } from "../../infra/plan";
import type { StackPlan } from "../../infra/plan/stack-plan";
import type { ResourceGraph } from "./graph";
import { refuseLateDeclarations } from "./late-declarations";
import { runProgram } from "./program";
import { recordStack } from "./record";
import { type SimulatedDay, simulateDay } from "./simulated-day";
import type { StackFiles } from "./stack-files";

/** What a stack would consist of, how its tasks and instances fit together, and how they follow a day. */
export interface Preview {
  readonly graph: ResourceGraph;
  readonly capacity: CapacityReport;
  /** What is spare at the fewest tasks, the most, and a deployment, and what the loss of a zone leaves. */
  readonly headroom: readonly Headroom[];
  /** AWS's default quotas that the plan goes beyond. */
  readonly exceededQuotas: readonly QuotaFinding[];
  readonly day: SimulatedDay;
}

/**
 * Runs the program in `directory`, which has to be the working directory, with a stack's
 * configuration and records what it declares.
 * @throws RecordingError with everything that went wrong in the program.
 */
export async function previewStack(directory: string, files: StackFiles): Promise<Preview> {
  const plans: StackPlan[] = [];
  const graph = await recordStack(async () => {
    const outputs = await runProgram(directory);
    plans.push(planAgain());
    return outputs;
  }, files);
  const [plan] = plans;
  if (plan === undefined) throw new Error("the program ended without a plan");
  const { report, capacity, network } = plan;
  return {
    graph,
    capacity: report,
    headroom: headroomOf(report, network.availabilityZones),
    exceededQuotas: exceededQuotas({
      report,
      onDemandInstances: onDemandInstances(capacity, report.maxInstances),
    }),
    day: simulateDay(plan),
  };
}

/**
 * As previewStack(), where the process is the command's own: it also waits for what the program leaves
 * behind, and refuses what is declared then.
 * @public loaded at run time by the commands
 */
export async function previewInOwnProcess(directory: string, files: StackFiles): Promise<Preview> {
  const preview = await previewStack(directory, files);
  await refuseLateDeclarations();
  return preview;
}

/**
 * The program keeps its plan to itself; the same settings and files give the same plan, and making it
 * again takes milliseconds.
 */
function planAgain(): StackPlan {
  const config = loadConfig();
  const { composeFile, composeService } = config.container;
  return planStack(config, loadContainer(composeFile, composeService));
}
