import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { policies } from "../../../policies/pack";
import { readPackConfig } from "../../../policies/pack-config";
import { WaiversError } from "../../../policies/read-waivers";
import { run, type Surroundings } from "../../../tools/policy/cli";
import type { PackConfig } from "../../../policies/pack-config";
import type { Verdict } from "../../../tools/policy/verdict";
import type { ResourceGraph } from "../../../tools/preview/graph";
import { StackFilesError } from "../../../tools/preview/yaml-file";
import { aGraph } from "../preview/small-graph";
import { inputFolder } from "./input-files";
import { aFinding, aVerdict } from "./verdicts";

const sealed = require.resolve("../preview/sealed-process.cjs");

interface Judged {
  readonly graph: ResourceGraph;
  readonly configured: PackConfig;
  readonly deployed: boolean;
  /** Number of resources before the change. */
  readonly before: number | undefined;
}

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Stacks whose program was run. */
  readonly recorded: readonly string[];
  readonly judged: readonly Judged[];
}

async function ran(args: string[], overrides: Partial<Surroundings> = {}): Promise<Ran> {
  const texts = { stdout: "", stderr: "" };
  const recorded: string[] = [];
  const judged: Judged[] = [];
  const code = await run(args, {
    directory: process.cwd(),
    environment: {},
    stdout: { write: (text) => (texts.stdout += text) },
    stderr: { write: (text) => (texts.stderr += text) },
    record: (_directory, stack) => {
      recorded.push(stack);
      return Promise.resolve(aGraph({ stack }));
    },
    prefixIn: () => Promise.resolve(""),
    configure: (value, environment) => readPackConfig(value, environment, policies),
    judge: (graph, configured, deployed, before) => {
      judged.push({ graph, configured, deployed, before: before?.resources.length });
      return Promise.resolve(aVerdict({ stack: graph.stack }));
    },
    ...overrides,
  });
  return { code, ...texts, recorded, judged };
}

const stateOf = (stack: string) => ({
  version: 3,
  deployment: {
    resources: [
      {
        urn: `urn:pulumi:${stack}::shop::pulumi:pulumi:Stack::shop-${stack}`,
        type: "pulumi:pulumi:Stack",
        custom: false,
      },
    ],
    pending_operations: [{}],
  },
});

const GRAPH = {
  project: "shop",
  stack: "dev",
  resources: [
    {
      urn: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev",
      type: "pulumi:pulumi:Stack",
      ...{ inputs: {}, outputs: {}, options: {} },
    },
  ],
};

