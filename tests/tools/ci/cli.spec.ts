import assert from "node:assert/strict";
import { run, type Surroundings } from "../../../tools/ci/cli";
import type { Ended } from "../../../tools/ci/run-command";

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Commands that were run. */
  readonly commands: readonly string[];
}

/** A clone on a branch beside main. */
const git: Surroundings["git"] = (...args) =>
  args[0] === "symbolic-ref" ? undefined : args.join(" ");

/** Runs the command where each script ends with the code that `codes` has for it, else with 0. */
async function ran(
  args: readonly string[],
  codes: Readonly<Record<string, number | Ended | Error>> = {},
  overrides: Partial<Surroundings> = {},
): Promise<Ran> {
  const texts = { stdout: "", stderr: "" };
  const commands: string[] = [];
  let clock = 0;
  const code = await run(args, {
    environment: {},
    stdout: { write: (text) => (texts.stdout += text) },
    stderr: { write: (text) => (texts.stderr += text) },
    stacks: ["dev", "prod"],
    accounts: [],
    scripts: ["check", "preview", "policy", "review"],
    git,
    runNpm: (command) => {
      commands.push(command.join(" "));
      texts.stdout += "output of the step\n";
      const ended = codes[command[1] ?? ""] ?? 0;
      if (ended instanceof Error) return Promise.reject(ended);
      return Promise.resolve(
        typeof ended === "number" ? { code: ended, interruptedBy: undefined } : ended,
      );
    },
    seconds: () => (clock += 1.5),
    ...overrides,
  });
  return { code, ...texts, commands };
}

const ALL = [
  "run check",
  "run preview -- dev",
  "run preview -- prod",
  "run policy -- dev",
  "run policy -- prod",
  "run review -- --against origin/main",
];

