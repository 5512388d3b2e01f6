import type { Environment } from "../preview/screen";
import type { Git } from "./git";

/** What the working tree is compared with, or why it cannot be. */
export type Base =
  | { readonly kind: "ref"; readonly ref: string; readonly why: string }
  /** The working tree is the base itself. */
  | { readonly kind: "same"; readonly why: string }
  | { readonly kind: "none"; readonly why: string };

/**
 * Finds the ref that a change is reviewed against: the one that was asked for, in a pull request its
 * base, else the default branch as the clone knows it.
 *
 * @param against what was asked for
 */
export function findBase(against: string | undefined, environment: Environment, git: Git): Base {
  if (git("rev-parse", "--git-dir") === undefined) {
    return none(
      "this folder is no git repository, or git is missing: there is nothing to compare with",
    );
  }
  const head = commitOf("HEAD", git);
  if (head === undefined) {
    return none("the repository has no commit yet: there is nothing to compare with");
  }
  const { ref, why, missing } = candidate(against, environment, git);
  const commit = ref === undefined ? undefined : commitOf(ref, git);
  if (ref === undefined || commit === undefined) return none(missing);
  // As the review asks, whatever the user has set: a new stack is a file that git does not track yet.
  const changed = git("status", "--porcelain", "--untracked-files=normal");
  const isUnchanged = commit === head && changed === "";
  return isUnchanged
    ? {
        kind: "same",
        why: `HEAD is ${ref} (${why}) and no file is changed: there is nothing to compare`,
      }
    : { kind: "ref", ref, why };
}

interface Candidate {
  readonly ref: string | undefined;
  readonly why: string;
  /** What to say where there is no such ref. */
  readonly missing: string;
}

function candidate(
  against: string | undefined,
  { GITHUB_BASE_REF: target = "" }: Environment,
  git: Git,
): Candidate {
  if (against !== undefined) {
    const missing = `--against: git knows no commit '${against}'; name a branch, a tag or a commit, and fetch it first`;
    return { ref: against, why: "named by --against", missing };
  }
  if (target !== "") {
    const ref = `origin/${target}`;
    const missing = `${ref}, the base of the pull request, is not in this clone; check out with fetch-depth: 0`;
    return { ref, why: "the base of the pull request", missing };
  }
  const head = git("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD");
  const choices = [
    ...(head === undefined ? [] : [{ ref: head, why: "the default branch of origin" }]),
    { ref: "origin/main", why: "as this clone does not know the default branch of origin" },
    { ref: "main", why: "as this clone has no origin/main" },
  ];
  const found = choices.find(({ ref }) => commitOf(ref, git) !== undefined);
  const missing = `found none of ${choices.map(({ ref }) => ref).join(", ")} to compare with; name a ref with --against`;
  return { ref: found?.ref, why: found?.why ?? "", missing };
}

function commitOf(ref: string, git: Git): string | undefined {
  // A ref that begins with a dash would be taken for an option.
  return ref.startsWith("-")
    ? undefined
    : git("rev-parse", "--verify", "--quiet", `${ref}^{commit}`);
}

function none(why: string): Base {
  return { kind: "none", why };
}
