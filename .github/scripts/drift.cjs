"use strict";

const { ownNotes } = require("./own-notes.cjs");

/** Label of the issues, by which they are found. */
const LABEL = "drift";
/** Characters of a difference that an issue shows; GitHub takes 65,536 in all. */
const LIMIT = 60_000;

/**
 * Keeps one issue for each stack that tells how AWS differs from the stack's state: created or opened
 * again when something differs, updated when something else does, closed when nothing does.
 *
 * @param difference what `pulumi refresh --preview-only --diff` has printed; undefined for no drift
 * @param runUrl page of the run that has looked
 * @returns what was done, in words
 */
async function reportDrift({ github, repository, stack, difference, runUrl }) {
  const marker = `<!-- ecs-on-ec2: drift of ${stack} -->`;
  const issues = await github.paginate(github.rest.issues.listForRepo, {
    ...repository,
    labels: LABEL,
    state: "all",
    per_page: 100,
  });
  const [issue] = ownNotes(
    issues.filter(({ pull_request: pull }) => pull === undefined),
    marker,
  );
  if (difference === undefined) return close(github, repository, stack, issue, runUrl);

  const content = { title: `${stack} has drifted`, body: bodyOf(marker, stack, difference) };
  if (issue === undefined) {
    const { data } = await github.rest.issues.create({
      ...repository,
      ...content,
      labels: [LABEL],
    });
    return `created #${data.number}`;
  }
  if (issue.state === "open" && saysTheSame(issue.body, content.body)) {
    return `nothing: #${issue.number} says so already`;
  }
  await github.rest.issues.update({
    ...repository,
    ...content,
    issue_number: issue.number,
    state: "open",
  });
  await comment(github, repository, issue, `Found by [this run](${runUrl}).`);
  return issue.state === "open" ? `updated #${issue.number}` : `opened #${issue.number} again`;
}

async function close(github, repository, stack, issue, runUrl) {
  if (issue?.state !== "open") return `nothing: ${stack} has not drifted`;
  await comment(github, repository, issue, `[This run](${runUrl}) finds no drift any more.`);
  await github.rest.issues.update({
    ...repository,
    issue_number: issue.number,
    state: "closed",
    state_reason: "completed",
  });
  return `closed #${issue.number}`;
}

function comment(github, repository, issue, body) {
  return github.rest.issues.createComment({ ...repository, issue_number: issue.number, body });
}

function bodyOf(marker, stack, difference) {
  const text = difference.trim();
  const shown =
    text.length <= LIMIT ? text : `${text.slice(0, LIMIT)}\n… the rest is in the log of the run`;
  // A fence must be longer than any in what it holds.
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(Math.max(3, longest + 1));
  return `${marker}

AWS is not as the state of stack \`${stack}\` says. Somebody has changed it by hand, or a run has ended early.

${fence}diff
${asDiff(shown)}
${fence}

- The code is right: \`pulumi up --stack ${stack} --refresh\` puts AWS back.
- AWS is right: write the value into the program or \`Pulumi.${stack}.yaml\`; the next deployment changes nothing then.

This issue updates itself each night, and closes itself when nothing differs any more.
`;
}

/** The engine tells of resources in the order in which AWS answers, which differs from night to night. */
function saysTheSame(one, other) {
  const linesOf = (text) => text.split(/\r?\n/).sort().join("\n");
  return linesOf(one) === linesOf(other);
}

/** GitHub colours lines that begin with a sign, which the CLI indents. */
const asDiff = (text) => text.replace(/^( +)(\+-|[+-])/gm, "$2$1").replace(/^( +)~/gm, "!$1");

module.exports = { reportDrift };
