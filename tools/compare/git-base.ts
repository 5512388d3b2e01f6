import { hint } from "../preview/hint";
import { ComparisonError } from "./comparison-error";
import { type Answer, Git } from "./git";
import type { Permission } from "./permission";

/** The commit that a working tree is compared with. */
export interface GitBase {
  readonly commit: string;
  /** `main (1a2b3c4)`, `commit 1a2b3c4`, or `where this branch left main (1a2b3c4)` where the ref has moved on since. */
  readonly label: string;
  /** `working tree (1a2b3c4)`, or `working tree (1a2b3c4 and uncommitted changes)`. */
  readonly workingTree: string;
  /** Folder of the project within the repository, with a slash at its end; empty for the root. */
  readonly prefix: string;
  /** Absolute path of the repository's own folder, which its worktrees share. */
  readonly gitFolder: string;
  /** Names of the stacks that have a file in the commit, sorted. */
  readonly stacks: readonly string[];
  /** What commits since the base permit by a trailer `Replaces: <type>`, each by its latest commit; sorted by type. */
  readonly permitted: readonly Permission[];
}

/**
 * Finds what a change is compared with, as the tab "Files changed" of a pull request does: the commit
 * where HEAD left `ref`.
 *
 * @param directory of the project, in the repository or below its root
 * @throws ComparisonError where there is no such commit, with what to do
 */
export async function findBase(directory: string, ref: string): Promise<GitBase> {
  const git = new Git(directory);
  const [place, head, named] = await Promise.all([
    git.run("rev-parse", "--show-prefix", "--path-format=absolute", "--git-common-dir"),
    commitIfAny(git, "HEAD"),
    commitIfAny(git, ref),
  ]);
  const { gitFolder, prefix } = placeIn(git, place);
  if (head === undefined) {
    throw new ComparisonError("the repository has no commit yet; there is nothing to compare with");
  }
  const tip = named ?? (await unknownCommit(git, ref));
  const commit = await forkPoint(git, ref, tip, head);
  const [short, workingTree, permitted, files] = await Promise.all([
    shortOf(git, commit),
    workingTreeLabel(git, head),
    permissions(git, commit, head),
    filesOf(git, commit, prefix),
  ]);
  const name = tip.startsWith(ref) ? `commit ${short}` : `${ref} (${short})`;
  refuseForeign(files, prefix, name);
  const label = commit === tip ? name : `where this branch left ${ref} (${short})`;
  const stacks = stacksIn(files);
  return { commit, prefix, gitFolder, label, workingTree, stacks, permitted };
}

/** Folder of the project within its repository, with a slash at its end; empty for the root, and outside of one. */
export async function prefixIn(directory: string): Promise<string> {
  try {
    return (await new Git(directory).textIfAny("rev-parse", "--show-prefix")) ?? "";
  } catch (error) {
    // Without git nobody knows of a repository.
    if (error instanceof ComparisonError) return "";
    throw error;
  }
}

function placeIn(
  git: Git,
  { code, stdout, stderr }: Answer,
): { readonly gitFolder: string; readonly prefix: string } {
  if (code === 0) {
    const [prefix = "", gitFolder = ""] = stdout.split("\n");
    return { gitFolder, prefix };
  }
  if (!stderr.includes("not a git repository")) {
    // For example a folder of another owner; git says itself what to do.
    throw new ComparisonError(
      stderr
        .trim()
        .replace(/^fatal: /, "")
        .replaceAll("\n", "\n    "),
    );
  }
  throw new ComparisonError(
    `${git.directory} is in no git repository; run the command in a clone, or compare with --against-stack`,
  );
}

async function commitIfAny(git: Git, ref: string): Promise<string | undefined> {
  const asked = ["--verify", "--quiet", "--end-of-options", `${ref}^{commit}`];
  return ref === "" ? undefined : git.textIfAny("rev-parse", ...asked);
}

async function unknownCommit(git: Git, ref: string): Promise<never> {
  const meant = await hintOfRef(git, ref);
  const remedy = meant === "" ? "; name a branch, a tag or a commit, or fetch it first" : meant;
  throw new ComparisonError(`--against: git knows no commit '${ref}'${remedy}`);
}

