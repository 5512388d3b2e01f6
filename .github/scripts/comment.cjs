"use strict";

const { readArtifact } = require("./artifact.cjs");
const { ownNotes } = require("./own-notes.cjs");

/** The first line of a review, which is hidden and names the project: by it the comment is found again. */
const MARKER = /^<!-- review of project [\w.%]+ -->(?=\n)/;
/** Characters that GitHub takes. */
const LIMIT = 65_536;

/**
 * Writes the review that a run of `pull-request` has left as an artifact into one comment of its pull
 * request. The artifact is made by the pull request's own code, so that nothing it says of itself is
 * believed: the number must belong to the commit that the run was started for.
 *
 * @param read reads the artifact's files; a parameter for tests
 * @returns what was done, in words
 */
async function publishReview({ github, context, read = readArtifact }) {
  const run = context.payload.workflow_run;
  const repository = context.repo;
  if (run.event !== "pull_request") return `nothing: the run was started by ${run.event}`;
  const files = await read({
    github,
    repository,
    runId: run.id,
    name: "review",
    files: ["pull-request.json", "review.json", "review.md"],
  });
  if (files === undefined) return "nothing: the run has left no review";

  const number = readNumber(files["pull-request.json"], run);
  const pull = await findPull(github, repository, number, run);
  if (pull.state !== "open") return `nothing: #${number} is ${pull.state}`;
  if (pull.head.sha !== run.head_sha) return `nothing: #${number} has a newer commit`;

  const marker = readMarker(files["review.md"]);
  const note = {
    github,
    repository,
    number,
    marker,
    body: bodyOf(files["review.md"], marker, run),
  };
  const [first, ...others] = await listOwn(note);
  // Silence would look like a failure where an earlier commit had changes.
  if (first === undefined && !hasChanges(files["review.json"])) {
    return `nothing: #${number} changes nothing`;
  }
  await remove(note, others);
  if (first !== undefined) return update(note, first);

  const { data: created } = await github.rest.issues.createComment({
    ...repository,
    issue_number: number,
    body: note.body,
  });
  return settle(note, created);
}

function readNumber(text, run) {
  let claim;
  try {
    claim = JSON.parse(text);
  } catch (error) {
    throw new Error("pull-request.json is no JSON", { cause: error });
  }
  const { number, headSha } = claim ?? {};
  if (!Number.isSafeInteger(number) || number < 1) {
    throw new Error(`pull-request.json: number is ${JSON.stringify(number)}, expected an integer`);
  }
  if (headSha !== run.head_sha) {
    throw new Error(
      `pull-request.json: headSha is ${JSON.stringify(headSha)}, but the run is of ${run.head_sha}`,
    );
  }
  // GitHub lists none for a pull request from a fork.
  const numbers = run.pull_requests.map((pull) => pull.number);
  if (numbers.length > 0 && !numbers.includes(number)) {
    throw new Error(
      `pull-request.json: number is ${number}, but the run is of #${numbers.join(", #")}`,
    );
  }
  return number;
}

async function findPull(github, repository, number, run) {
  const { data: pull } = await github.rest.pulls.get({ ...repository, pull_number: number });
  const isOfRun =
    pull.head.repo?.full_name === run.head_repository.full_name &&
    pull.head.ref === run.head_branch;
  // Two pull requests can have the same commit; the branch tells them apart.
  if (!isOfRun) {
    throw new Error(
      `#${number} is of ${pull.head.repo?.full_name ?? "a deleted repository"}:${pull.head.ref}, ` +
        `but the run is of ${run.head_repository.full_name}:${run.head_branch}`,
    );
  }
  return pull;
}

function readMarker(markdown) {
  const [marker] = MARKER.exec(markdown) ?? [];
  if (marker === undefined) throw new Error("review.md does not begin with the marker of a review");
  return marker;
}

/** True where a stack changes, or could not be compared. */
function hasChanges(text) {
  const { stacks } = JSON.parse(text);
  if (!Array.isArray(stacks)) throw new Error("review.json has no list of stacks");
  return stacks.some(({ isUnchanged }) => isUnchanged !== true);
}

/** The note of whose report it is comes first: nothing that follows can hide it, as an open comment of HTML would. */
function bodyOf(markdown, marker, run) {
  const commit = run.head_sha.slice(0, 7);
  const note = `<sub>Of ${commit}, by [this run](${run.html_url}) of the pull request's own code.</sub>`;
  const text = withoutMentions(markdown.slice(marker.length)).trim();
  const short = `The review is too long for a comment: [it is in the run](${run.html_url}).`;
  return [text, short]
    .map((each) => `${marker}\n\n${note}\n\n${each}\n`)
    .find(({ length }) => length <= LIMIT);
}

/**
 * A report of somebody else's code must call nobody: an invisible character follows each `@` that is not inside a
 * word, in code too, as what looks like code need not be any. GitHub looks for mentions in what is displayed: there an
 * entity is the character that it stands for, be it the `@` itself, the letter after it or what looks like the end of
 * a word before it. In HTML an entity may do without its semicolon.
 */
const withoutMentions = (text) =>
  text
    .replace(/&(?=#0*64(?!\d)|#x0*40(?![\da-f])|commat\b)/gi, "&amp;")
    // The `@` first, as looking back from every other character takes long.
    .replace(/@(?:(?<![A-Za-z0-9]@)|(?<=&#?[A-Za-z0-9]+@))/g, "@\u2060");

async function listOwn({ github, repository, number, marker }) {
  const comments = await github.paginate(github.rest.issues.listComments, {
    ...repository,
    issue_number: number,
    per_page: 100,
  });
  return ownNotes(comments, marker);
}

async function update({ github, repository, number, body }, comment) {
  if (comment.body === body) return `nothing: the comment of #${number} says so already`;
  await github.rest.issues.updateComment({ ...repository, comment_id: comment.id, body });
  return `updated the comment of #${number}`;
}

/** Where two runs have created a comment at the same time, both keep the older one. */
async function settle(note, created) {
  const [first = created, ...others] = await listOwn(note);
  await remove(note, others);
  return first.id === created.id ? `created the comment of #${note.number}` : update(note, first);
}

async function remove({ github, repository }, comments) {
  for (const { id } of comments) {
    try {
      await github.rest.issues.deleteComment({ ...repository, comment_id: id });
    } catch (error) {
      // The other run was faster.
      if (error.status !== 404) throw error;
    }
  }
}

module.exports = { publishReview };
