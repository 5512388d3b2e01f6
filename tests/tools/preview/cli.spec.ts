import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { WaiversError } from "../../../policies/read-waivers";
import type { ComparisonRequest } from "../../../tools/compare/compare-command";
import { ComparisonError } from "../../../tools/compare/comparison-error";
import { run } from "../../../tools/preview/cli";
import type { Surroundings } from "../../../tools/preview/cli";
import { graphCost } from "../../../tools/preview/cost";
import { SECRET } from "../../../tools/preview/graph";
import { previewStack } from "../../../tools/preview/preview";
import { RecordingError } from "../../../tools/preview/recording-faults";
import type { StackFiles } from "../../../tools/preview/stack-files";
import { aFinding, aVerdict } from "../policy/verdicts";
import { aCapacity, aGraph } from "./small-graph";

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What the program was run with. */
  readonly runs: readonly StackFiles[];
}

/** Runs the command in `directory` with a small graph in place of the program's. */
async function ran(
  args: string[],
  { directory, ...overrides }: Partial<Surroundings> & { directory: string },
): Promise<Ran> {
  const texts = { stdout: "", stderr: "" };
  const runs: StackFiles[] = [];
  const code = await run(args, {
    directory,
    environment: {},
    stdout: { write: (text) => (texts.stdout += text) },
    stderr: { write: (text) => (texts.stderr += text) },
    elapsed: () => 1.26,
    preview: (_directory, files) => {
      runs.push(files);
      return Promise.resolve({
        graph: aGraph({ stack: files.stack }),
        ...aCapacity(),
      });
    },
    judge: ({ stack }) => Promise.resolve(aVerdict({ stack })),
    compare: () => Promise.reject(new Error("nothing is compared")),
    ...overrides,
  });
  return { code, ...texts, runs };
}