/** The ref that is near, whether or not the word names its remote; a word of a letter or two is near to anything. */
async function hintOfRef(git: Git, ref: string): Promise<string> {
  if (ref.length < SHORTEST_MISSPELT) return "";
  const kinds = ["refs/heads", "refs/tags", "refs/remotes"];
  const known = await git.text("for-each-ref", "--format=%(refname)", ...kinds);
  const refs = known.split("\n").filter((name) => name !== "");
  const names = refs.map((name) => name.replace(/^refs\/[^/]+\//, ""));
  const remote = names.find((name) => name.endsWith(`/${ref}`));
  if (remote !== undefined) return `; did you mean '${remote}'?`;
  const byBranch = new Map(
    refs.flatMap((name) => {
      const [, whole, branch] = /^refs\/remotes\/([^/]+\/(.+))$/.exec(name) ?? [];
      return whole === undefined || branch === undefined ? [] : [[branch, whole] as const];
    }),
  );
  const meant = hint(ref, [...names, ...byBranch.keys()]);
  return meant.replace(/'(.*)'/, (quoted, branch: string) =>
    names.includes(branch) ? quoted : `'${byBranch.get(branch) ?? branch}'`,
  );
}

const SHORTEST_MISSPELT = 3;

/** Where HEAD left the ref. */
async function forkPoint(git: Git, ref: string, tip: string, head: string): Promise<string> {
  const { code, stdout, stderr } = await git.run("merge-base", tip, head);
  if (code === 0) return stdout.trim();
  if ((await git.text("rev-parse", "--is-shallow-repository")) === "true") {
    throw new ComparisonError(
      `the clone is shallow, and the commit where HEAD left '${ref}' is not in it; run git fetch --unshallow, ` +
        "or give actions/checkout fetch-depth: 0",
    );
  }
  if (stderr.trim() !== "") throw new ComparisonError(stderr.trim().replace(/^fatal: /, ""));
  throw new ComparisonError(
    `'${ref}' and HEAD have no commit in common; compare with a ref of the same history`,
  );
}

/** The files of the project's own folder in the commit, and what records it, from that folder. */
async function filesOf(git: Git, commit: string, prefix: string): Promise<ReadonlySet<string>> {
  const listing = ["ls-tree", "--name-only", "-z", "--full-tree", commit];
  const [files, recorder] = await Promise.all([
    git.text(...listing, ...(prefix === "" ? [] : [prefix])),
    git.text(...listing, prefix + RECORDER),
  ]);
  const paths = [...files.split("\0"), ...recorder.split("\0")];
  return new Set(paths.map((path) => path.slice(prefix.length)));
}

/** The project has to be in the commit, with the tools that record it. */
function refuseForeign(found: ReadonlySet<string>, prefix: string, label: string): void {
  const folder = prefix === "" ? "its root" : prefix;
  if (!found.has("Pulumi.yaml") && !found.has("Pulumi.yml")) {
    throw new ComparisonError(
      `${label} has no Pulumi.yaml in ${folder}: the project is not there yet; compare with a later commit`,
    );
  }
  if (!found.has(RECORDER)) {
    throw new ComparisonError(
      `${label} has no ${RECORDER}, by which it would be recorded; compare with a later commit`,
    );
  }
}

const stacksIn = (files: ReadonlySet<string>): readonly string[] =>
  [...files].flatMap((path) => STACK_FILE.exec(path)?.[1] ?? []).sort();

const STACK_FILE = /^Pulumi\.(.+)\.ya?ml$/;

async function workingTreeLabel(git: Git, head: string): Promise<string> {
  const [short, status] = await Promise.all([
    shortOf(git, head),
    git.text("status", "--porcelain", "--untracked-files=normal"),
  ]);
  return `working tree (${short}${status === "" ? "" : " and uncommitted changes"})`;
}

const shortOf = (git: Git, commit: string): Promise<string> =>
  git.text("rev-parse", "--short", commit);

async function permissions(git: Git, base: string, head: string): Promise<Permission[]> {
  const format = "--format=%x1e%h%x1f%(trailers:key=Replaces,valueonly,unfold)%x1f%s";
  const log = await git.text("log", format, `${base}..${head}`);
  const byType = new Map<string, Permission>();
  for (const entry of log.split("\u001e").slice(1).reverse()) {
    const [commit = "", values = "", subject = ""] = entry.split("\u001f");
    const by = `${commit} (${subject.trim().slice(0, SUBJECT_LENGTH)})`;
    const types = values.split(/[\s,]+/).filter((word) => /^[\w-]+:[\w/.-]+:\w+$/.test(word));
    for (const type of types) byType.set(type, { type, by });
  }
  return [...byType.values()].sort((one, other) => (one.type < other.type ? -1 : 1));
}

const SUBJECT_LENGTH = 100;

/** What records a side, from the folder of the project. */
export const RECORDER = "tools/compare/start.cjs";
