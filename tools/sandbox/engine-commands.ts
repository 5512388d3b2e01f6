import type { Use } from "./session";

/** One command of the sandbox that the CLI carries out. */
export interface EngineCommand {
  readonly name: string;
  readonly summary: string;
  readonly use: Use;
  /** Arguments of the CLI; the stack, the settings and what stands after `--` are added. */
  readonly args: (after: readonly string[]) => readonly string[];
  /** True for commands that take the option --config-file. */
  readonly readsConfig: boolean;
  /** True for commands that run the program, which the policy pack judges. */
  readonly isJudged: boolean;
  /** True for commands that the CLI asks a person to confirm. */
  readonly asks: boolean;
  /** True for commands that the CLI refuses where it can ask nobody. */
  readonly needsConsent: boolean;
}

const CHANGING: Use = { creates: false, changes: true, needsAws: true };
const READING: Use = { creates: false, changes: false, needsAws: false };

export const ENGINE_COMMANDS: readonly EngineCommand[] = [
  {
    name: "up",
    summary: "deploy the stack to its simulated account",
    use: { ...CHANGING, creates: true },
    args: () => ["up"],
    readsConfig: true,
    isJudged: true,
    asks: true,
    needsConsent: true,
  },
  {
    name: "preview",
    summary: "show what `up` would change",
    use: { creates: true, changes: false, needsAws: true },
    args: () => ["preview"],
    readsConfig: true,
    isJudged: true,
    asks: false,
    needsConsent: false,
  },
  {
    name: "refresh",
    summary: "read the simulated account into the stack's state",
    use: CHANGING,
    args: () => ["refresh"],
    readsConfig: true,
    isJudged: false,
    asks: true,
    needsConsent: true,
  },
  {
    name: "destroy",
    summary: "delete everything that the stack has deployed",
    use: CHANGING,
    args: () => ["destroy"],
    readsConfig: true,
    isJudged: false,
    asks: true,
    needsConsent: true,
  },
  {
    name: "outputs",
    summary: "show the stack's outputs",
    use: READING,
    args: () => ["stack", "output"],
    readsConfig: false,
    isJudged: false,
    asks: false,
    needsConsent: false,
  },
  {
    name: "cancel",
    summary: "unlock the stack after a run that was killed",
    use: READING,
    args: () => ["cancel", "--yes"],
    readsConfig: false,
    isJudged: false,
    asks: false,
    needsConsent: false,
  },
  {
    name: "unprotect",
    summary: "let protected resources be deleted: all, or those whose URNs stand after --",
    use: { ...READING, changes: true },
    args: (after) => [
      ...["state", "unprotect"],
      ...(after.some((argument) => !argument.startsWith("-")) ? [] : ["--all"]),
    ],
    readsConfig: false,
    isJudged: false,
    asks: true,
    needsConsent: false,
  },
  {
    name: "pulumi",
    summary: "run any other command of the CLI on the stack: pulumi dev -- stack export",
    use: { creates: false, changes: false, needsAws: true },
    args: () => [],
    readsConfig: false,
    isJudged: false,
    asks: false,
    needsConsent: false,
  },
];
