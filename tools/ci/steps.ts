import { quoted } from "../preview/quoted";
import type { Base } from "./base";

/** One thing that is checked. */
export interface Step {
  /** What `--only` names. */
  readonly name: string;
  /** The name, and the stack where the step is about one. */
  readonly title: string;
  /** What it looks at, for a person. */
  readonly purpose: string;
  /** Script of package.json. */
  readonly script: string;
  /** Arguments of the script. */
  readonly args: readonly string[];
  /** Why there is nothing to run; `failed` where that must not pass for a success. */
  readonly idle: { readonly why: string; readonly failed: boolean } | undefined;
}

/** What the steps depend on. */
export interface Project {
  readonly stacks: readonly string[];
  /** Stacks of the program in bootstrap/. */
  readonly accounts: readonly string[];
  /** Names of the scripts in package.json. */
  readonly scripts: readonly string[];
  readonly base: Base;
  /** Folder for the files of the review. */
  readonly output: string | undefined;
  /** Where the whole review is for a comment that is cut; undefined where nothing keeps it. */
  readonly fullReportUrl: string | undefined;
}

/** The steps of continuous integration in the order in which they run. */
export function stepsOf(project: Project): readonly Step[] {
  const { stacks, accounts, scripts } = project;
  const steps: Step[] = [
    step("check", "format, types, lint, imports, unused code, workflows and tests", "check"),
    ...stacks.map((stack) =>
      step("preview", "the program runs, and what it declares", "preview", stack),
    ),
    ...stacks.map((stack) => step("policies", "the policy pack on the stack", "policy", stack)),
    ...accounts.map((account) =>
      step("bootstrap", "the policy pack on bootstrap/", "policy:bootstrap", account),
    ),
    reviewStep(project),
  ];
  return steps.map((each) =>
    each.idle !== undefined || scripts.includes(each.script)
      ? each
      : { ...each, idle: { why: `package.json has no script '${each.script}'`, failed: true } },
  );
}

/** The command of a step as a person types it. */
export function commandOf({ script, args }: Pick<Step, "script" | "args">): string {
  return ["npm", ...npmArguments({ script, args })].map(quoted).join(" ");
}

/** What npm is called with. */
export function npmArguments({ script, args }: Pick<Step, "script" | "args">): string[] {
  return ["run", script, ...(args.length === 0 ? [] : ["--", ...args])];
}

function step(name: string, purpose: string, script: string, stack?: string): Step {
  const title = stack === undefined ? name : `${name} ${stack}`;
  return {
    ...{ name, title, purpose, script },
    args: stack === undefined ? [] : [stack],
    idle: undefined,
  };
}

function reviewStep({ base, output, fullReportUrl }: Project): Step {
  const ref = base.kind === "ref" ? base.ref : "REF";
  const args = [
    ...["--against", ref],
    ...(output === undefined ? [] : ["--output", output]),
    ...(fullReportUrl === undefined ? [] : ["--full-report-url", fullReportUrl]),
  ];
  const purpose =
    base.kind === "ref"
      ? `what the change does to every stack, against ${base.ref} (${base.why})`
      : "what the change does to every stack";
  return {
    ...step("review", purpose, "review"),
    args,
    idle: base.kind === "ref" ? undefined : { why: base.why, failed: base.kind === "none" },
  };
}
