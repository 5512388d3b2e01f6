import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../../tools/tune/cli";
import { inputsOf } from "./stack-inputs";

const PROD = {
  minTasks: "3",
  maxTasks: "20",
  cpuTargetPercent: "60",
  requestsPerTarget: "1000",
  targetCapacityPercent: "90",
  instanceWarmupSeconds: "60",
  deploymentMaximumPercent: "200",
  maxScalingStep: "5",
  instanceTypes: '["m7g.large","m6g.large"]',
};

const SHORT = ["--trace", "flash-crowd:at=30m,hold=20m,decay=10m", "--days", "0.08"];
const QUICK = [...SHORT, "--peak-tasks", "20", "--seeds", "1", "--workers", "1"];

async function ran(args: readonly string[]) {
  const texts = { stdout: "", stderr: "" };
  const code = await run(args, {
    directory: ".",
    environment: {},
    stdout: { write: (text) => (texts.stdout += text) },
    stderr: { write: (text) => (texts.stderr += text) },
    readInputs: ({ stack }) => inputsOf(stack, stack === "prod" ? PROD : {}),
  });
  return { code, ...texts };
}

interface Found {
  readonly result: {
    readonly evaluated: number;
    readonly best: { readonly settings: Record<string, unknown>; readonly meets: boolean };
  };
  readonly presets: readonly { readonly name: string }[];
  readonly seeds: readonly number[];
}

describe("npm run tune", () => {
  let directory = "";
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "tune-cli-"));
  });
  after(() => {
    rmSync(directory, { recursive: true });
  });

  it("shows the settings old and new, what they do, and lines to paste", async () => {
    const { code, stdout } = await ran(["prod", ...QUICK, "--candidates", "30"]);

    assert.equal(code, 0);
    assert.match(stdout, /^Settings:\n {4}Setting +Now +Best +One step away\n/);
    assert.match(stdout, /\n {4}requestsPerTarget +1000 +→ \d+ /);
    assert.match(stdout, /\n {4}preset terraform-aws-ecs +\d+ +\d+ /);
    assert.match(stdout, /\n {4}best, other seeds +\d+/);
    assert.match(stdout, /\nTried 30 configurations, the worst of 1 seed each; /);
    assert.match(stdout, /\nTo paste below config:\n(?: {2}ecs-on-ec2:\w+: \S.*\n)+/);
  });

  it("writes the same as JSON each time", async () => {
    const args = ["prod", ...QUICK, "--candidates", "8", "--seeds", "2", "--json"];
    const one = await ran(args);

    assert.equal((await ran(args)).stdout, one.stdout);
    const { result, presets, seeds } = JSON.parse(one.stdout) as Found;
    assert.equal(result.evaluated, 8);
    assert.deepEqual(seeds, [1, 2]);
    assert.deepEqual(
      presets.map(({ name }) => name),
      ["aws", "terraform-aws-ecs", "cdk", "copilot"],
    );
  });

  it("ends with 3 where nothing within the limits meets the objective", async () => {
    const { code, stdout } = await ran([
      "dev",
      ...SHORT,
      ...["--peak-tasks", "40", "--seeds", "1", "--workers", "1", "--candidates", "3"],
      ...["--objective", "missed<=0"],
    ]);

    assert.equal(code, 3);
    assert.match(
      stdout,
      /\nNo configuration within the limits has at most 0 missed minutes; the closest has \d+ missed minutes\.\n/,
    );
  });

  it("counts with the prices of a file", async () => {
    const file = join(directory, "prices.json");
    writeFileSync(
      file,
      JSON.stringify({ region: "eu-central-1", instanceTypes: { "m7g.large": 1 } }),
    );
    const args = ["prod", ...QUICK, "--candidates", "1", "--json"];
    const [dear, list] = [await ran([...args, "--prices", file]), await ran(args)];

    const usd = ({ stdout }: { readonly stdout: string }) =>
      (JSON.parse(stdout) as { result: { present: { outcome: { usd: number } } } }).result.present
        .outcome.usd;
    assert.match(dear.stdout, /"pricedRegion": "eu-central-1"/);
    assert.ok(usd(dear) > 5 * usd(list));
  });

  it("tells every wrong number, and any other wrong argument", async () => {
    const file = join(directory, "wrong.json");
    writeFileSync(file, "{}");
    for (const [args, stderr] of [
      [
        ["--candidates", "0", "--seeds", "1.5", "--workers", "x"],
        "error: arguments: --candidates: got '0', must be a whole number from 1 to 10000\nerror: arguments: --seeds: got '1.5', must be a whole number from 1 to 20\nerror: arguments: --workers: got 'x', must be a whole number from 1 to 64\n",
      ],
      [
        ["--objective", "p99<250"],
        'error: objective is "p99<250", but must be p99<=250ms, missed<=5 (minutes) or unmet<=0.1%, with a number of your own\n',
      ],
      [
        ["--prices", file],
        `error: ${file}: region is missing, but must be a region such as eu-central-1\n`,
      ],
    ] as const) {
      assert.deepEqual(await ran(["prod", ...args]), { code: 1, stdout: "", stderr });
    }
  });

  it("tells the faults of the stack's files", async () => {
    const { code, stderr } = await ran(["staging"]);

    assert.equal(code, 1);
    assert.match(stderr, /^error: .*Pulumi\.staging\.yaml/);
  });
});
