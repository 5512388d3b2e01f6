import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { accessSync, constants, readFileSync } from "node:fs";
import { renderSarif as renderPolicies } from "../../tools/policy/render-sarif";
import { renderSarif as renderReview } from "../../tools/review/render-sarif";
import { aVerdict } from "../tools/policy/verdicts";
import { aReview } from "../tools/review/comparisons";
import { isFile, jobs, stacks, steps, texts, textOf, workflows } from "./workflow-files";

const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
  scripts: Record<string, string>;
};

/** The triggers of each workflow; a new one is a decision. */
const TRIGGERS = {
  "ci.yml": ["workflow_call"],
  "comment.yml": ["workflow_run"],
  "deploy-stack.yml": ["workflow_call"],
  "deploy.yml": ["push"],
  "drift.yml": ["schedule", "workflow_dispatch"],
  "preview.yml": ["pull_request"],
  "pull-request.yml": ["pull_request"],
  "unlock.yml": ["workflow_dispatch"],
};

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly name: string } };
    readonly automationDetails: { readonly id: string };
  }[];
}

/** Where an upload of findings does not fail: a private repository has code scanning only where it was bought. */
const CODE_SCANNING = "!github.event.repository.private || vars.CODE_SCANNING == 'true'";

/** What is wrong, empty where all is well. */
const failing = <T extends { where: string }>(found: readonly T[], fails: (each: T) => boolean) =>
  found.filter(fails).map(({ where }) => where);

describe("workflows", () => {
  it("have the triggers that docs/ci.md explains, and never pull_request_target", () => {
    assert.deepEqual(
      Object.fromEntries(
        Object.entries(workflows).map(([file, { on }]) => [file, Object.keys(on).sort()]),
      ),
      TRIGGERS,
    );
    assert.equal(
      Object.values(texts).some((text) => text.includes("pull_request_target")),
      false,
    );
  });

  it("are named as their files", () => {
    assert.deepEqual(
      Object.entries(workflows).map(([file, { name }]) => [file, `${name}.yml`]),
      Object.keys(workflows).map((file) => [file, file]),
    );
  });

  it("pin every foreign action to a commit, with its version beside it, and one commit an action", () => {
    const uses = Object.values(texts).flatMap((text) =>
      [...text.matchAll(/uses: (.*)$/gm)].map(([, value = ""]) => value),
    );
    const foreign = uses.filter((value) => !value.startsWith("./"));

    assert.ok(foreign.length > 20);
    assert.deepEqual(
      foreign.filter((value) => !/^[\w.-]+(\/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(value)),
      [],
    );
    const pins = [...new Set(foreign)];
    const names = pins.map((value) => value.split("@")[0]);
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    );
  });

  it("call only actions and workflows of this repository that are there", () => {
    const own = [...jobs.map(({ job }) => job.uses), ...steps.map(({ step }) => step.uses)]
      .filter((value) => value?.startsWith("./") === true)
      .map((value) => value ?? "");

    assert.ok(own.length >= 7);
    assert.deepEqual(
      own.filter((value) => !isFile(value.endsWith(".yml") ? value : `${value}/action.yml`)),
      [],
    );
  });

  it("give no permission to a workflow, and the documented ones to each job", () => {
    const documented = [
      ...readFileSync("docs/ci.md", "utf8").matchAll(
        /^\| `([\w-]+\.yml)` +\| `([\w-]+)` +\| (.*?) +\|/gm,
      ),
    ].map(([, file, job, permissions]) => [file, job, permissions]);

    assert.deepEqual(
      Object.entries(workflows).filter(
        ([, { permissions }]) => JSON.stringify(permissions) !== "{}",
      ),
      [],
    );
    assert.deepEqual(
      documented,
      jobs.map(({ file, name, job: { permissions = { "not given": "" } } }) => {
        const texts = Object.entries(permissions).map((entry) => `\`${entry.join(": ")}\``);
        return [file, name, texts.length === 0 ? "none" : texts.join(", ")];
      }),
    );
  });

  it("keep no token in a checkout", () => {
    const checkouts = steps
      .filter(({ step }) => step.uses?.startsWith("actions/checkout@") === true)
      .map(({ where, step }) => ({ where, kept: step.with?.["persist-credentials"] }));

    assert.ok(checkouts.length >= 7);
    assert.deepEqual(
      failing(checkouts, ({ kept }) => kept !== false),
      [],
    );
  });

  it("take a text of an event, an input or an output only as a variable, never into a script", () => {
    const inScripts = steps.map(({ where, step: { run, with: inputs } }) => ({
      where,
      text: [run, inputs?.["script"]].join(""),
    }));

    assert.deepEqual(
      failing(inScripts, ({ text }) => text.includes("${{")),
      [],
    );
  });

  it("run every script with pipefail", () => {
    const own = Object.entries(workflows)
      .filter(([, { jobs: each }]) => Object.values(each).some(({ steps: s }) => s !== undefined))
      .map(([where, { defaults }]) => ({ where, shell: defaults?.run.shell }));

    assert.deepEqual(
      failing(own, ({ shell }) => shell !== "bash"),
      [],
    );
    const inActions = steps
      .filter(({ where, step }) => where.startsWith(".github/actions") && step.run !== undefined)
      .map(({ where, step: { shell } }) => ({ where, shell }));
    assert.deepEqual(
      failing(inActions, ({ shell }) => shell !== "bash"),
      [],
    );
  });

  it("end every job after a time", () => {
    const found = jobs
      .filter(({ job }) => job.uses === undefined)
      .map(({ file, name, job }) => ({
        where: `${file} ${name}`,
        minutes: job["timeout-minutes"] ?? Infinity,
      }));

    assert.deepEqual(
      failing(found, ({ minutes }) => minutes > 120),
      [],
    );
  });

  it("run scripts that package.json and the repository have", () => {
    const asked = Object.values(texts).flatMap((text) =>
      [...text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name = ""]) => name),
    );
    const files = Object.values(texts).flatMap((text) =>
      [...text.matchAll(/\.github\/scripts\/[\w.-]+\.(?:cjs|sh)/g)].map(([file]) => file),
    );

    assert.deepEqual([...new Set(asked)].sort(), ["ci", "policy", "promote", "verify"]);
    assert.deepEqual(
      asked.filter((name) => scripts[name] === undefined),
      [],
    );
    assert.deepEqual([...new Set(files)].sort(), [
      ".github/scripts/comment.cjs",
      ".github/scripts/drift.cjs",
      ".github/scripts/pull-image.sh",
      ".github/scripts/push-image.sh",
    ]);
    for (const file of files.filter((each) => each.endsWith(".sh"))) {
      accessSync(file, constants.X_OK);
    }
  });

  it("know every stack, and no other", () => {
    const found = jobs
      .map(({ file, name, job }) => ({
        where: `${file} ${name}`,
        list: job.strategy?.matrix.stack,
      }))
      .filter(({ list }) => list !== undefined);
    const options = (
      workflows["unlock.yml"]?.on["workflow_dispatch"] as {
        inputs: { stack: { options: string[] } };
      }
    ).inputs.stack.options;
    const deployed = Object.values(workflows["deploy.yml"]?.jobs ?? {}).flatMap(
      (job) => job.with?.["stack"] ?? [],
    );

    assert.deepEqual(
      found.map(({ where }) => where),
      ["ci.yml findings", "drift.yml drift", "preview.yml preview"],
    );
    assert.deepEqual(
      failing(found, ({ list = [] }) => String([...list].sort()) !== String(stacks)),
      [],
    );
    assert.deepEqual([...options].sort(), stacks);
    assert.deepEqual([...deployed].sort(), stacks);
  });
});

