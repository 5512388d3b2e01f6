// Checks the workflows in three ways: with GitHub's own language service, which npm brings, and with
// actionlint and zizmor where they are on the PATH:
//
//   node .ci/workflows/check.mjs [folder]     the folder that holds .github; without it this one
//
// .ci/workflows/with gets both. A linter that is missing is skipped with a line that says so; with
// WORKFLOW_LINTERS=required that is a failure.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import "./json-modules.mjs";

const folder = resolve(process.argv[2] ?? ".");
const isRequired = process.env.WORKFLOW_LINTERS === "required";

/** Workflows of this repository that another one calls; there is no network for those of others. */
const fileProvider = {
  getFileContent: ({ path }) => {
    const content = readFileSync(join(folder, path), "utf8");
    return Promise.resolve({ name: path, content });
  },
};

const results = [
  await checkWithLanguageService(),
  // Without its argument actionlint looks for the root of a git repository.
  checkWith("actionlint", ["-color", ...workflows()], "and shellcheck for the scripts in it"),
  checkWith("zizmor", ["--offline", "--no-progress", "--strict-collection", ".github"]),
];
process.exitCode = results.every(Boolean) ? 0 : 1;

/** GitHub's own parser and expressions, as its editor extensions use them. */
async function checkWithLanguageService() {
  const { validate } = await import("@actions/languageservice");
  const { TextDocument } = await import("vscode-languageserver-textdocument");
  let faults = 0;
  for (const file of [...workflows(), ...actions()]) {
    const path = join(folder, file);
    const text = readFileSync(path, "utf8");
    const uri = pathToFileURL(path).href;
    const document = TextDocument.create(uri, "yaml", 0, text);
    for (const { range, message } of await validate(document, { fileProvider })) {
      const { line, character } = range.start;
      process.stdout.write(`${file}:${line + 1}:${character + 1}: ${message}\n`);
      faults += 1;
    }
  }
  return report("GitHub's language service", faults === 0);
}

function checkWith(linter, args, about = "") {
  const { status, error } = spawnSync(linter, args, { cwd: folder, stdio: "inherit" });
  if (error === undefined) return report(linter, status === 0);
  if (error.code !== "ENOENT") throw error;
  const what = [linter, about].filter(Boolean).join(" ");
  process.stdout.write(`skipped: ${what} is not on the PATH; .ci/workflows/with gets it\n`);
  return !isRequired;
}

function report(linter, holds) {
  process.stdout.write(`${linter}: ${holds ? "no fault" : "faults, see above"}\n`);
  return holds;
}

function workflows() {
  return filesIn(".github/workflows").filter((file) => /\.ya?ml$/.test(file));
}

function actions() {
  return filesIn(".github/actions")
    .flatMap((action) => [`${action}/action.yml`, `${action}/action.yaml`])
    .filter((file) => existsSync(join(folder, file)));
}

function filesIn(path) {
  const absolute = join(folder, path);
  return existsSync(absolute)
    ? readdirSync(absolute)
        .sort()
        .map((name) => `${path}/${name}`)
    : [];
}
