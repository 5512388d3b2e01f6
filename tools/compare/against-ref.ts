import { existsSync } from "node:fs";
import { join } from "node:path";
import type { StackReview } from "../review/stack-review";
import { refuseUnusedTypes } from "./allowed-types";
import type * as Compare from "./compare";
import { findBase, stacksOf } from "./git-base";
import { failureOf, recordCheckout } from "./record-checkout";
import type * as RecordStacks from "./record-stacks";
import type * as Security from "./security";
import type { RecordedStack } from "./side-format";
import type { StackSide } from "./stack-side";
import { withWorktree } from "./worktree";

/** What is compared with a git ref. */
export interface RefRequest {
  /** Folder of the project, which has to be the working directory. */
  readonly directory: string;
  readonly ref: string;
  readonly stacks: readonly string[];
  /** Types whose resources may be destroyed, beside those that commits permit by a trailer. */
  readonly allowDestruction: readonly string[];
  /** Takes a line about what takes its time. */
  readonly say: (line: string) => void;
}

/**
 * Compares stacks of the working tree with what they were where HEAD left a ref, as the tab "Files
 * changed" of a pull request does. The ref's own tools record it, in a temporary worktree and at the
 * same time. A stack that the ref does not have is new.
 *
 * @returns a review for each of the stacks, in their order, and one for each that is removed; what a
 *   stack cannot tell does not keep the others from it
 * @throws ComparisonError where there is nothing to compare with
 */
export async function reviewAgainstRef(request: RefRequest): Promise<readonly StackReview[]> {
  const { directory, stacks, say } = request;
  const base = await findBase(directory, request.ref);
  const earlier = await stacksOf(directory, base);
  const isRemoved = (stack: string): boolean =>
    earlier.includes(stack) && !isHere(directory, stack);
  const both = stacks.filter((stack) => earlier.includes(stack) && !isRemoved(stack));
  const present = stacks.filter((stack) => !isRemoved(stack));
  const recordingAfter = (): Promise<readonly RecordedStack[]> =>
    recordHere(request, base.workingTree, present);
  const { before, after } =
    both.length === 0
      ? { before: [], after: await recordingAfter() }
      : await withWorktree(directory, base, async (worktree, signal) => {
          if (worktree.packages === undefined) say(installingPackages(base.label));
          const recording = recordCheckout(directory, worktree, both, signal);
          // Awaited below; a refusal before that would end the process.
          recording.catch(() => undefined);
          const recorded = await recordingAfter();
          comparing();
          return { before: await recording, after: recorded };
        });
  refuseUnusedTypes(request.allowDestruction, [...before, ...after]);
  const allowDestruction = [...request.allowDestruction, ...base.permitted];
  return stacks.map((stack) => {
    if (isRemoved(stack)) {
      const failure = `its file is removed; what ${base.label} declares stays in AWS until pulumi destroy`;
      return { stack, failure, isRemoved: true };
    }
    const [earliest, latest] = [of(before, stack), of(after, stack)];
    if (latest === undefined) throw new Error(`stack '${stack}' was not recorded`);
    if ("failure" in latest) return latest;
    if (earliest !== undefined && "failure" in earliest) {
      return { stack, failure: `error: ${failureOf(base.label, earliest.failure)}\n` };
    }
    return reviewOf(stack, earliest?.side, latest.side, allowDestruction);
  });
}

const installingPackages = (label: string): string =>
  `installing the packages of ${label}, whose package-lock.json is another one; this takes longer`;

const of = (recorded: readonly RecordedStack[], name: string): RecordedStack | undefined =>
  recorded.find(({ stack }) => stack === name);

function isHere(directory: string, stack: string): boolean {
  return ["yaml", "yml"].some((extension) =>
    existsSync(join(directory, `Pulumi.${stack}.${extension}`)),
  );
}

function recordHere(
  { directory }: RefRequest,
  label: string,
  stacks: readonly string[],
): Promise<readonly RecordedStack[]> {
  // The Pulumi SDK takes half a second to load, in which the other process is on its way.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would need an ESM loader
  const { recordStacks } = require("./record-stacks") as typeof RecordStacks;
  return recordStacks(directory, stacks, label);
}

/** Loads what compares: at the start it would delay the recording, and while the other process records it is free. */
function comparing(): Pick<typeof Compare & typeof Security, "compare" | "securityChanges"> {
  /* eslint-disable @typescript-eslint/no-require-imports -- import() would need an ESM loader */
  const { compare } = require("./compare") as typeof Compare;
  const { securityChanges } = require("./security") as typeof Security;
  /* eslint-enable @typescript-eslint/no-require-imports */
  return { compare, securityChanges };
}

/** The review of two sides. */
function reviewOf(
  stack: string,
  before: StackSide | undefined,
  after: StackSide,
  allowDestruction: readonly string[],
): StackReview {
  const { compare, securityChanges } = comparing();
  const comparison = compare(before, after, { allowDestruction });
  return { stack, comparison, security: securityChanges(comparison) };
}
