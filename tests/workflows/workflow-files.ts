import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

type Permissions = Readonly<Record<string, string>>;

export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, unknown>>;
}

export interface Job {
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly "runs-on"?: string;
  readonly "timeout-minutes"?: number;
  readonly environment?: string;
  readonly permissions?: Permissions;
  readonly concurrency?: Concurrency;
  readonly env?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: { readonly stack: readonly string[] } };
  readonly steps?: readonly Step[];
}

interface Concurrency {
  readonly group: string;
  readonly "cancel-in-progress": boolean;
}

export interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Permissions;
  readonly defaults?: { readonly run: { readonly shell: string } };
  readonly concurrency?: Concurrency;
  readonly jobs: Readonly<Record<string, Job>>;
}

const FOLDER = ".github/workflows";

/** The workflows by the names of their files. */
export const workflows: Readonly<Record<string, Workflow>> = Object.fromEntries(
  readdirSync(FOLDER).map((file) => [file, read(join(FOLDER, file)) as Workflow]),
);

/** The steps of this repository's own actions by the paths of their files. */
const actions: Readonly<Record<string, readonly Step[]>> = Object.fromEntries(
  readdirSync(".github/actions").map((name) => {
    const file = join(".github/actions", name, "action.yml");
    return [file, (read(file) as { runs: { steps: Step[] } }).runs.steps];
  }),
);

/** Every job with the name of its workflow's file. */
export const jobs: readonly { readonly file: string; readonly name: string; readonly job: Job }[] =
  Object.entries(workflows).flatMap(([file, workflow]) =>
    Object.entries(workflow.jobs).map(([name, job]) => ({ file, name, job })),
  );

/** Every step of every workflow and action, with where it stands. */
export const steps: readonly { readonly where: string; readonly step: Step }[] = [
  ...jobs.flatMap(({ file, name, job }) =>
    (job.steps ?? []).map((step, index) => ({ where: `${file} ${name}[${String(index)}]`, step })),
  ),
  ...Object.entries(actions).flatMap(([file, own]) =>
    own.map((step, index) => ({ where: `${file}[${String(index)}]`, step })),
  ),
];

/** The text of a workflow. */
export const textOf = (file: string): string => readFileSync(join(FOLDER, file), "utf8");

/** The texts of all workflows and actions by their paths. */
export const texts: Readonly<Record<string, string>> = Object.fromEntries(
  [...Object.keys(workflows).map((file) => join(FOLDER, file)), ...Object.keys(actions)].map(
    (path) => [path, readFileSync(path, "utf8")],
  ),
);

/** Names of the stacks that have a file of settings. */
export const stacks: readonly string[] = readdirSync(".")
  .flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [])
  .sort();

/** True for a file of this repository that the runner may start. */
export const isFile = (path: string): boolean => existsSync(path);

function read(path: string): unknown {
  return parse(readFileSync(path, "utf8"));
}