describe("ci run", () => {
  it("runs every step and says its command before and its time after", async () => {
    const { code, stdout, stderr, commands } = await ran([]);

    assert.deepEqual([code, stderr, commands], [0, "", ALL]);
    assert.ok(
      stdout.startsWith(`
check: format, types, lint, imports, unused code, workflows and tests
    npm run check
output of the step
check: passed after 1.5 s

preview dev: the program runs, and what it declares
    npm run preview -- dev
output of the step
preview dev: passed after 1.5 s
`),
      stdout,
    );
    assert.ok(
      stdout.endsWith(`
review: passed after 1.5 s

Steps:
    check          1.5 s  passed
    preview dev    1.5 s  passed
    preview prod   1.5 s  passed
    policies dev   1.5 s  passed
    policies prod  1.5 s  passed
    review         1.5 s  passed
`),
      stdout,
    );
  });

  it("goes on after a step that fails, and ends with the code of the worst", async () => {
    const { code, stdout, commands } = await ran([], { preview: 3, review: 5 });

    assert.equal(code, 3);
    assert.deepEqual(commands, ALL);
    assert.ok(stdout.includes("preview dev: a mandatory policy is violated after 1.5 s\n"));
    assert.ok(stdout.includes("    review         1.5 s  a destruction is not allowed\n"));
    assert.equal((await ran([], { check: 2, preview: 3 })).code, 1);
  });

  it("ends after the first failure with --fail-fast, and says what was left out", async () => {
    const { code, stdout, commands } = await ran(["--fail-fast"], { policy: 3, review: 1 });

    assert.equal(code, 3);
    assert.deepEqual(commands, ALL.slice(0, 4));
    assert.ok(
      stdout.endsWith(
        "    review                not run: an earlier step failed, and --fail-fast was given\n",
      ),
      stdout,
    );
  });

  it("runs the steps that --only names, in their own order", async () => {
    const { commands } = await ran(["--only", "review", "--only", "preview"]);

    assert.deepEqual(commands, [ALL[1], ALL[2], ALL[5]]);
  });

  it("refuses steps that are none, all at once", async () => {
    const { code, stderr, commands } = await ran(["--only", "reviw", "--only", "x"]);

    assert.deepEqual([code, commands], [1, []]);
    assert.equal(
      stderr,
      "error: 'reviw' is no step: check, preview, policies, review; did you mean 'review'?\n" +
        "error: 'x' is no step: check, preview, policies, review\n",
    );
  });

  it("lists the steps without running one", async () => {
    const { code, stdout, commands } = await ran(["--list", "--only", "review"]);

    assert.deepEqual([code, commands], [0, []]);
    assert.equal(
      stdout,
      "\nreview: what the change does to every stack, against origin/main " +
        "(as this clone does not know the default branch of origin)\n" +
        "    npm run review -- --against origin/main\n",
    );
  });

  it("hands the base and the folder of the files on to the review", async () => {
    const { commands } = await ran(["--only", "review", "--against", "v1", "--output", "out"]);

    assert.deepEqual(commands, ["run review -- --against v1 --output out"]);
  });

  it("names the run of GitHub Actions to the review, and nothing where one of its variables is missing", async () => {
    const whole = {
      GITHUB_ACTIONS: "true",
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_REPOSITORY: "acme/web",
      GITHUB_RUN_ID: "5",
    };
    const commandIn = async (environment: Surroundings["environment"]) =>
      (await ran(["--only", "review"], {}, { environment })).commands;

    assert.deepEqual(await commandIn(whole), [
      `${ALL[5]!} --full-report-url https://github.com/acme/web/actions/runs/5`,
    ]);
    for (const name of Object.keys(whole)) {
      assert.deepEqual(await commandIn({ ...whole, [name]: undefined }), [ALL[5]], name);
      assert.deepEqual(await commandIn({ ...whole, [name]: "" }), [ALL[5]], name);
    }
  });

  it("is content on the base itself, and says that there is nothing to compare", async () => {
    const onBase: Surroundings["git"] = (...args) =>
      args[0] === "rev-parse" ? "1a2b3c4" : args[0] === "status" ? "" : undefined;
    const { code, stdout, commands } = await ran(["--only", "review"], {}, { git: onBase });

    const why =
      "HEAD is origin/main (as this clone does not know the default branch of origin) and no file is changed: " +
      "there is nothing to compare";
    assert.deepEqual([code, commands], [0, []]);
    assert.equal(
      stdout,
      `\nreview: what the change does to every stack\n    not run: ${why}\n\nSteps:\n    review    not run: ${why}\n`,
    );
  });

  it("fails where a step cannot run, and says why", async () => {
    const without = await ran(["--only", "review"], {}, { git: () => undefined });

    assert.deepEqual([without.code, without.commands], [1, []]);
    assert.ok(
      without.stdout.includes(
        "    could not run: this folder is no git repository, or git is missing: there is nothing to compare with\n",
      ),
    );
    const npm = Object.assign(new Error("spawn npm ENOENT"), { code: "ENOENT" });
    const { code, stdout, commands } = await ran(["--only", "policies"], { policy: npm });
    assert.equal(code, 1);
    assert.equal(commands.length, 2);
    assert.ok(
      stdout.endsWith(
        "    policies dev     could not run: npm cannot be started (ENOENT)\n" +
          "    policies prod    could not run: npm cannot be started (ENOENT)\n",
      ),
      stdout,
    );
  });

  it("groups each step's output under GitHub Actions", async () => {
    const { stdout } = await ran(
      ["--only", "check"],
      {},
      { environment: { GITHUB_ACTIONS: "true" } },
    );

    assert.ok(
      stdout.startsWith(`::group::check

check: format, types, lint, imports, unused code, workflows and tests
    npm run check
output of the step
::endgroup::
check: passed after 1.5 s
`),
      stdout,
    );
  });

  it("ends after the step that was interrupted, as a shell does", async () => {
    const { code, stdout, stderr, commands } = await ran([], {
      preview: { code: 1, interruptedBy: "SIGTERM" },
    });

    assert.equal(code, 143);
    assert.deepEqual(commands, ALL.slice(0, 2));
    assert.equal(stderr, "error: interrupted by SIGTERM in step 'preview dev'\n");
    assert.ok(stdout.endsWith("    preview dev  1.5 s  failed with 1\n"), stdout);
  });

  it("shows help, and refuses options that it does not have", async () => {
    assert.equal((await ran(["--help"])).code, 0);
    assert.deepEqual(await ran(["--onyl", "check"]), {
      ...{ code: 1, stdout: "", commands: [] },
      stderr:
        "error: unknown option '--onyl'\n(Did you mean --only?)\nrun `npm run ci -- --help` for the usage\n",
    });
  });
});