describe("workflows of a pull request", () => {
  it("run again for another base, and are never skipped, as a required check that is skipped counts as passed", () => {
    for (const file of ["preview.yml", "pull-request.yml"]) {
      assert.deepEqual(
        workflows[file]?.on,
        { pull_request: { types: ["opened", "synchronize", "reopened", "edited"] } },
        file,
      );
    }
    assert.equal(workflows["pull-request.yml"]?.jobs["review"]?.if, undefined);
  });
});

describe("the upload of findings", () => {
  it("is left out where a repository has no code scanning, so that a deployment does not fail for it", () => {
    const uploading = jobs.filter(({ job }) =>
      job.steps?.some(({ uses = "" }) => uses.startsWith("github/codeql-action/upload-sarif@")),
    );

    assert.deepEqual(
      uploading.map(({ file, name, job }) => [file, name, job.if?.includes(CODE_SCANNING)]),
      [
        ["ci.yml", "findings", true],
        ["pull-request.yml", "findings", true],
      ],
    );
  });
});

describe("the findings under Security", () => {
  it("are of the tools and categories that docs/ci.md tells apart", () => {
    const uploaded = [
      renderPolicies(aVerdict({ stack: "<stack>" })),
      renderReview([aReview()]),
    ].flatMap((log) => (JSON.parse(log) as Log).runs);
    const [, ofMain, ofPullRequest] =
      /`ci` uploads them as the tool (.*?), `pull-request` as\s+(.*?), so that GitHub compares neither/s.exec(
        readFileSync("docs/ci.md", "utf8"),
      ) ?? [];

    assert.deepEqual(
      uploaded.map(
        ({ tool, automationDetails }) =>
          `\`${tool.driver.name}\`, category \`${automationDetails.id}\``,
      ),
      [ofMain, ofPullRequest],
    );
    assert.notEqual(ofMain, ofPullRequest);
  });
});