describe("run", () => {
  let directory = "";
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "preview-cli-"));
    writeFileSync(join(directory, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    writeFileSync(join(directory, "Pulumi.dev.yaml"), "config: { size: 1 }\n");
    writeFileSync(join(directory, "Pulumi.prod.yaml"), "config: { size: 9 }\n");
  });
  after(() => {
    rmSync(directory, { recursive: true });
  });

  const ranHere = (args: string[], overrides: Partial<Surroundings> = {}): Promise<Ran> =>
    ran(args, { directory, ...overrides });

  it("previews dev for no argument: tree, outputs, capacity, cost, policies, counts and time", async () => {
    const { code, stdout, stderr, runs } = await ranHere([]);

    assert.deepEqual([code, stderr], [0, ""]);
    assert.deepEqual(runs, [
      { project: "shop", stack: "dev", config: { "shop:size": "1" }, secretKeys: [] },
    ]);
    assert.equal(
      stdout,
      `Previewing update (dev)

     Type                     Name      Plan    Info
 +   pulumi:pulumi:Stack      shop-dev  create
 +   ├─ aws:ecs:Service       web       create  ignores desiredCount
 +   ├─ aws:s3:Bucket         logs      create  protected; retained on delete
 +   └─ shop:index:Network    web       create
 +      ├─ aws:ec2:Eip        web       create
 +      └─ aws:ec2:Vpc        web       create
 +         ├─ aws:ec2:Subnet  web-1     create
 +         ├─ aws:ec2:Subnet  web-2     create
 +         └─ aws:ec2:Subnet  web-10    create

Outputs:
    none

Capacity:
    Instance type  Tasks  Bound by
    t4g.small          6  memory              the plan counts on this one
    t4g.medium        12  network interfaces
    m7g.large         40  CPU
    m7g.xlarge       100  host ports

    Service              Tasks  Instances needed  Room for        Without a zone
    fewest tasks             2                 1  12 tasks on 2   all have room
    most tasks              40                 7  42 tasks on 7   16 wait for new instances
    during a deployment     80                14  84 tasks on 14  26 wait for new instances

    Group     Instances  Because of
    at least          2  one instance a zone
    at most          14  the deployment's surge

    A simulated day at up to 533 requests/s: 0 minutes missed, 2 to 7 instances for about 4.57 USD

Cost:
    USD a month         Minimum  Steady  Worst  Quantity
    Public IPv4, other     3.65    3.65   3.65  addresses 1
    Total                  3.65    3.65   3.65
    An hour                0.01    0.01   0.01

    List prices of us-east-1, instances of 2026-07-20.
    Spot counts as 50 % of On-Demand; the worst has everything at its maximum, all On-Demand.
    Not estimated: data transfer; stored images and logs; surplus CPU credits; instances above
    the maximum during a refresh; volumes other than plain gp3; requests to KMS, S3, SNS and the
    like; taxes, support and discounts.

Policies: 2 policies on 9 resources: no violation

Resources: + 9 to create
Duration:  1.3s

Made without AWS: shown is a new stack, whatever is deployed already.
`,
    );
  });

  it("hands a comparison over with what it is asked, and ends with its exit code", async () => {
    const requests: ComparisonRequest[] = [];
    const comparing = (args: string[]) =>
      ranHere(args, {
        compare: (request) => {
          requests.push(request);
          return Promise.resolve(5);
        },
      });
    const allowed = ["--allow-destruction", "a:b:C", "--allow-destruction", "a:b:D"];
    const plain = { expectNoChanges: false, json: false, allowDestruction: [] };

    assert.equal((await comparing(["prod", "--against", "main", "--json", ...allowed])).code, 5);
    await comparing(["--against-stack", "prod", "--expect-no-changes"]);
    assert.deepEqual(requests, [
      {
        ...{ directory, stack: "prod", against: { kind: "ref", ref: "main" } },
        ...{ ...plain, json: true, allowDestruction: ["a:b:C", "a:b:D"] },
      },
      {
        ...{ directory, stack: "dev", against: { kind: "stack", stack: "prod" } },
        ...{ ...plain, expectNoChanges: true },
      },
    ]);
  });

  for (const [args, error] of [
    [
      ["--expect-no-changes"],
      "error: --expect-no-changes needs something to compare with; add --against <ref> or --against-stack <stack>\n",
    ],
    [
      ["--against-stack", "prod", "--allow-destruction", "a:b:C"],
      "error: --allow-destruction is for what changes since a ref; add --against <ref>\n",
    ],
    [
      ["--against", "main", "--against-stack", "prod"],
      "error: option '--against <ref>' cannot be used with option '--against-stack <stack>'\n" +
        "run `npm run preview -- --help` for the usage\n",
    ],
  ] as const) {
    it(`refuses ${args.join(" ")}`, async () => {
      const { code, stdout, stderr } = await ranHere([...args]);

      assert.deepEqual([code, stdout, stderr.replace("\n\n", "\n")], [1, "", error]);
    });
  }

  it("says in one message why there is nothing to compare with", async () => {
    const { code, stdout, stderr } = await ranHere(["--against", "main"], {
      compare: () => Promise.reject(new ComparisonError("git is not there\n    at all")),
    });

    assert.deepEqual([code, stdout, stderr], [1, "", "error: git is not there\n    at all\n"]);
  });

  it("shows violations at their resource and in full, and ends with 3 for a mandatory one", async () => {
    const verdict = aVerdict({ findings: [aFinding()] });
    const graphs: string[] = [];
    const { code, stdout, stderr } = await ranHere([], {
      judge: ({ stack }) => {
        graphs.push(stack);
        return Promise.resolve(verdict);
      },
    });

    assert.deepEqual([code, stderr, graphs], [3, "", ["dev"]]);
    assert.ok(
      stdout.includes(`
 +   ├─ aws:ecs:Service       web       create  ignores desiredCount
 !   │     mandatory policy group-is-small (infra/service.ts:12)
`),
    );
    assert.ok(
      stdout.includes(`
Policies: 2 policies on 9 resources: 1 mandatory violation

    mandatory group-is-small  aws:ecs:Service web (infra/service.ts:12)
        maxSize is 4, allowed is at most 3; lower maxInstances
        urn:pulumi:dev::shop::aws:ecs/service:Service::web
        holds: A group has at most three instances.
        remedy: Lower maxInstances.
        https://docs.aws.amazon.com/small

Resources: + 9 to create
`),
    );
  });

  it("writes violations into the JSON, and ends with 0 for an advisory one", async () => {
    const finding = aFinding({ level: "advisory" });
    const { code, stdout } = await ranHere(["--json"], {
      judge: () => Promise.resolve(aVerdict({ findings: [finding] })),
    });

    assert.equal(code, 0);
    assert.deepEqual((JSON.parse(stdout) as { policies: object }).policies, {
      summary: { mandatory: 0, advisory: 1, waived: 0, repairs: 0, undecided: 0 },
      findings: [finding],
    });
  });

  it("gives a fault of the waivers on stderr, and no preview", async () => {
    const fault = new WaiversError("policies/waivers.yaml:3: owner: got nothing");

    assert.deepEqual(await ranHere([], { judge: () => Promise.reject(fault) }), {
      code: 1,
      stdout: "",
      stderr: "error: policies/waivers.yaml:3: owner: got nothing\n",
      runs: [{ project: "shop", stack: "dev", config: { "shop:size": "1" }, secretKeys: [] }],
    });
  });

  it("previews the stack that is named", async () => {
    const { code, stdout, runs } = await ranHere(["prod"]);

    assert.equal(code, 0);
    assert.match(stdout, /^Previewing update \(prod\)\n/);
    assert.deepEqual(
      runs.map(({ stack, config }) => [stack, config]),
      [["prod", { "shop:size": "9" }]],
    );
  });

  it("writes JSON without a time in it", async () => {
    const first = await ranHere(["--json"]);
    const second = await ranHere(["dev", "--json"], { elapsed: () => 99 });

    const { capacity, ...others } = aCapacity();
    assert.deepEqual(JSON.parse(first.stdout), {
      ...toJson(aGraph()),
      capacity: { ...capacity, ...others },
      cost: toJson(graphCost(aGraph())),
      policies: {
        summary: { mandatory: 0, advisory: 0, waived: 0, repairs: 0, undecided: 0 },
        findings: [],
      },
    });
    assert.equal(second.stdout, first.stdout);
    assert.deepEqual([first.code, first.stderr], [0, ""]);
  });

  it("paints a terminal, and nothing with --no-color", async () => {
    const terminal = (): Pick<Surroundings, "stdout"> & { text: () => string } => {
      let text = "";
      const write = (more: string): void => void (text += more);
      return { stdout: { isTTY: true, columns: 120, write }, text: () => text };
    };
    const [coloured, plain] = [terminal(), terminal()];
    await ranHere([], { stdout: coloured.stdout });
    await ranHere(["--no-color"], { stdout: plain.stdout });

    assert.ok(coloured.text().startsWith("\u001b[1m\u001b[35mPreviewing update (dev)\u001b[39m"));
    assert.equal(plain.text(), (await ranHere([])).stdout);
  });

  it("explains itself: what it does, the stacks there are, options, exit codes, examples", async () => {
    const { code, stdout, stderr, runs } = await ranHere(["--help"]);

    assert.deepEqual([code, stderr, runs], [0, "", []]);
    assert.equal(
      stdout,
      `Usage: npm run preview -- [stack] [options]

Runs the Pulumi program as \`pulumi preview\` would for a stack that is not
deployed yet and shows its resources, its outputs, its capacity plan and what
the policy pack says of it. Needs no Pulumi CLI, no AWS account, no network and
no passphrase.

Arguments:
  stack                       stack to preview, here: dev, prod (default: "dev")

Options:
  --json                      write the whole resource graph, or the comparison,
                              as JSON
  --against <ref>             show what the working tree changes since it left a
                              branch, tag or commit
  --against-stack <stack>     show how the stack differs from another one, and
                              why
  --allow-destruction <type>  destroy resources of a type without exit code 5;
                              may be given again (default: none)
  --expect-no-changes         end with 2 where anything would change
  --no-color                  plain text, as NO_COLOR=1; FORCE_COLOR=1 colours a
                              pipe too
  -h, --help                  show this text

Exit codes:
  0  the program ran with this configuration, and no mandatory policy is violated
  1  wrong arguments, wrong configuration or a fault in the program; stderr says which
  3  a mandatory policy is violated; the preview says which
Of a comparison also, where 3 does not hold:
  5  something that holds data or traffic would be destroyed, and its type is not allowed
  2  anything would change, with --expect-no-changes

Examples:
  npm run preview                                          the dev stack
  npm run preview -- prod                                  the prod stack
  npm run --silent preview -- prod --json > preview.json   for other programs
  npm run preview -- prod --against main                   what this branch changes in prod
  npm run preview -- prod --against-stack dev              what prod has that dev has not, and why

docs/preview.md says what a preview without AWS cannot know.
`,
    );
  });

  it("explains itself outside a project too, and says that there is none", async () => {
    const { code, stdout, stderr } = await ranHere(["--help"], { directory: __dirname });

    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(
      stdout,
      /stack to preview, here: none, as it has no project\s+\(default:\s+"dev"\)/,
    );
  });

  it("refuses wrong arguments", async () => {
    assert.deepEqual(await ranHere(["--jsn"]), {
      code: 1,
      stdout: "",
      stderr:
        "error: unknown option '--jsn'\n(Did you mean --json?)\nrun `npm run preview -- --help` for the usage\n",
      runs: [],
    });
    assert.deepEqual(await ranHere(["dev", "prod"]), {
      code: 1,
      stdout: "",
      stderr:
        "error: too many arguments. Expected 1 argument but got 2.\nrun `npm run preview -- --help` for the usage\n",
      runs: [],
    });
  });

  it("refuses an unknown stack before the program is loaded", async () => {
    assert.deepEqual(await ranHere(["prd"]), {
      code: 1,
      stdout: "",
      stderr:
        "error: Pulumi.prd.yaml: is missing for stack 'prd', stacks here: dev, prod; did you mean 'prod'?\n",
      runs: [],
    });
  });

  it("gives the program's faults on stderr, and no half of a preview", async () => {
    const faults = ["first fault", "second fault"];
    const cause = Object.assign(new Error(faults.join("\n")), { faults });
    const fails = (): Promise<never> =>
      Promise.reject(new RecordingError([{ message: cause.message, cause }]));

    for (const args of [[], ["--json"]]) {
      assert.deepEqual(await ranHere(args, { preview: fails }), {
        code: 1,
        stdout: "",
        stderr: "error: first fault\nerror: second fault\n",
        runs: [],
      });
    }
  });
});

