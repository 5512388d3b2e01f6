import { createHash } from "node:crypto";
import type { Hash } from "node:crypto";
import {
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  statSync,
} from "node:fs";
import path from "node:path";
import dockerignore from "@balena/dockerignore";
import type { ContainerBuild } from "./container-contract";

/** A file or symbolic link that an ignore file leaves in. */
export interface ContextEntry {
  /** POSIX path from the context. */
  readonly relative: string;
  readonly isLink: boolean;
  /**
   * Folder that Docker's archive of the context leaves out although a `!` pattern keeps this entry in it; undefined
   * where the entry is in the archive. `docker compose build` does send it, the deployment's build does not.
   */
  readonly skippedFolder: string | undefined;
}

/**
 * SHA-256, hex, of what an image is built from: each entry of the context by its path, permissions and content (a
 * symbolic link by its target), the Dockerfile, the target and the arguments. Times, owners and empty folders are left
 * out. Permissions are in because the image's provider builds anew where they differ, and could not push what it built
 * under a tag that did not change with them.
 * @param build paths from the working directory.
 * @param entries what listBuildContext() found.
 * @throws Node's error for a file that cannot be read.
 */
export function hashBuildContext(
  build: Omit<ContainerBuild, "contentHash">,
  entries: readonly ContextEntry[],
): string {
  const hash = createHash("sha256");
  const args = Object.entries(build.args).sort(([a], [b]) => (a < b ? -1 : 1));
  addRecord(hash, ["build", build.target ?? null, args]);
  addFile(hash, ["dockerfile"], build.dockerfile);
  for (const { relative, isLink } of entries) {
    const file = path.join(build.context, relative);
    if (isLink) addRecord(hash, ["link", relative, readlinkSync(file).split(path.sep).join("/")]);
    else addFile(hash, ["file", relative], file);
  }
  return hash.digest("hex");
}

/** Everything in a context but folders, sorted by path. Ignored folders are entered only for a `!` pattern. */
export function listBuildContext(context: string, dockerfile: string): readonly ContextEntry[] {
  const ignore = readIgnoreFile(context, dockerfile);
  const entries: ContextEntry[] = [];
  const visit = (folder: string, skippedFolder: string | undefined): void => {
    for (const entry of readdirSync(path.join(context, folder), { withFileTypes: true })) {
      const relative = folder === "" ? entry.name : `${folder}/${entry.name}`;
      const ignored = ignore.ignores(relative);
      if (entry.isDirectory()) {
        if (!ignored) visit(relative, skippedFolder);
        else if (ignore.mayKeepBelow(relative)) {
          visit(relative, skippedFolder ?? (ignore.archiveEnters(relative) ? undefined : relative));
        }
      } else if (!ignored && (entry.isFile() || entry.isSymbolicLink())) {
        entries.push({ relative, isLink: entry.isSymbolicLink(), skippedFolder });
      }
    }
  };
  visit("", undefined);
  // By code units: a locale's order would differ between machines.
  return entries.sort((a, b) => (a.relative < b.relative ? -1 : 1));
}

interface IgnoreFile {
  ignores(relative: string): boolean;
  /** True where a `!` pattern could keep something in a folder that is ignored itself. */
  mayKeepBelow(folder: string): boolean;
  /** True where Docker's archive looks into an ignored folder: it takes a `!` pattern's wildcards literally for that. */
  archiveEnters(folder: string): boolean;
}

/** Docker and the image's provider prefer an ignore file beside the Dockerfile to the one of the context. */
function readIgnoreFile(context: string, dockerfile: string): IgnoreFile {
  const file = [`${dockerfile}.dockerignore`, path.join(context, ".dockerignore")].find(
    (candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile() === true,
  );
  const text = file === undefined ? "" : readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  const lines = text.split(/\r?\n/);
  const rules = matcher(lines);
  const kept = lines.filter((line) => line.trim().startsWith("!")).map(keptPattern);
  const above = kept.map(foldersAbove);
  return {
    ignores: (relative) => rules.ignores(relative),
    mayKeepBelow: (folder) => above.some((folders) => folders.ignores(folder)),
    archiveEnters: (folder) => kept.some((pattern) => `${pattern}/`.startsWith(`${folder}/`)),
  };
}

function keptPattern(line: string): string {
  const pattern = path.posix.normalize(line.trim().slice(1).trim());
  return pattern.replace(/^\//, "").replace(/\/$/, "");
}

/** Matches the folders in which a kept path can lie: for `a/b/c` just `a` and `a/b`, below a `**` every folder. */
function foldersAbove(pattern: string) {
  const segments = pattern.split("/");
  const anyDepth = segments.findIndex((segment) => segment.includes("**"));
  const depth = anyDepth === -1 ? segments.length - 1 : anyDepth;
  const lines: string[] = [];
  for (let length = 1; length <= depth; length += 1) {
    const folder = segments.slice(0, length).join("/");
    // A pattern also matches everything below it, which the second line takes back.
    lines.push(folder, `!${folder}/*`);
  }
  if (anyDepth === 0) return matcher(["**"]);
  return matcher(anyDepth === -1 ? lines : lines.slice(0, -1));
}

/** The library folds case unless it is told not to; Docker does not. */
function matcher(lines: string[]) {
  return dockerignore({ ignorecase: false }).add(lines);
}

const CHUNK_BYTES = 1 << 20;
const PERMISSIONS = 0o777;

function addFile(hash: Hash, record: readonly unknown[], file: string): void {
  const descriptor = openSync(file, "r");
  try {
    const { size, mode } = fstatSync(descriptor);
    addRecord(hash, [...record, mode & PERMISSIONS, size]);
    const chunk = Buffer.allocUnsafe(Math.min(size + 1, CHUNK_BYTES));
    for (;;) {
      const length = readSync(descriptor, chunk);
      if (length === 0) return;
      hash.update(chunk.subarray(0, length));
    }
  } finally {
    closeSync(descriptor);
  }
}

/** One line of JSON ahead of each content, with its size, so that no two contexts give the same bytes. */
function addRecord(hash: Hash, record: readonly unknown[]): void {
  hash.update(`${JSON.stringify(record)}\n`);
}
