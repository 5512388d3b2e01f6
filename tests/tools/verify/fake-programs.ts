import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

/** What a fake program does when it is called: an answer, or a failure with its words. */
type Reply = { readonly json: unknown } | { readonly text: string } | { readonly error: string };

/** Replies by the start of the arguments; of several for one the last stays. */
export type Replies = Readonly<Record<string, readonly Reply[]>>;

const PROGRAM = `#!/usr/bin/env node
const fs = require("node:fs");
const path = require("node:path");
const name = path.basename(process.argv[1]);
const args = process.argv.slice(2);
const file = path.join(__dirname, "replies.json");
const replies = JSON.parse(fs.readFileSync(file, "utf8"));
fs.appendFileSync(path.join(__dirname, "calls.txt"), [name, ...args].join(" ") + "\\n");
const key = Object.keys(replies).find((start) => [name, ...args].join(" ").startsWith(start));
if (key === undefined) {
  console.error("nobody expected " + [name, ...args].join(" "));
  process.exit(99);
}
const reply = replies[key][0];
if (replies[key].length > 1) {
  replies[key].shift();
  fs.writeFileSync(file, JSON.stringify(replies));
}
// Who writes to a program that has ended already fails.
if (args.includes("--password-stdin")) fs.readFileSync(0);
if (reply.error !== undefined) {
  console.error(reply.error);
  process.exit(254);
}
process.stdout.write(reply.text ?? JSON.stringify(reply.json));
`;

/** Programs on a PATH of their own, which answer as they were told. */
export interface FakePrograms {
  readonly path: string;
  /** Every call, in its order. */
  readonly calls: () => readonly string[];
}

const folders: string[] = [];

/** Puts `aws` and `pulumi` on a PATH that has nothing else but node. */
export function fakePrograms(replies: Replies, names = ["aws", "pulumi"]): FakePrograms {
  const folder = mkdtempSync(join(tmpdir(), "verify-"));
  folders.push(folder);
  for (const name of names) {
    writeFileSync(join(folder, name), PROGRAM);
    chmodSync(join(folder, name), 0o755);
  }
  writeFileSync(join(folder, "replies.json"), JSON.stringify(replies));
  writeFileSync(join(folder, "calls.txt"), "");
  return {
    path: [folder, dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter),
    calls: () => readFileSync(join(folder, "calls.txt"), "utf8").split("\n").slice(0, -1),
  };
}

after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
