import { findPreset, presets } from "../../capacity/presets";
import type { ScalingModel } from "../../capacity/simulate/scaling-model";
import type { StackPlan } from "../../infra/plan/stack-plan";
import { InputFileError } from "../policy/json-file";
import { hint } from "../preview/hint";
import { modelOf, type ModelOverrides } from "./stack-model";

/** What a load is sent to. */
export interface Configuration {
  readonly name: string;
  readonly title: string;
  readonly notes: readonly string[];
  readonly model: ScalingModel;
}

/** Which configurations a command asks for. */
export interface Request {
  /** The stack that was named, or undefined. */
  readonly stack: string | undefined;
  /** Other settings of it to run beside it, each as it was written. */
  readonly settings: readonly string[];
  /** Stacks and presets beside it, as they were written; undefined for none. */
  readonly compare: string | undefined;
  /** Stacks that there are. */
  readonly stacks: readonly string[];
  readonly overrides: ModelOverrides;
  /** The plan of a stack, with other settings where some are written. */
  readonly readPlan: (stack: string, settings?: string) => Promise<StackPlan>;
}

const USUAL_STACK = "dev";

/**
 * The configurations of a command, the stack first: the one that is named, else the first stack of the comparison,
 * else dev; then itself with other settings, then the others. All have its workload and delays, and presets stand in
 * for its settings, so that they differ by nothing but how they scale.
 *
 * @throws InputFileError for a name that is neither a stack nor a preset
 */
export async function configurationsOf({
  stack,
  settings,
  compare,
  stacks,
  overrides,
  readPlan,
}: Request): Promise<[Configuration, ...Configuration[]]> {
  const names = (compare ?? "").split(",").map((name) => name.trim());
  const others = [...new Set(names.filter((name) => name !== ""))];
  checkNames(compare, others, stacks);
  const subject = stack ?? others.find((name) => stacks.includes(name)) ?? USUAL_STACK;
  const model = modelOf(await readPlan(subject), overrides);
  const configurations: [Configuration, ...Configuration[]] = [
    { name: subject, title: `stack ${subject}`, notes: [], model },
  ];
  const { workload, timing } = model;
  for (const written of new Set(settings)) {
    const changed = modelOf(await readPlan(subject, written), { workload, timing });
    configurations.push({
      name: written,
      title: `${subject} with ${written}`,
      notes: [],
      model: changed,
    });
  }
  for (const name of others.filter((other) => other !== subject)) {
    const preset = findPreset(name);
    if (preset !== undefined && !stacks.includes(name)) {
      const { title, version, notes } = preset;
      const applied = preset.apply(model);
      configurations.push({ name, title: `${title}, ${version}`, notes, model: applied });
    } else {
      const own = modelOf(await readPlan(name), { workload, timing });
      configurations.push({ name, title: `stack ${name}`, notes: [], model: own });
    }
  }
  return configurations;
}

function checkNames(
  compare: string | undefined,
  names: readonly string[],
  stacks: readonly string[],
): void {
  const known = [...stacks, ...presets.map(({ name }) => name)];
  const faults = names
    .filter((name) => !known.includes(name))
    .map(
      (name) =>
        `--compare: got '${name}', must be a stack or preset of ${known.join(", ")}${hint(name, known)}`,
    );
  if (compare !== undefined && names.length === 0) {
    faults.push(`--compare: got '${compare}', must name one or more of ${known.join(", ")}`);
  }
  if (faults.length > 0) throw new InputFileError("arguments", faults);
}