describe("pull-request.yml", () => {
  it("uses no secret, no identity, and no variable but the one that tells whether there is code scanning", () => {
    const text = textOf("pull-request.yml");

    assert.doesNotMatch(text, /secrets\.|github\.token|id-token|configure-aws-credentials/);
    assert.deepEqual([...new Set(text.match(/vars\.\w+/g))], ["vars.CODE_SCANNING"]);
  });

  it("lets the job that runs the pull request's code write nothing", () => {
    const { review, findings } = workflows["pull-request.yml"]?.jobs ?? {};

    assert.deepEqual(review?.permissions, { contents: "read" });
    assert.deepEqual(
      findings?.steps?.filter(
        ({ run, uses = "" }) => run !== undefined || uses.includes("checkout"),
      ),
      [],
    );
  });

  it("uploads findings for pull requests of the same repository only", () => {
    const condition = workflows["pull-request.yml"]?.jobs["findings"]?.if ?? "";

    assert.match(
      condition,
      /&& github\.event\.pull_request\.head\.repo\.full_name == github\.repository/,
    );
    assert.doesNotMatch(condition.replace(CODE_SCANNING, ""), /\|\|/);
  });

  it("has a group for each run of a merge queue, which leaves no note for a comment", () => {
    const note = workflows["pull-request.yml"]?.jobs["review"]?.steps?.find(
      ({ id }) => id === "reviewed",
    );

    assert.equal(
      workflows["pull-request.yml"]?.concurrency?.group,
      "pull-request-${{ github.event.pull_request.number || github.run_id }}",
    );
    assert.match(note?.if ?? "", / && github\.event_name == 'pull_request' && /);
  });

  it("has the history that the comparison needs", () => {
    const [checkout] = workflows["pull-request.yml"]?.jobs["review"]?.steps ?? [];

    assert.equal(checkout?.with?.["fetch-depth"], 0);
    assert.equal(checkout.with["ref"], undefined);
  });
});

describe("comment.yml", () => {
  const { comment } = workflows["comment.yml"]?.jobs ?? {};

  it("checks out its own scripts at its own commit, and nothing of the pull request", () => {
    const found = comment?.steps?.filter(({ uses = "" }) => uses.startsWith("actions/checkout@"));

    assert.deepEqual(
      found?.map((step) => step.with),
      [
        {
          ref: "${{ github.workflow_sha }}",
          "sparse-checkout": ".github/scripts",
          "persist-credentials": false,
        },
      ],
    );
    assert.doesNotMatch(textOf("comment.yml"), /head_sha|head\.sha|refs\/pull|gh pr|git /);
  });

  it("runs nothing but that script", () => {
    assert.deepEqual(
      comment?.steps?.map(({ run, uses = "" }) => run ?? uses.split("@")[0]),
      ["actions/checkout", "actions/github-script"],
    );
  });

  it("follows the workflow that leaves the review", () => {
    const { workflows: names } = workflows["comment.yml"]?.on["workflow_run"] as {
      workflows: string[];
    };

    assert.deepEqual(names, [workflows["pull-request.yml"]?.name]);
  });
});

describe("workflows with credentials", () => {
  const identified = jobs.filter(({ job }) => job.permissions?.["id-token"] !== undefined);

  it("are these jobs", () => {
    assert.deepEqual(
      identified.map(({ file, name }) => `${file} ${name}`),
      [
        "deploy-stack.yml deploy",
        "deploy.yml dev",
        "deploy.yml prod",
        "drift.yml drift",
        "preview.yml preview",
        "unlock.yml unlock",
      ],
    );
  });

  it("run no script of a package, which could ask for the identity too", () => {
    const installs = steps.flatMap(({ where, step: { run = "" } }) =>
      /\bnpm (?:ci|i|install)\b/.test(run) ? [{ where, run }] : [],
    );
    const files = [".github/actions/", ...identified.map(({ file, name }) => `${file} ${name}[`)];

    assert.deepEqual(
      installs.filter(({ where }) => files.some((file) => where.startsWith(file))),
      [{ where: ".github/actions/pulumi/action.yml[2]", run: "npm ci --ignore-scripts" }],
    );
  });

  it("take the deploy role in an environment only, and the preview role in none", () => {
    const found = identified.flatMap(({ file, job }) => {
      const role = /AWS_(DEPLOY|PREVIEW)_ROLE_\{0\}/.exec(JSON.stringify(job))?.[1];
      return role === undefined ? [] : [[file, role, job.environment]];
    });

    assert.deepEqual(found, [
      ["deploy-stack.yml", "DEPLOY", "${{ inputs.stack }}"],
      ["drift.yml", "PREVIEW", undefined],
      ["preview.yml", "PREVIEW", undefined],
      ["unlock.yml", "DEPLOY", "${{ inputs.stack }}"],
    ]);
  });

  it("preview pull requests of the same repository only, with a check for each stack all the same", () => {
    const preview = workflows["preview.yml"]?.jobs["preview"];

    assert.equal(preview?.if, undefined);
    assert.match(
      preview?.env?.["ROLE"] ?? "",
      /^\$\{\{\s+github\.event\.pull_request\.head\.repo\.full_name == github\.repository\s+&& github\.event\.pull_request\.user\.login != 'dependabot\[bot\]'\s+&& vars\[format\('AWS_PREVIEW_ROLE_\{0\}', matrix\.stack\)\] \|\| ''\s+\}\}$/,
    );
    assert.deepEqual(
      preview?.steps
        ?.slice(1)
        .filter(({ if: condition = "" }) => !condition.startsWith("env.ROLE != ''")),
      [],
    );
  });
});

