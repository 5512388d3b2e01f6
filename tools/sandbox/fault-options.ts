import type { Command } from "commander";
import { InvalidArgumentError, Option } from "commander";
import type { Faults } from "../simulated-aws/cloud/faults";

/** Options by the fault that they ask for; a number counts operations of the run from 1. */
const NUMBERED: readonly (readonly [fault: keyof Faults, option: string, what: string])[] = [
  ["failCreate", "--fail-create <n>", "AWS refuses the nth creation"],
  ["failUpdate", "--fail-update <n>", "AWS refuses the nth update"],
  ["failDelete", "--fail-delete <n>", "AWS refuses the nth deletion"],
  ["hangCreate", "--hang-create <n>", "the nth creation never answers, and nothing is created"],
  [
    "loseCreate",
    "--lose-create <n>",
    "the nth creation never answers, but the resource is created",
  ],
  ["hangUpdate", "--hang-update <n>", "the nth update never answers"],
  ["hangDelete", "--hang-delete <n>", "the nth deletion never answers"],
  ["delayMilliseconds", "--delay <n>", "every operation takes at least n milliseconds"],
];

/** Gives a command the options with which things go wrong on purpose. */
export function addFaultOptions(command: Command): Command {
  for (const [, option, what] of NUMBERED) {
    command.addOption(new Option(option, what).argParser(positive).helpGroup(GROUP));
  }
  return command
    .addOption(
      new Option("--fault-type <type>", "count operations on this type alone").helpGroup(GROUP),
    )
    .addOption(
      new Option(
        "--roll-back",
        "deployments of the service fail, and ECS rolls them back",
      ).helpGroup(GROUP),
    );
}

const GROUP = "What goes wrong on purpose:";

/** The faults that the command line asks for. */
export function faultsOf(command: Command): Faults {
  const values = command.opts<Record<string, number | string | boolean | undefined>>();
  const numbers = NUMBERED.flatMap(([fault, option]) => {
    const value = values[new Option(option).attributeName()];
    return value === undefined ? [] : [[fault, value]];
  });
  return {
    ...(Object.fromEntries(numbers) as Faults),
    ...(typeof values["faultType"] === "string" ? { type: values["faultType"] } : {}),
    ...(values["rollBack"] === true ? { rollBack: true } : {}),
  };
}

function positive(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) {
    throw new InvalidArgumentError("it must be a whole number from 1");
  }
  return Number(text);
}
