import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { commandOf, type Project, stepsOf } from "../../../tools/ci/steps";

const SCRIPTS = ["check", "preview", "policy", "policy:bootstrap", "review"];

const aProject = (overrides: Partial<Project> = {}): Project => ({
  stacks: ["dev", "prod"],
  accounts: ["prod"],
  scripts: SCRIPTS,
  base: { kind: "ref", ref: "origin/main", why: "the default branch of origin" },
  output: undefined,
  fullReportUrl: undefined,
  ...overrides,
});

const idleOf = (overrides: Partial<Project>) =>
  stepsOf(aProject(overrides))
    .filter(({ idle }) => idle !== undefined)
    .map(({ title, idle }) => [title, idle]);

describe("stepsOf", () => {
  it("checks, then shows and judges every stack, judges what the accounts have, then reviews the change", () => {
    assert.deepEqual(
      stepsOf(aProject()).map((step) => [step.name, step.title, commandOf(step)]),
      [
        ["check", "check", "npm run check"],
        ["preview", "preview dev", "npm run preview -- dev"],
        ["preview", "preview prod", "npm run preview -- prod"],
        ["policies", "policies dev", "npm run policy -- dev"],
        ["policies", "policies prod", "npm run policy -- prod"],
        ["bootstrap", "bootstrap prod", "npm run policy:bootstrap -- prod"],
        ["review", "review", "npm run review -- --against origin/main"],
      ],
    );
    assert.deepEqual(idleOf({}), []);
  });

  it("has in its first step all that it says of it", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
      scripts: Record<string, string>;
    };

    const parts = ["format", "types", "lint", "imports", "unused", "workflows"];
    assert.deepEqual(scripts["check"]?.split(" && ").sort(), [
      ...parts.map((part) => `npm run check:${part}`).sort(),
      "npm test",
    ]);
    assert.equal(
      stepsOf(aProject())[0]?.purpose,
      "format, types, lint, imports, unused code, workflows and tests",
    );
  });

  it("names the base of the review and why it is that", () => {
    assert.equal(
      stepsOf(aProject()).at(-1)?.purpose,
      "what the change does to every stack, against origin/main (the default branch of origin)",
    );
  });

  it("has the review write its files where a folder is named, quoted for a shell", () => {
    const [review] = stepsOf(aProject({ output: "the report's" })).slice(-1);

    assert.equal(
      commandOf(review!),
      "npm run review -- --against origin/main --output 'the report'\\''s'",
    );
  });

  it("has the review name where it is whole", () => {
    const fullReportUrl = "https://github.com/acme/web/actions/runs/5";
    const [review] = stepsOf(aProject({ output: "review", fullReportUrl })).slice(-1);

    assert.equal(
      commandOf(review!),
      `npm run review -- --against origin/main --output review --full-report-url ${fullReportUrl}`,
    );
  });

  it("fails a review that has no base, and does not where there is nothing to compare", () => {
    assert.deepEqual(idleOf({ base: { kind: "none", why: "no repository" } }), [
      ["review", { why: "no repository", failed: true }],
    ]);
    assert.deepEqual(idleOf({ base: { kind: "same", why: "HEAD is main" } }), [
      ["review", { why: "HEAD is main", failed: false }],
    ]);
  });

  it("fails a step whose script is gone", () => {
    assert.deepEqual(idleOf({ scripts: SCRIPTS.filter((name) => name !== "check") }), [
      ["check", { why: "package.json has no script 'check'", failed: true }],
    ]);
  });
});