describe("deploy.yml", () => {
  const { on, concurrency, jobs: own } = workflows["deploy.yml"]!;

  it("checks, then deploys dev, then prod with the image of dev", () => {
    assert.deepEqual(on, { push: { branches: ["main"] } });
    assert.deepEqual(
      Object.entries(own).map(([name, { needs, uses }]) => [name, needs, uses]),
      [
        ["ci", undefined, "./.github/workflows/ci.yml"],
        ["unset", undefined, undefined],
        ["dev", "ci", "./.github/workflows/deploy-stack.yml"],
        ["prod", "dev", "./.github/workflows/deploy-stack.yml"],
      ],
    );
    assert.deepEqual(own["dev"]?.with, { stack: "dev", builds: true });
    assert.deepEqual(own["prod"]?.with, {
      stack: "prod",
      image: "${{ needs.dev.outputs.image }}",
    });
  });

  it("fails before anything else where a stack neither builds its image nor was given one", () => {
    const [check, ...others] = workflows["deploy-stack.yml"]?.jobs["deploy"]?.steps ?? [];
    const { status, stdout } = spawnSync(
      "bash",
      ["--norc", "-euo", "pipefail", "-c", check?.run ?? ""],
      {
        encoding: "utf8",
        env: { ...process.env, STACK: "prod" },
      },
    );

    assert.equal(check?.if, "${{ !inputs.builds && env.IMAGE == '' }}");
    assert.deepEqual(
      [status, stdout],
      [
        1,
        "::error::stack prod builds no image and was given none; docs/ci.md says where it can be lost\n",
      ],
    );
    const conditions = others.map((step) => [step.name ?? step.uses?.split("@")[0], step.if]);
    assert.deepEqual(
      conditions.filter(([, condition]) => condition !== undefined),
      [
        ["docker/setup-qemu-action", "inputs.builds"],
        ["actions/download-artifact", "${{ !inputs.builds }}"],
        ["Copy the image to the stack's repository", "${{ !inputs.builds }}"],
        ["Set the image", "${{ !inputs.builds }}"],
        ["Keep the image for the next stack", "inputs.builds"],
        ["actions/upload-artifact", "inputs.builds"],
      ],
    );
  });

  it("says which stack it leaves out, where a job that is skipped would say nothing", () => {
    assert.equal(
      own["unset"]?.if,
      "vars.AWS_DEPLOY_ROLE_DEV == '' || vars.AWS_DEPLOY_ROLE_PROD == ''",
    );
    assert.equal(own["dev"]?.if, "vars.AWS_DEPLOY_ROLE_DEV != ''");
    assert.equal(own["prod"]?.if, "vars.AWS_DEPLOY_ROLE_PROD != ''");
  });

  it("never cancels a deployment, and shares its turn with unlock.yml", () => {
    const turn = { group: "deploy-${{ inputs.stack }}", "cancel-in-progress": false };

    assert.equal(concurrency, undefined);
    assert.deepEqual(workflows["deploy-stack.yml"]?.jobs["deploy"]?.concurrency, turn);
    assert.deepEqual(workflows["unlock.yml"]?.jobs["unlock"]?.concurrency, turn);
  });

  it("holds every deployment to the policies, and verifies it", () => {
    const runs = (workflows["deploy-stack.yml"]?.jobs["deploy"]?.steps ?? []).flatMap(
      ({ run }) => run ?? [],
    );
    const up = runs.findIndex((run) => run.startsWith("pulumi up "));

    assert.match(runs[up] ?? "", / --policy-pack policies /);
    assert.equal(runs[up + 1], 'npm run verify -- "$STACK"');
  });
});

describe("unlock.yml", () => {
  it("waits for the confirmation", () => {
    assert.equal(workflows["unlock.yml"]?.jobs["unlock"]?.needs, "confirm");
  });
});
