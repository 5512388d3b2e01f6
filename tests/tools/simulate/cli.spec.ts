import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PlanError } from "../../../infra/plan/faults";
import { run, type Surroundings } from "../../../tools/simulate/cli";
import { renderHtml } from "../../../tools/simulate/html-report";
import { aStackPlan } from "../../support/stack-plans";

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const plans = {
  dev: aStackPlan({ scaling: { minTasks: 1, maxTasks: 4 } }),
  prod: aStackPlan(
    {
      scaling: { minTasks: 2, maxTasks: 20 },
      capacity: { instanceTypes: ["m7g.large"], maxScalingStep: 5 },
    },
    { cpuUnits: 512, memoryMiB: 1024 },
  ),
};

async function ran(args: readonly string[], overrides: Partial<Surroundings> = {}): Promise<Ran> {
  const texts = { stdout: "", stderr: "" };
  const code = await run(args, {
    directory: ".",
    environment: {},
    stdout: { write: (text) => (texts.stdout += text) },
    stderr: { write: (text) => (texts.stderr += text) },
    readPlan: ({ stack }) => Promise.resolve(plans[stack as keyof typeof plans]),
    renderHtml,
    ...overrides,
  });
  return { code, ...texts };
}

describe("run", () => {
  let directory = "";
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "simulate-cli-"));
  });
  after(() => {
    rmSync(directory, { recursive: true });
  });

  const short = ["--trace", "flash-crowd:at=30m,hold=20m,decay=10m", "--days", "0.1"];

  it("prints what flash-crowd.txt holds (UPDATE_DOCS=1 writes it)", async () => {
    const golden = join(__dirname, "flash-crowd.txt");
    const { code, stdout } = await ran(["prod", ...short]);
    if (process.env["UPDATE_DOCS"] === "1") writeFileSync(golden, stdout);

    assert.equal(code, 0);
    assert.equal(stdout, readFileSync(golden, "utf8"));
  });

  it("prints the same summary for the same arguments", async () => {
    const first = await ran(["prod", ...short]);
    const second = await ran(["prod", ...short]);

    assert.deepEqual([first.code, first.stderr], [0, ""]);
    assert.equal(second.stdout, first.stdout);
    assert.match(
      first.stdout,
      /^Simulating prod\n {4}flash-crowd, 2 h 24 min from 2026-01-05 00:00 UTC, up to 267 requests\/s\n/,
    );
    assert.match(first.stdout, /\nActions:\n/);
  });

  it("writes JSON with the events, the seed and the step of the arguments", async () => {
    const events = [
      "--event",
      "deployment@10m,spot@20m:share=0.5",
      "--event",
      "zone-loss@1h+5m:zone=1",
    ];
    const { code, stdout } = await ran([
      "prod",
      ...short,
      ...events,
      "--seed",
      "7",
      "--tick",
      "30",
      "--json",
    ]);
    const { project, runs } = JSON.parse(stdout) as {
      project: string;
      runs: { options: unknown }[];
    };

    assert.deepEqual([code, project], [0, "ecs-on-ec2"]);
    assert.deepEqual(
      runs.map(({ options }) => options),
      [
        {
          seed: 7,
          tickSeconds: 30,
          events: [
            { kind: "deployment", atSeconds: 600 },
            { kind: "spotInterruption", atSeconds: 1200, share: 0.5 },
            { kind: "zoneLoss", atSeconds: 3600, forSeconds: 300, zone: 1 },
          ],
        },
      ],
    );
  });

  it("compares stacks and presets under one load", async () => {
    const { code, stdout, stderr } = await ran([...short, "--compare", "prod,aws,dev"]);

    assert.deepEqual([code, stderr], [0, ""]);
    assert.deepEqual(
      [...stdout.matchAll(/^ {4}(prod|aws|dev) +\S/gm)].map(([, name]) => name),
      ["prod", "aws", "dev", "prod", "dev"],
    );
  });

  it("writes the report as HTML and JSON and says where", async () => {
    const out = join(directory, "report");
    const { code, stdout } = await ran(["prod", ...short, "--out", out]);
    const [html, json] = ["report.html", "report.json"].map((name) =>
      readFileSync(join(out, name), "utf8"),
    );
    const plain = await ran(["prod", ...short, "--json"]);

    assert.equal(code, 0);
    assert.ok(
      stdout.endsWith(`Written: ${join(out, "report.html")}, ${join(out, "report.json")}\n`),
    );
    assert.match(html ?? "", /^<!doctype html>/);
    assert.equal(json, plain.stdout);
  });

  it("reads a trace of one's own and says what was done to it", async () => {
    const file = join(directory, "mine.csv");
    writeFileSync(file, "time,requests\n0,3000\n300,6000\n600,3000\n");
    const { code, stdout } = await ran(["prod", "--trace", file]);

    assert.equal(code, 0);
    assert.match(stdout, /\n {4}mine: rows of 5 min brought to steps of 1 min\n/);
    assert.match(stdout, /\n {4}Requests {2,}12,000\n/);
  });

  it("asks a request to cost what the arguments say", async () => {
    const { stdout } = await ran([
      "prod",
      ...short,
      "--cpu-ms",
      "5",
      "--objective-ms",
      "250",
      "--objective-share",
      "0.05",
      "--json",
    ]);
    const { runs } = JSON.parse(stdout) as { runs: { model: { workload: unknown } }[] };

    assert.deepEqual(runs[0]?.model.workload, {
      cpuMillisecondsPerRequest: 5,
      waitMillisecondsPerRequest: 0,
      maxQueueSeconds: 10,
      objectiveMilliseconds: 250,
      objectiveShare: 0.05,
    });
  });

  for (const [what, args, stderr] of [
    [
      "a stack without a file",
      ["staging"],
      "error: Pulumi.staging.yaml: is missing for stack 'staging', stacks here: dev, prod\n",
    ],
    [
      "wrong numbers",
      ["--days", "no", "--tick", "0"],
      "error: arguments: --days: got 'no', must be days above 0, at most 366\nerror: arguments: --tick: got '0', must be a whole number from 1 to 60\n",
    ],
    [
      "events that cannot be",
      ["--event", "deployment@2d,spot"],
      "error: arguments: --event: got 'deployment@2d', its time must be before the end of the load after 1 d\nerror: arguments: --event: got 'spot', must be an event such as deployment@1h, zone-loss@2h+30m:zone=0 or spot@3h:share=0.5\n",
    ],
    ["a trace that is not there", ["--trace", "./no.csv"], "error: ./no.csv: no such file\n"],
    [
      "an unknown option",
      ["--trac", "x"],
      "error: unknown option '--trac'\n(Did you mean --trace?)\nrun `npm run simulate -- --help` for the usage\n",
    ],
  ] as const) {
    it(`refuses ${what} with exit code 1`, async () => {
      assert.deepEqual(await ran(args), { code: 1, stdout: "", stderr });
    });
  }

  it("runs the stack beside itself with other settings", async () => {
    const seen: (string | undefined)[] = [];
    const readPlan: Surroundings["readPlan"] = ({ config }) => {
      seen.push(config["ecs-on-ec2:minTasks"]);
      return Promise.resolve(plans.prod);
    };
    const settings = ["--with", "minTasks=3", "--with", "minTasks=4,maxTasks=30"];
    const { code, stdout, stderr } = await ran(["prod", ...short, ...settings], { readPlan });

    assert.deepEqual([code, stderr, seen.slice(1)], [0, "", ["3", "4"]]);
    assert.match(stdout, /^Simulating prod, minTasks=3, minTasks=4,maxTasks=30\n/);
    assert.doesNotMatch(stdout, /prod with/);
  });

  it("prices a run by a file, and says of which region", async () => {
    const file = join(directory, "prices.json");
    const prices = { region: "eu-central-1", instanceTypes: { "m7g.large": 100 } };
    writeFileSync(file, JSON.stringify(prices));
    const { code, stdout } = await ran(["prod", ...short, "--prices", file]);

    assert.equal(code, 0);
    assert.match(stdout, /Cost +\d{3,}\.\d\d USD, .* a million requests, prices of eu-central-1\n/);
    writeFileSync(file, JSON.stringify({ region: "Mars", other: 1 }));
    assert.deepEqual(await ran(["prod", ...short, "--prices", file]), {
      code: 1,
      stdout: "",
      stderr: [
        `error: ${file}: other is not known, allowed are region, pricedOn, instanceTypes, prices; remove it\n`,
        `error: ${file}: region is "Mars", but must be a region such as eu-central-1\n`,
      ].join(""),
    });
  });

  it("refuses the loss of a zone that one of the configurations lacks", async () => {
    const wide = aStackPlan({ network: { availabilityZones: 3 } });
    const event = ["--event", "zone-loss@1h+5m:zone=2"];
    const { code, stderr } = await ran(["prod", "--compare", "dev", ...event], {
      readPlan: ({ stack }) => Promise.resolve(stack === "prod" ? wide : plans.dev),
    });

    assert.deepEqual(
      [code, stderr],
      [
        1,
        "error: arguments: --event: got 'zone-loss@1h+5m:zone=2', zone must be a whole number from 0 to 1\n",
      ],
    );
  });

  it("shows every fault of the stack's settings", async () => {
    const { code, stderr } = await ran(["dev"], {
      readPlan: () => Promise.reject(new PlanError(["first fault", "second fault"])),
    });

    assert.deepEqual([code, stderr], [1, "error: first fault\nerror: second fault\n"]);
  });

  it("shows what cannot be simulated as a fault of the stack", async () => {
    const plan = { ...plans.dev, network: { ...plans.dev.network, availabilityZones: 0 } };
    const { code, stderr } = await ran(["dev", ...short], {
      readPlan: () => Promise.resolve(plan),
    });

    assert.equal(code, 1);
    assert.match(
      stderr,
      /^error: stack dev: group\.availabilityZones: 0 is not a whole number of at least 1\n/,
    );
  });

  it("shows a mistake in code with its trace", async () => {
    const { code, stderr } = await ran(["dev"], {
      readPlan: () => Promise.reject(new TypeError("oops")),
    });

    assert.equal(code, 1);
    assert.match(
      stderr,
      /^error: the simulation itself failed; please report it with these lines\n {4}TypeError: oops\n {8}at /,
    );
  });

  it("writes nothing where the folder cannot be", async () => {
    const file = join(directory, "a-file");
    writeFileSync(file, "");
    const { code, stdout, stderr } = await ran(["dev", ...short, "--out", file]);

    assert.deepEqual(
      [code, stdout, stderr],
      [1, "", `error: ${file}: cannot be written (EEXIST); name another folder\n`],
    );
  });

  it("leaves no folder where the trace is refused, and tries the folder before the run", async () => {
    const out = join(directory, "later");
    const refused = await ran(["dev", "--trace", "no-such-trace", "--out", out]);
    const file = join(directory, "another-file");
    writeFileSync(file, "");
    const blocked = await ran(["dev", ...short, "--event", "deployment@99d", "--out", file]);

    assert.equal(refused.code, 1);
    assert.equal(existsSync(out), false);
    assert.equal(
      blocked.stderr,
      `error: ${file}: cannot be written (EEXIST); name another folder\n`,
    );
  });

  it("helps with every trace, preset and option", async () => {
    const { code, stdout } = await ran(["--help"]);

    assert.equal(code, 0);
    for (const part of [
      "flash-crowd",
      "elb-requests",
      "nyc-taxi",
      "terraform-aws-ecs",
      "--peak-tasks <n>",
      "--metric-lag <s>",
      "Exit codes:",
    ]) {
      assert.ok(stdout.includes(part), part);
    }
  });
});

describe("node tools/simulate/start.cjs", () => {
  it("simulates this project's own stack, with no other program and no network", () => {
    const sealed = ["--require", "./tests/tools/preview/sealed-process.cjs"];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...sealed, "tools/simulate/start.cjs", "prod", "--days", "0.05"],
      { encoding: "utf8", env: {} },
    );

    assert.deepEqual([status, stderr.replace(/^simulating.*\n/gm, "")], [0, ""]);
    assert.match(stdout, /^Simulating prod\n/);
    assert.ok(!existsSync("report.html"));
  });
});