describe("policy run", () => {
  const write = inputFolder();

  it("judges the program of dev for no argument", async () => {
    const { code, stdout, stderr, recorded, judged } = await ran([]);

    assert.deepEqual([code, stderr, recorded], [0, "", ["dev"]]);
    assert.equal(stdout, "Policies: 2 policies on 9 resources: no violation\n");
    assert.deepEqual(
      judged.map(({ deployed }) => deployed),
      [false],
    );
  });

  it("judges the stack that is named", async () => {
    assert.deepEqual((await ran(["prod"])).recorded, ["prod"]);
  });

  it("ends with 3 for a mandatory violation, and with 0 for an advisory one", async () => {
    const verdicts = [aFinding(), aFinding({ level: "advisory" })].map((finding) =>
      ran([], { judge: () => Promise.resolve(aVerdict({ findings: [finding] })) }),
    );

    assert.deepEqual(
      (await Promise.all(verdicts)).map(({ code, stderr }) => [code, stderr]),
      [
        [3, ""],
        [0, ""],
      ],
    );
  });

  it("judges a graph file without the program", async () => {
    const { code, recorded, judged } = await ran(["--graph", write("graph.json", GRAPH)]);

    assert.deepEqual([code, recorded], [0, []]);
    assert.deepEqual(
      judged.map(({ graph, deployed }) => [graph.stack, graph.resources.length, deployed]),
      [["dev", 1, false]],
    );
  });

  it("judges a state file as deployed, and tells what is not in it", async () => {
    const file = write("state.json", stateOf("qa"));
    const { code, stderr, judged } = await ran(["--state", file]);

    assert.equal(code, 0);
    assert.equal(
      stderr,
      `note: ${file}: the state has 1 unfinished operation; 'pulumi refresh' settles them\n`,
    );
    assert.deepEqual(
      judged.map(({ graph, deployed }) => [graph.stack, deployed]),
      [["qa", true]],
    );
  });

  it("judges against a graph or a state, by the content of the file", async () => {
    const against = [write("before.json", GRAPH), write("state.json", stateOf("dev"))];
    const runs = [
      await ran(["dev", "--against", against[0]!]),
      await ran(["--graph", write("graph.json", GRAPH), "--against", against[1]!]),
      await ran(["dev"]),
    ];

    assert.deepEqual(
      runs.map(({ code, judged }) => [code, judged[0]?.before]),
      [
        [0, 1],
        [0, 1],
        [0, undefined],
      ],
    );
    assert.deepEqual(
      runs.map(({ stderr }) => stderr),
      [
        "",
        `note: ${against[1]!}: the state has 1 unfinished operation; 'pulumi refresh' settles them\n`,
        "",
      ],
    );
  });

  for (const [what, content, message] of [
    [
      "another stack",
      stateOf("qa"),
      "got stack 'qa' of project 'shop', must be 'dev' of 'shop', which is judged",
    ],
    [
      "another project",
      {
        ...GRAPH,
        project: "store",
      },
      "got stack 'dev' of project 'store', must be 'dev' of 'shop', which is judged",
    ],
    [
      "neither a graph nor a state",
      { maxSize: 3 },
      "the whole file: got an object without 'deployment' and 'resources', must be the state before the change; write one with 'pulumi stack export' or 'npm run --silent preview -- <stack> --json'",
    ],
    [
      "a list",
      [],
      "the whole file: got a list, must be the state before the change; write one with 'pulumi stack export' or 'npm run --silent preview -- <stack> --json'",
    ],
    ["a broken graph", { ...GRAPH, stack: 3 }, "stack: got a number, must be a text"],
  ] as const) {
    it(`refuses to judge against ${what}`, async () => {
      const file = write("before.json", content);
      const { code, stdout, stderr, judged } = await ran(["dev", "--against", file]);

      assert.deepEqual([code, stdout, judged], [1, "", []]);
      assert.ok(stderr.includes(`error: ${file}: ${message}\n`), stderr);
    });
  }

  it("refuses to judge against a file that is not there, before the program runs", async () => {
    const { code, stderr, recorded } = await ran(["dev", "--against", "/no/file"]);

    assert.deepEqual([code, stderr, recorded], [1, "error: /no/file: no such file\n", []]);
  });

  for (const [format, start] of [
    ["text", "Policies: "],
    ["json", '{\n  "project": "shop"'],
    ["sarif", '{\n  "$schema"'],
    ["junit", '<?xml version="1.0"'],
  ] as const) {
    it(`reports as ${format}`, async () => {
      const { code, stdout } = await ran(["--format", format]);

      assert.equal(code, 0);
      assert.equal(stdout.slice(0, start.length), start);
    });
  }

  it("tells files from the root of the repository in SARIF", async () => {
    const { stdout } = await ran(["--format", "sarif"], {
      judge: () => Promise.resolve(aVerdict({ findings: [aFinding()] })),
      prefixIn: (directory) => Promise.resolve(directory === process.cwd() ? "shop/" : ""),
    });

    assert.match(stdout, /"uri": "shop\/infra\/service\.ts"/);
  });

  it("passes a configuration on", async () => {
    const file = write("config.json", { "asg-size-within-limits": { maxCeiling: 3 } });
    const { judged } = await ran(["--policy-pack-config", file]);

    assert.deepEqual(judged[0]?.configured["asg-size-within-limits"], {
      limits: { maxCeiling: 3 },
    });
  });

  it("refuses a wrong configuration by its file, all faults at once", async () => {
    const file = write("config.json", {
      colour: "x",
      "asg-size-within-limits": { maxCeiling: "3" },
    });
    const { code, stdout, stderr, judged } = await ran(["--policy-pack-config", file]);

    assert.deepEqual([code, stdout, judged], [1, "", []]);
    assert.equal(
      stderr,
      `error: ${file}: colour: is no policy of the pack\n` +
        `error: ${file}: asg-size-within-limits.maxCeiling is a string, must be a number\n`,
    );
  });

  for (const [what, args, message] of [
    [
      "an unknown format",
      ["--format", "xml"],
      "error: option '--format <format>' argument 'xml' is invalid. Allowed choices are text, json, sarif, junit.\n",
    ],
    [
      "an unknown option",
      ["--grph", "x"],
      "error: unknown option '--grph'\n(Did you mean --graph?)\n",
    ],
    ["two stacks", ["dev", "prod"], "error: too many arguments. Expected 1 argument but got 2.\n"],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { code, stdout, stderr } = await ran([...args]);

      assert.deepEqual([code, stdout], [1, ""]);
      assert.equal(stderr, `${message}run \`npm run policy -- --help\` for the usage\n`);
    });
  }

  it("refuses two things to judge", async () => {
    const { code, stderr } = await ran(["dev", "--graph", "x.json"]);

    assert.equal(code, 1);
    assert.equal(
      stderr,
      "error: arguments: got more than one of a stack, --graph and --state; pass one of them\n",
    );
  });

  it("refuses a file that is not there, or none", async () => {
    const file = write("graph.json", "[]");

    assert.equal((await ran(["--state", "/no/file"])).stderr, "error: /no/file: no such file\n");
    assert.match(
      (await ran(["--graph", file])).stderr,
      /^error: \S+: the whole file: got a list, /,
    );
  });

  it("gives faults of stack files and waivers on stderr, and nothing on stdout", async () => {
    const faults = [
      new StackFilesError([{ file: "Pulumi.prd.yaml", line: undefined, message: "is missing" }]),
      new WaiversError("policies/waivers.yaml:3: owner: got nothing"),
    ];
    const runs = await Promise.all(
      faults.map((fault) => ran([], { judge: () => Promise.reject(fault) })),
    );

    assert.deepEqual(
      runs.map(({ code, stdout, stderr }) => [code, stdout, stderr]),
      [
        [1, "", "error: Pulumi.prd.yaml: is missing\n"],
        [1, "", "error: policies/waivers.yaml:3: owner: got nothing\n"],
      ],
    );
  });

  it("explains itself", async () => {
    const { code, stdout, stderr, recorded } = await ran(["--help"]);

    assert.deepEqual([code, stderr, recorded], [0, "", []]);
    assert.equal(
      stdout,
      `Usage: npm run policy -- [stack] [options]

Judges a stack with the policy pack, as \`pulumi preview --policy-pack policies\`
does: what the program declares, a graph that a preview wrote, or what is
deployed. Needs no Pulumi CLI, no AWS account and no network.

Arguments:
  stack                        stack whose program is judged, here: dev, prod
                               (default: "dev")

Options:
  --graph <file>               judge what \`npm run preview -- --json\` wrote
  --state <file>               judge what \`pulumi stack export\` wrote
  --against <file>             judge the size of the change too: what \`pulumi
                               stack export\` or \`npm run preview -- --json\`
                               wrote before it
  --format <format>            how to report (choices: "text", "json", "sarif",
                               "junit", default: "text")
  --policy-pack-config <file>  levels and limits as JSON, as the Pulumi CLI
                               takes them
  --no-color                   plain text, as NO_COLOR=1; FORCE_COLOR=1 colours
                               a pipe too
  -h, --help                   show this text

Exit codes:
  0  no mandatory policy is violated
  1  wrong arguments, wrong input or a fault in the program; stderr says which
  3  a mandatory policy is violated

Examples:
  npm run policy -- prod
  npm run --silent policy -- prod --format sarif > prod.sarif
  pulumi stack export | npm run policy -- --state /dev/stdin
  pulumi stack export --stack prod | npm run policy -- prod --against /dev/stdin
`,
    );
  });
});

