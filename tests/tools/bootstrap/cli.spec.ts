import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { run, type Surroundings } from "../../../tools/bootstrap/cli";
import { type ResourceGraph } from "../../../tools/preview/graph";
import { StackFilesError } from "../../../tools/preview/yaml-file";
import { judgeStack } from "../../../tools/policy/judge-stack";

const START = resolve("tools/bootstrap/start.cjs");
const EMPTY: ResourceGraph = {
  project: "ecs-on-ec2-bootstrap",
  stack: "dev",
  resources: [],
  outputs: {},
};

async function ran(args: readonly string[], around: Partial<Surroundings> = {}) {
  const written = { stdout: "", stderr: "" };
  const stream = (name: keyof typeof written) => ({
    write: (text: string) => {
      written[name] += text;
      return true;
    },
  });
  const code = await run(args, {
    directory: "bootstrap",
    environment: { NO_COLOR: "1" },
    stdout: stream("stdout"),
    stderr: stream("stderr"),
    elapsed: () => 1.5,
    record: (_directory, stack) => Promise.resolve({ ...EMPTY, stack }),
    judge: judgeStack,
    ...around,
  });
  return { code, ...written };
}

describe("npm run preview:bootstrap", () => {
  it("previews an account without a plan of capacity, and all policies hold", () => {
    for (const stack of ["dev", "prod"]) {
      const shown = execFileSync(process.execPath, [START, stack], {
        cwd: "bootstrap",
        encoding: "utf8",
        env: { PATH: process.env["PATH"], NO_COLOR: "1" },
      });

      assert.match(shown, new RegExp(`^Previewing update \\(${stack}\\)\n`));
      assert.match(shown, /\nPolicies: \d+ policies on 44 resources: no violation, /);
      assert.match(shown, /\nResources: \+ 44 to create\n/);
      assert.doesNotMatch(shown, /Capacity/);
    }
  });

  it("is judged by `npm run policy:bootstrap` with exit code 0", () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      [resolve("tools/policy/start.cjs"), "prod", "--format", "json"],
      { cwd: "bootstrap", encoding: "utf8" },
    );

    assert.equal(status, 0);
    const { findings } = JSON.parse(stdout) as { findings: { outcome: string }[] };
    assert.deepEqual([...new Set(findings.map(({ outcome }) => outcome))], ["undecided"]);
  });

  it("takes dev where no account is named, and writes the graph as JSON", async () => {
    const { code, stdout, stderr } = await ran(["--json"]);
    const { capacity, stack, policies } = JSON.parse(stdout) as Record<string, unknown>;

    assert.deepEqual([code, stderr, stack, capacity], [0, "", "dev", undefined]);
    assert.ok(policies !== undefined);
  });

  it("tells what is wrong with the settings, and ends with 1", async () => {
    const fault = { file: "Pulumi.dev.yaml", line: 3, message: "bogus: is no key" };
    const { code, stdout, stderr } = await ran([], {
      record: () => Promise.reject(new StackFilesError([fault])),
    });

    assert.deepEqual(
      [code, stdout, stderr],
      [1, "", "error: Pulumi.dev.yaml:3: bogus: is no key\n"],
    );
  });

  it("names the accounts that there are in its help", async () => {
    const { code, stdout } = await ran(["--help"]);

    assert.equal(code, 0);
    assert.match(stdout, /account to preview, here: dev, prod \(default: "dev"\)/);
  });
});
