import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { run } from "../../../tools/verify/cli";
import { aDeployment, aService, EARLIER, outputsOf, TARGET_GROUP, targetsIn } from "./answers";
import { fakePrograms, type Replies } from "./fake-programs";

describe("npm run verify", () => {
  let server: Server;
  let url = "";
  let asked: string[] = [];
  let statuses = [200];

  before(async () => {
    server = createServer((request, response) => {
      asked.push(`${request.method ?? ""} ${request.url ?? ""}`);
      response.statusCode = (statuses.length > 1 ? statuses.shift() : statuses[0]) ?? 500;
      response.end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  after(() => server.close());
  beforeEach(() => {
    asked = [];
    statuses = [200];
  });

  const well = (overrides: Replies = {}): Replies => ({
    "pulumi stack output": [{ json: outputsOf(url) }],
    "aws ecs describe-services": [{ json: aService() }],
    "aws elbv2 describe-target-health": [{ json: targetsIn("healthy", "healthy") }],
    ...overrides,
  });

  async function ran(replies: Replies, args = ["dev", "--deadline", "0"], names?: string[]) {
    const programs = fakePrograms(replies, names);
    const texts = { stdout: "", stderr: "" };
    const code = await run(args, {
      directory: process.cwd(),
      environment: { PATH: programs.path },
      stdout: { write: (text) => (texts.stdout += text) },
      stderr: { write: (text) => (texts.stderr += text) },
    });
    return { code, ...texts, calls: programs.calls() };
  }

  it("says that a stack is well, and prints the commands that it asked with", async () => {
    const { code, stdout, stderr, calls } = await ran(well());

    assert.equal(
      stdout,
      `$ pulumi stack output --json --stack dev --non-interactive
$ aws ecs describe-services --region eu-central-1 --cluster web-cluster --services web-service --output json
$ aws elbv2 describe-target-health --region eu-central-1 --target-group-arn ${TARGET_GROUP} --output json
ok       the primary deployment runs web-dev:7: web-dev:7
ok       its rollout is complete: COMPLETED, ECS deployment ecs-svc/1 completed.
ok       as many tasks run as should: 2 of 2 run, 0 pending
ok       every target is healthy: 2 healthy for 2 running tasks
ok       GET ${url}/readyz answers 200: 200
dev is well
`,
    );
    assert.equal(stderr, "");
    assert.equal(code, 0);
    assert.deepEqual(
      calls,
      [...stdout.matchAll(/^\$ (.*)$/gm)].map(([, line]) => line),
    );
    assert.deepEqual(asked, ["GET /readyz"]);
  });

  it("ends with 1 and the last ten events where the revision was rolled back, without waiting", async () => {
    const deployments = [aDeployment({ taskDefinition: EARLIER })];
    const rolledBack = { json: aService({ deployments }) };
    const replies = well({ "aws ecs describe-services": [rolledBack] });

    const { code, stdout, calls } = await ran(replies, ["dev", "--deadline", "600"]);

    assert.equal(code, 1);
    assert.match(stdout, /^failed {3}the primary deployment runs web-dev:7: web-dev:6$/m);
    const events = stdout.slice(stdout.indexOf("last events")).split("\n");
    assert.deepEqual(events, [
      "last events of the service, newest first:",
      ...Array.from(
        { length: 10 },
        (_, index) =>
          `  2026-11-02T10:${String(59 - index)}:00.000000+01:00 (service web-service) event ${String(index)}.`,
      ),
      "",
      "dev is not well",
      "",
    ]);
    assert.equal(calls.filter((call) => call.includes("describe-services")).length, 1);
  });

  it("waits for what may still come right, and says each time what it waits for", async () => {
    const starting = aService({
      runningCount: 1,
      deployments: [aDeployment({ rolloutState: "IN_PROGRESS", rolloutStateReason: "" })],
    });
    const replies = well({
      "aws ecs describe-services": [{ json: starting }, { json: aService() }],
    });
    statuses = [503, 200];

    const { code, stdout } = await ran(replies, ["dev", "--deadline", "60", "--interval", "0"]);

    assert.equal(code, 0);
    assert.deepEqual(
      stdout.split("\n").filter((line) => line.startsWith("not yet")),
      [
        "not yet  its rollout is complete: IN_PROGRESS",
        "not yet  as many tasks run as should: 1 of 2 run, 0 pending",
        `not yet  GET ${url}/readyz answers 200: 503`,
      ],
    );
  });

  it("ends with 1 when the deadline has passed", async () => {
    const replies = well({
      "aws elbv2 describe-target-health": [{ json: targetsIn("healthy", "unhealthy") }],
    });

    const { code, stdout } = await ran(replies);

    assert.equal(code, 1);
    assert.match(
      stdout,
      /^not yet {2}every target is healthy: 1 healthy for 2 running tasks; i-1:32769 unhealthy \(Target\.Timeout\)$/m,
    );
    assert.match(stdout, /\ndev is not well\n$/);
  });

  it("asks for the path that it is given", async () => {
    const { stdout } = await ran(well(), ["dev", "--deadline", "0", "--path", "/livez"]);

    assert.deepEqual(asked, ["GET /livez"]);
    assert.match(stdout, new RegExp(`GET ${url}/livez answers 200: 200`));
  });

  it("asks again where AWS may answer later, and says each time why it had no answer", async () => {
    const throttled = {
      error: "An error occurred (ThrottlingException) when calling the DescribeServices operation",
    };
    const slow = { error: "api error SlowDown: Please reduce your request rate." };
    const replies = well({
      "pulumi stack output": [slow, { json: outputsOf(url) }],
      "aws ecs describe-services": [throttled, { json: aService() }],
    });

    const { code, stdout, stderr } = await ran(replies, [
      ...["dev", "--deadline", "60", "--interval", "0"],
    ]);

    assert.equal(stderr, "");
    assert.equal(code, 0);
    assert.match(stdout, /\ndev is well\n$/);
    assert.deepEqual(
      stdout
        .split("\n")
        .filter((_, index, lines) => (lines[index - 1] ?? "").startsWith("not yet")),
      [slow, throttled].map(({ error }) => `  ${error}`),
    );
  });

  it("hands on what the AWS CLI says of a failure", async () => {
    const words = "An error occurred (AccessDeniedException) when calling DescribeServices";
    const { code, stderr } = await ran(well({ "aws ecs describe-services": [{ error: words }] }));

    assert.equal(code, 1);
    assert.equal(
      stderr,
      `error: aws ecs describe-services --region eu-central-1 --cluster web-cluster --services web-service --output json\n  ${words}\n`,
    );
  });

  it("says which program is missing", async () => {
    const { code, stderr } = await ran(well(), ["dev"], ["aws"]);

    assert.equal(code, 1);
    assert.equal(
      stderr,
      "error: pulumi stack output --json --stack dev --non-interactive\n  the program is not on the PATH; install it\n",
    );
  });

  it("says what a stack that was never deployed lacks", async () => {
    const { code, stderr } = await ran(well({ "pulumi stack output": [{ json: {} }] }));

    assert.equal(code, 1);
    assert.match(
      stderr,
      /^error: incomplete: the outputs of stack dev; deploy it with `pulumi up --stack dev` first\n/,
    );
    assert.deepEqual(
      [...stderr.matchAll(/→ at (\w+)/g)].map(([, name]) => name),
      ["cluster", "service", "taskDefinition", "url"],
    );
  });

  it("says that the service is not there", async () => {
    const nothing = { failures: [{ arn: "arn", reason: "MISSING" }], services: [] };
    const { code, stderr } = await ran(well({ "aws ecs describe-services": [{ json: nothing }] }));

    assert.equal(code, 1);
    assert.equal(
      stderr,
      "error: ECS knows no service web-service in cluster web-cluster of eu-central-1 (MISSING); check that the credentials are those of its account\n",
    );
  });

  for (const [args, words] of [
    [[], "error: missing required argument 'stack'"],
    [
      ["dev", "--deadline", "soon"],
      "error: option '--deadline <seconds>' argument 'soon' is invalid. expected a number of seconds, 0 or more.",
    ],
    [["dev", "--interval", "-1"], "error: option '--interval <seconds>' argument '-1' is invalid."],
  ] as const) {
    it(`refuses the arguments ${JSON.stringify(args)}`, async () => {
      const { code, stderr, calls } = await ran(well(), [...args]);

      assert.equal(code, 1);
      assert.ok(stderr.startsWith(words), stderr);
      assert.deepEqual(calls, []);
    });
  }
});