const root = resolve(__dirname, "../../..");

describe("node tools/policy/start.cjs", function () {
  this.timeout(60_000);
  const write = inputFolder();

  /** Runs a process with an empty environment that can reach nothing outside itself. */
  function sealedPolicy(...args: string[]): { code: number | null; out: string; error: string } {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--require", sealed, join(root, "tools/policy/start.cjs"), ...args],
      { cwd: root, env: {}, encoding: "utf8" },
    );
    return { code: status, out: stdout, error: stderr };
  }

  it("judges prod with the whole pack, an empty environment and no network", () => {
    const { code, out, error } = sealedPolicy("prod", "--format", "json");
    const verdict = JSON.parse(out) as Verdict;

    assert.deepEqual([code, error, verdict.stack], [0, "", "prod"]);
    assert.deepEqual(
      verdict.findings.filter(({ outcome }) => outcome === "violation"),
      [],
    );
  });

  it("judges the size of a change against a file, and ends with 3 where it is too large", () => {
    const graphWith = (maxSize: number): object => ({
      ...GRAPH,
      stack: "prod",
      resources: [
        {
          ...GRAPH.resources[0],
          urn: "urn:pulumi:prod::shop::pulumi:pulumi:Stack::shop-prod",
        },
        {
          ...GRAPH.resources[0],
          urn: "urn:pulumi:prod::shop::aws:appautoscaling/target:Target::web",
          type: "aws:appautoscaling/target:Target",
          inputs: { minCapacity: 3, maxCapacity: maxSize },
        },
      ],
    });
    const [before, after] = [
      write("before.json", graphWith(10)),
      write("after.json", graphWith(21)),
    ];
    const config = write("config.json", {
      all: "disabled",
      "scaling-change-within-limits": "mandatory",
    });
    const args = ["--graph", after, "--policy-pack-config", config];
    const judged = sealedPolicy(...args, "--against", before);
    const alone = sealedPolicy(...args);

    assert.deepEqual([judged.code, judged.error, alone.code], [3, "", 0]);
    assert.match(
      judged.out,
      /^Policies: 1 policy on 2 resources: 1 mandatory violation\n\n +mandatory scaling-change-within-limits .+\n +maxCapacity goes from 10 to 21 /,
    );
    assert.equal(
      alone.out,
      "Policies: 0 policies on 2 resources: no violation\n\nNot run:\n    scaling-change-within-limits: needs the stack before the change; pass it with --against\n",
    );
  });

  it("judges a group in a file that breaks a limit, and ends with 3", () => {
    const group = {
      ...GRAPH.resources[0],
      urn: "urn:pulumi:dev::shop::aws:autoscaling/group:Group::web",
      type: "aws:autoscaling/group:Group",
      inputs: { minSize: 1, maxSize: 500 },
      source: { file: "infra/group.ts", line: 7 },
    };
    const file = write("graph.json", { ...GRAPH, resources: [...GRAPH.resources, group] });
    const { code, out, error } = sealedPolicy("--graph", file);

    assert.deepEqual([code, error], [3, ""]);
    assert.match(
      out,
      /mandatory asg-size-within-limits {2}aws:autoscaling:Group web \(infra\/group\.ts:7\)\n +maxSize is 500, allowed is at most 4 /,
    );
  });
});