function toJson(value: object): object {
  return JSON.parse(JSON.stringify(value)) as object;
}

const root = resolve(__dirname, "../../..");
const start = join(root, "tools/preview/start.cjs");
const sealed = require.resolve("./sealed-process.cjs");

interface WholePreview {
  readonly resources: readonly { readonly type: string; readonly inputs: object }[];
}

describe("node tools/preview/start.cjs", function () {
  this.timeout(60_000);

  /** Runs a process with an empty environment that can reach nothing outside itself. */
  function sealedPreview(...args: string[]): { code: number | null; out: string; error: string } {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--require", sealed, start, ...args],
      { cwd: root, env: {}, encoding: "utf8" },
    );
    return { code: status, out: stdout, error: stderr };
  }

  // Without a domain of its own the service has the load balancer's name.
  const urls = { dev: /^ {4}url: +\[known after deployment\]$/, prod: /^ {4}url: +https:\/\/\S+$/ };
  for (const [stack, url] of Object.entries(urls)) {
    it(`previews ${stack} with an empty environment, no network and no other program`, () => {
      const { code, out, error } = sealedPreview(stack);
      const lines = out.split("\n");
      const rows = lines.filter((line) => line.startsWith(" +   "));

      assert.deepEqual([code, error], [0, ""]);
      assert.deepEqual(
        lines.filter((line) => /^\S/.test(line)).map((line) => line.split(" ")[0]),
        [
          "Previewing",
          "Outputs:",
          "Capacity:",
          "Cost:",
          "Policies:",
          "Resources:",
          "Duration:",
          "Made",
        ],
      );
      assert.ok(rows.some((row) => /─ aws:ecs:Service +\S+ +create/.test(row)));
      assert.ok(lines.some((line) => url.test(line)));
      assert.ok(lines.includes(`Resources: + ${rows.length} to create`));
    });
  }

  it("gives the same JSON in a second run, where the kernel has no network for it", function () {
    const { code, out, error } = sealedPreview("--json");
    assert.deepEqual([code, error], [0, ""]);

    const isolation = ["unshare", "--map-root-user", "--net"];
    const [unshare = "", ...options] = isolation;
    const isIsolated = spawnSync(unshare, [...options, "true"]).status === 0;
    if (!isIsolated) {
      process.stdout.write("      without the kernel's help: no network namespace for this user\n");
    }
    const [command = "", ...args] = [
      ...(isIsolated ? isolation : []),
      ...[process.execPath, start, "--json"],
    ];
    const again = spawnSync(command, args, {
      cwd: root,
      env: { PATH: process.env["PATH"] ?? "" },
      encoding: "utf8",
    });

    assert.deepEqual([again.status, again.stderr], [0, ""]);
    assert.equal(again.stdout, out);
  });

  it("ends quietly when nobody reads its output any more", async () => {
    const child = spawn(process.execPath, [start, "--json"], { cwd: root, env: {} });
    let error = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (error += text));
    child.stdout.destroy();
    const code = await new Promise((done) => child.once("close", done));

    assert.deepEqual([code, error], [0, ""]);
  });
});

