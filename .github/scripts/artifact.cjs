"use strict";

const { Buffer } = require("node:buffer");
const { execFileSync } = require("node:child_process");
const { mkdtempSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

/** Bytes of an archive; a review of ten stacks has less than a tenth of it. */
const ARCHIVE_LIMIT = 5 * 1024 * 1024;
/** Bytes of one file in it, unpacked. */
const FILE_LIMIT = 8 * 1024 * 1024;

/**
 * Reads files of an artifact that an untrusted run has made. Nothing is unpacked to the disk, so that no
 * name in the archive can lead anywhere; an archive or a file that is too large is refused.
 *
 * @param files names to read
 * @returns text by name, or undefined where the run has left no such artifact
 */
async function readArtifact({ github, repository, runId, name, files }) {
  const artifacts = await github.paginate(github.rest.actions.listWorkflowRunArtifacts, {
    ...repository,
    run_id: runId,
    per_page: 100,
  });
  // Another attempt of the same run leaves another artifact of the same name.
  const [newest] = artifacts
    .filter((artifact) => artifact.name === name && !artifact.expired)
    .sort((a, b) => b.id - a.id);
  if (newest === undefined) return undefined;
  if (newest.size_in_bytes > ARCHIVE_LIMIT) {
    throw new Error(
      `the artifact ${name} has ${newest.size_in_bytes} bytes; at most ${ARCHIVE_LIMIT} are read`,
    );
  }
  const { data } = await github.rest.actions.downloadArtifact({
    ...repository,
    artifact_id: newest.id,
    archive_format: "zip",
  });
  return readArchive(Buffer.from(data), files);
}

/** Texts of the named files in a ZIP archive, by their names. */
function readArchive(archive, files) {
  const folder = mkdtempSync(join(tmpdir(), "artifact-"));
  try {
    const path = join(folder, "artifact.zip");
    writeFileSync(path, archive);
    return Object.fromEntries(files.map((file) => [file, readMember(path, file)]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readMember(archive, file) {
  try {
    return execFileSync("unzip", ["-p", archive, file], {
      encoding: "utf8",
      maxBuffer: FILE_LIMIT,
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    if (error.code === "ENOBUFS") {
      throw new Error(`${file} in the artifact is larger than ${FILE_LIMIT} bytes`, {
        cause: error,
      });
    }
    const said = String(error.stderr ?? error.message).trim();
    throw new Error(`${file} cannot be read from the artifact: ${said}`, { cause: error });
  }
}

module.exports = { readArtifact };
