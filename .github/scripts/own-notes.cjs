"use strict";

/** Who writes with the token of a workflow. */
const AUTHOR = "github-actions[bot]";

/**
 * Keeps those comments or issues that a workflow has written and that begin with a marker, oldest first.
 * Anybody can write the marker into a text, so that the author counts too.
 */
function ownNotes(notes, marker) {
  return notes
    .filter(
      ({ user, body }) => user?.type === "Bot" && user.login === AUTHOR && begins(body, marker),
    )
    .sort((a, b) => a.id - b.id);
}

const begins = (body, marker) => (body ?? "").trimStart().startsWith(marker);

module.exports = { ownNotes };