describe("preview of this project with other settings", function () {
  this.timeout(60_000);
  const directories: string[] = [];
  const workingDirectory = process.cwd();
  afterEach(() => {
    process.chdir(workingDirectory);
  });
  after(() => {
    for (const directory of directories) rmSync(directory, { recursive: true });
  });

  /** Runs the command in a copy of this project, with a line in place of the same key's in the stack file of dev. */
  async function previewWith(setting: string): Promise<Ran> {
    const directory = mkdtempSync(join(tmpdir(), "preview-"));
    directories.push(directory);
    const key = setting.slice(0, setting.indexOf(": "));
    const kept = readFileSync(join(root, "Pulumi.dev.yaml"), "utf8")
      .split("\n")
      .filter((line) => !line.includes(`${key}: `));
    writeFileSync(join(directory, "Pulumi.dev.yaml"), [...kept, `  ${setting}`].join("\n"));
    cpSync(join(root, "Pulumi.yaml"), join(directory, "Pulumi.yaml"));
    cpSync(join(root, "app"), join(directory, "app"), {
      recursive: true,
      filter: (path) => !path.endsWith("node_modules"),
    });
    const main = join(root, "infra/index.ts");
    writeFileSync(join(directory, "package.json"), JSON.stringify({ main }));
    process.chdir(directory);
    return ran(["--json"], { directory, preview: previewStack });
  }

  it("shows an encrypted value as secret and never its text", async () => {
    const { code, stdout, stderr } = await previewWith(
      "ecs-on-ec2:alarmEmail: { secure: AAABAKwL }",
    );
    assert.deepEqual([code, stderr], [0, ""]);

    const subscriptions = (JSON.parse(stdout) as WholePreview).resources.filter(
      ({ type }) => type === "aws:sns/topicSubscription:TopicSubscription",
    );
    assert.deepEqual(
      subscriptions.map(({ inputs }) => ("endpoint" in inputs ? inputs.endpoint : undefined)),
      [SECRET],
    );
    assert.doesNotMatch(stdout, /AAABAKwL/);
  });

  const faults: readonly (readonly [string, string, RegExp])[] = [
    ["a misspelt key", "ecs-on-ec2:minTask: 1", /ecs-on-ec2:minTask: .*minTasks/],
    ["a wrong type", "ecs-on-ec2:maxTasks: many", /ecs-on-ec2:maxTasks: got 'many', .*'integer'/],
    ["a value out of range", "ecs-on-ec2:cpuTargetPercent: 95", /:cpuTargetPercent: got 95, .*90/],
    ["contradictory values", "ecs-on-ec2:minTasks: 9", /ecs-on-ec2:minTasks: got 9, .*maxTasks/],
    ["a missing Compose file", "ecs-on-ec2:composeFile: x.yaml", /x\.yaml: composeFile: no such/],
    [
      "an unknown instance type",
      "ecs-on-ec2:instanceTypes: [t9.small]",
      /:instanceTypes.*t9\.small/,
    ],
    ["broken YAML", 'ecs-on-ec2:appName: "web', /Pulumi\.dev\.yaml:\d+: broken YAML: /],
  ];
  for (const [what, setting, message] of faults) {
    it(`refuses ${what} with exit code 1 and a line for each fault`, async () => {
      const { code, stdout, stderr } = await previewWith(setting);

      assert.deepEqual([code, stdout], [1, ""]);
      assert.match(stderr, message);
      assert.match(stderr, /^(error: [^\n]+\n)+$/);
    });
  }
});
