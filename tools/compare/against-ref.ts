import { existsSync } from "node:fs";
import { join } from "node:path";
import type { StackReview } from "../review/stack-review";
import { idlePermissions, refuseUnusedTypes } from "./allowed-types";
import { compare, type CompareOptions } from "./compare";
import { failureOf } from "./comparison-error";
import { fillWorktree } from "./fill-worktree";
import { withoutGit } from "./git";
import { findBase } from "./git-base";
import { recordCheckout } from "./record-checkout";
import { isCallable, recordInTurn } from "./record-in-turn";
import type * as RecordWorkingTreeModule from "./record-working-tree";
import type { RecordedWorkingTree } from "./record-working-tree";
import { securityChanges } from "./security";
import type { RecordedStack } from "./side-format";
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
 * changed" of a pull request does. The ref's own tools record it, in a temporary worktree that is
 * written while the working tree is recorded. A stack that the ref does not have is new.
 *
 * @returns a review for each of the stacks, in their order, and one for each that is removed; what a
 *   stack cannot tell does not keep the others from it
 * @throws ComparisonError where there is nothing to compare with
 */
export async function reviewAgainstRef(request: RefRequest): Promise<readonly StackReview[]> {
  const { directory, stacks, say } = request;
  const base = await findBase(directory, request.ref);
  const earlier = base.stacks;
  const isRemoved = (stack: string): boolean =>
    earlier.includes(stack) && !isHere(directory, stack);
  const both = stacks.filter((stack) => earlier.includes(stack) && !isRemoved(stack));
  const present = stacks.filter((stack) => !isRemoved(stack));
  const recordAfter = (meanwhile?: Promise<unknown>): Promise<RecordedWorkingTree> =>
    loadedRecorder().recordWorkingTree(directory, present, base.workingTree, meanwhile);
  const reviewsOf = (before: Recorded, after: Recorded): readonly StackReview[] => {
    refuseUnusedTypes(request.allowDestruction, [...before, ...after]);
    for (const line of idlePermissions(base.permitted, [...before, ...after])) say(line);
    const allowDestruction = [...request.allowDestruction, ...base.permitted];
    return stacks.map((stack) =>
      isRemoved(stack)
        ? removedStack(stack, base.label)
        : reviewOf(of(before, stack), of(after, stack), { label: base.label, allowDestruction }),
    );
  };
  if (both.length === 0) return reviewsOf([], (await recordAfter()).stacks);
  return withWorktree(directory, base, async (worktree, signal, endUse) => {
    if (worktree.packages === undefined) say(installingPackages(base.label));
    // As both programs find it, whatever the first one makes of it.
    const environment = withoutGit(process.env);
    const filled = fillWorktree(worktree, signal);
    const recordApart = (): Promise<Recorded> =>
      recordCheckout(worktree, both, environment, signal);
    // Without packages in common nothing is won by one process.
    const apart = worktree.packages === undefined ? filled.then(recordApart) : undefined;
    // Awaited below; a refusal before that would end the process.
    for (const promise of [filled, apart]) promise?.catch(() => undefined);
    const { stacks: after, isQuiet } = await recordAfter(apart ?? filled);
    const inTurn =
      isQuiet && isCallable(worktree)
        ? await recordInTurn(directory, worktree, both, environment)
        : undefined;
    const before = inTurn ?? (await (apart ?? recordApart()));
    endUse();
    return reviewsOf(before, after);
  });
}

type Recorded = readonly RecordedStack[];

const installingPackages = (label: string): string =>
  `installing the packages of ${label}, whose package-lock.json is another one; this takes longer`;

const of = (recorded: Recorded, name: string): RecordedStack | undefined =>
  recorded.find(({ stack }) => stack === name);

function isHere(directory: string, stack: string): boolean {
  return ["yaml", "yml"].some((extension) =>
    existsSync(join(directory, `Pulumi.${stack}.${extension}`)),
  );
}

/** The Pulumi SDK takes half a second to load, in which git writes the worktree. */
function loadedRecorder(): typeof RecordWorkingTreeModule {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would need an ESM loader
  return require("./record-working-tree") as typeof RecordWorkingTreeModule;
}

/** The review of a stack that both sides have, or that is new. */
function reviewOf(
  earlier: RecordedStack | undefined,
  latest: RecordedStack | undefined,
  {
    label,
    allowDestruction,
  }: { readonly label: string; readonly allowDestruction: CompareOptions["allowDestruction"] },
): StackReview {
  if (latest === undefined) throw new Error("a stack was not recorded");
  if ("failure" in latest) return latest;
  const { stack } = latest;
  if (earlier !== undefined && "failure" in earlier) {
    return { stack, failure: `error: ${failureOf(label, earlier.failure)}\n` };
  }
  const comparison = compare(earlier?.side, latest.side, { allowDestruction });
  return { stack, comparison, security: securityChanges(comparison) };
}

function removedStack(stack: string, label: string): StackReview {
  const failure = `its file is removed; what ${label} declares stays in AWS until pulumi destroy`;
  return { stack, failure, isRemoved: true };
}
