import assert from "node:assert/strict";
import { BOT, FakeGithub, type Note } from "./fake-github";
import { script } from "./script";

interface Report {
  readonly github: FakeGithub;
  readonly repository: object;
  readonly stack: string;
  readonly difference: string | undefined;
  readonly runUrl: string;
}

const { reportDrift } = script("drift.cjs") as { reportDrift: (report: Report) => Promise<string> };

const DIFFERENCE = `Previewing refresh (dev):
        ~ aws:autoscaling/group:Group: (update)
            [id=web-09dfd7a]
          ~ maxSize: 4 => 40
          - name: "gone"
Resources:
    ~ 1 to update
`;

const BODY = `<!-- ecs-on-ec2: drift of dev -->

AWS is not as the state of stack \`dev\` says. Somebody has changed it by hand, or a run has ended early.

\`\`\`diff
Previewing refresh (dev):
!         aws:autoscaling/group:Group: (update)
            [id=web-09dfd7a]
!           maxSize: 4 => 40
-           name: "gone"
Resources:
!     1 to update
\`\`\`

- The code is right: \`pulumi up --stack dev --refresh\` puts AWS back.
- AWS is right: write the value into the program or \`Pulumi.dev.yaml\`; the next deployment changes nothing then.

This issue updates itself each night, and closes itself when nothing differs any more.
`;

const anIssue = (number: number, overrides: Partial<Note> = {}): Note => ({
  ...{ id: number, number, user: BOT, body: BODY, state: "open", labels: ["drift"] },
  ...overrides,
});

async function reported(difference: string | undefined, issues: Note[] = [], stack = "dev") {
  const github = new FakeGithub();
  github.issues = issues;
  const runUrl = "https://example.com/runs/5";
  const said = await reportDrift({ github, repository: {}, stack, difference, runUrl });
  return { said, issues: github.issues, written: github.written, comments: github.comments };
}

describe("reportDrift", () => {
  it("creates an issue that shows the difference", async () => {
    const { said, issues, written } = await reported(DIFFERENCE);

    assert.equal(said, "created #1000");
    assert.deepEqual(
      issues.map(({ title, body, labels, state }) => ({ title, body, labels, state })),
      [{ title: "dev has drifted", body: BODY, labels: ["drift"], state: "open" }],
    );
    assert.deepEqual(written, ["create issue: dev has drifted"]);
  });

  it("leaves the issue alone while the difference is the same", async () => {
    const { said, written } = await reported(DIFFERENCE, [anIssue(4)]);

    assert.equal(said, "nothing: #4 says so already");
    assert.deepEqual(written, []);
  });

  it("leaves the issue alone where the engine tells of the same resources in another order", async () => {
    const blocks = ["~ aws:ec2/vpc:Vpc: (update)\n", "~ aws:ecr/repository:Repository: (update)\n"];
    const told = (order: readonly string[]) => `Previewing refresh (dev):\n${order.join("")}`;
    const first = await reported(told(blocks));
    const { said, written } = await reported(told([...blocks].reverse()), first.issues);

    assert.equal(said, "nothing: #1000 says so already");
    assert.deepEqual(written, []);
  });

  it("updates the one issue of the stack, also beyond the first page", async () => {
    const others = Array.from({ length: 250 }, (_, index) =>
      anIssue(index + 10, { body: "other" }),
    );
    const old = anIssue(900, { body: BODY.replace("40", "30") });
    const { said, issues, written, comments } = await reported(DIFFERENCE, [...others, old]);

    assert.equal(said, "updated #900");
    assert.deepEqual(written, ["update #900", "comment on #900"]);
    assert.equal(issues.at(-1)?.body, BODY);
    assert.equal(comments[0]?.body, "Found by [this run](https://example.com/runs/5).");
  });

  it("opens the closed issue again", async () => {
    const { said, issues } = await reported(DIFFERENCE, [anIssue(4, { state: "closed" })]);

    assert.equal(said, "opened #4 again");
    assert.equal(issues[0]?.state, "open");
    assert.equal(issues.length, 1);
  });

  it("closes the issue when the drift is gone", async () => {
    const { said, issues, comments } = await reported(undefined, [anIssue(4)]);

    assert.equal(said, "closed #4");
    assert.equal(issues[0]?.state, "closed");
    assert.equal(
      comments[0]?.body,
      "[This run](https://example.com/runs/5) finds no drift any more.",
    );
  });

  for (const [title, issues] of [
    ["there is no issue", []],
    ["the issue is closed", [anIssue(4, { state: "closed" })]],
  ] as const) {
    it(`does nothing without drift where ${title}`, async () => {
      const { said, written } = await reported(undefined, [...issues]);

      assert.equal(said, "nothing: dev has not drifted");
      assert.deepEqual(written, []);
    });
  }

  it("does not touch other stacks, other authors, other labels and pull requests", async () => {
    const foreign = [
      anIssue(1, { body: BODY.replaceAll("dev", "prod") }),
      anIssue(2, { user: { login: "eve", type: "User" } }),
      anIssue(3, { labels: ["bug"] }),
      anIssue(4, { pull_request: {} }),
    ];
    const before = structuredClone(foreign);
    const { said, issues } = await reported(DIFFERENCE, [...foreign]);

    assert.equal(said, "created #1000");
    assert.deepEqual(issues.slice(0, 4), before);
  });

  it("cuts a difference that is longer than an issue, and fences what holds fences", async () => {
    const { issues } = await reported(`\`\`\`\`\n${"x".repeat(100_000)}`);
    const body = issues[0]?.body ?? "";

    assert.ok(body.length < 65_536, String(body.length));
    assert.match(body, /^`````diff\n````\n/m);
    assert.match(body, /^… the rest is in the log of the run\n`````$/m);
  });
});
