import { resolve } from "node:path";
import type { Command } from "commander";
import type { Json } from "../preview/graph";
import { alignColumns } from "../preview/screen";
import type { Stream } from "../preview/screen";
import { loadStackFiles } from "../preview/stack-files";
import type { AwsAccount } from "../simulated-aws/account";
import { accountOf } from "../simulated-aws/account";
import { deleteResource, listResources, setProperty } from "./drift";
import type { DriftedProperty } from "./drift";
import { DEFAULT_FOLDER, openSandboxFolder } from "./sandbox-folder";
import { SandboxError } from "./sandbox-error";
import { readDeployedResources, stackExists } from "./stack-state";
import type { DeployedResource } from "./stack-state";

interface Surroundings {
  readonly directory: string;
  readonly stdout: Stream;
}

/** Adds the command that changes the simulated account behind Pulumi's back. */
export function addDriftCommand(
  program: Command,
  { directory, stdout }: Surroundings,
  complete: (command: Command) => Command,
): void {
  const command = complete(program.command("drift"))
    .description("change the simulated account behind Pulumi's back, as a person in AWS's console")
    .usage("[stack] [set <resource> <property> <value> | delete <resource>]")
    .argument("[stack]", "stack whose account is changed", "dev")
    .argument("[action...]", "what to do; nothing lists the resources")
    .option("--dir <folder>", "folder that everything is kept in", DEFAULT_FOLDER)
    .action((stack: string, action: readonly string[]) => {
      const { dir } = command.opts<{ dir: string }>();
      const files = loadStackFiles(directory, stack);
      const sandbox = openSandboxFolder(resolve(directory, dir));
      const place = {
        ...{ folder: sandbox.account(stack), account: accountOf(files.config), stack },
        deployed: () => (stackExists(sandbox, files) ? readDeployedResources(sandbox, files) : []),
      };
      stdout.write(`${perform(place, action)}\n`);
    });
}

interface Place {
  readonly folder: string;
  readonly account: AwsAccount;
  readonly stack: string;
  /** What Pulumi knows of. */
  readonly deployed: () => readonly DeployedResource[];
}

function perform(place: Place, action: readonly string[]): string {
  const { folder, account, stack } = place;
  const [verb, named, property, text, ...rest] = action;
  if (verb === undefined) {
    return list(folder, stack);
  }
  if (verb === "delete" && named !== undefined && property === undefined) {
    return `${deleteResource(folder, account, named)} is deleted; ${refreshOf(stack)} finds it`;
  }
  if (verb === "set" && named !== undefined && property !== undefined && text !== undefined) {
    if (rest.length === 0) {
      const value = jsonOrText(text);
      const drifted = setProperty(folder, account, { named, property, value });
      const was = drifted.before === undefined ? "not set" : JSON.stringify(drifted.before);
      const end = isIgnored(place, drifted, property)
        ? `${refreshOf(stack)} stays silent, as the program leaves ${property} to autoscaling (ignoreChanges)`
        : `${refreshOf(stack)} finds it`;
      return `${drifted.handle}: ${property} was ${was} and is ${JSON.stringify(value)}; ${end}`;
    }
  }
  throw new SandboxError(
    `drift got '${action.join(" ")}'; write set <resource> <property> <value>, or delete <resource>, or nothing for a list`,
  );
}

const refreshOf = (stack: string): string => `\`npm run sandbox -- refresh ${stack}\``;

/** True where the program has told Pulumi to leave the property, or what it is a part of, alone. */
function isIgnored(
  { deployed }: Place,
  { type, name }: DriftedProperty,
  property: string,
): boolean {
  const ignored = deployed()
    .filter((resource) => resource.type === type && resource.urn.endsWith(`::${name}`))
    .flatMap(({ ignoreChanges = [] }) => ignoreChanges);
  return ignored.some(
    (path) => property === path || [".", "["].some((next) => property.startsWith(path + next)),
  );
}

function list(folder: string, stack: string): string {
  const resources = listResources(folder);
  if (resources.length === 0) {
    throw new SandboxError(
      `the simulated account of '${stack}' is empty; deploy with \`npm run sandbox -- up ${stack}\``,
    );
  }
  return alignColumns(resources.map(({ handle, id }) => [handle, id]))
    .map((cells) => cells.join("  ").trimEnd())
    .join("\n");
}

/** A value as JSON, or the text itself where it is none. */
function jsonOrText(value: string): Json {
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}
