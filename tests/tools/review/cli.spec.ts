import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ComparisonError } from "../../../tools/compare/comparison-error";
import { type ReviewRequest, run, type Surroundings } from "../../../tools/review/cli";
import { renderAnnotations } from "../../../tools/review/render-annotations";
import { renderMarkdown } from "../../../tools/review/render-markdown";
import { renderText } from "../../../tools/review/render-text";
import type { StackReview } from "../../../tools/review/stack-review";
import { screenOf } from "../../../tools/preview/screen";
import { aBusyReview, aChange, aFailure, aReview } from "./comparisons";
import { assertSarif } from "./sarif-schema";

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What was compared. */
  readonly requests: readonly ReviewRequest[];
}

async function ran(
  args: readonly string[],
  reviews: readonly StackReview[] | Error = [aReview()],
  overrides: Partial<Surroundings> = {},
): Promise<Ran> {
  const texts = { stdout: "", stderr: "" };
  const requests: ReviewRequest[] = [];
  const code = await run(args, {
    directory: process.cwd(),
    environment: {},
    stdout: { write: (text) => (texts.stdout += text) },
    stderr: { write: (text) => (texts.stderr += text) },
    compareStacks: (request) => {
      requests.push(request);
      return reviews instanceof Error ? Promise.reject(reviews) : Promise.resolve(reviews);
    },
    prefixIn: () => Promise.resolve(""),
    token: () => "word",
    ...overrides,
  });
  return { code, ...texts, requests };
}

const MAIN = ["--against", "main"];
const plainText = (reviews: readonly StackReview[]) =>
  renderText(reviews, screenOf({ write: () => undefined }, {}, true));

describe("review run", () => {
  let directory = "";
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "review-"));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it("compares all stacks for none that is named, and each of those that are once", async () => {
    const { code, stdout, stderr, requests } = await ran(MAIN);

    assert.deepEqual([code, stdout, stderr], [0, plainText([aReview()]), ""]);
    assert.deepEqual(requests, [{ stacks: undefined, against: "main", allowDestruction: [] }]);
    const types = ["aws:ecs/service:Service", "aws:s3/bucket:Bucket"];
    const allowed = types.flatMap((type) => ["--allow-destruction", type]);
    const named = await ran(["prod", "dev", "prod", ...MAIN, ...allowed]);
    assert.deepEqual(named.requests, [
      { stacks: ["prod", "dev"], against: "main", allowDestruction: types },
    ]);
  });

  it("ends with the code of the worst stack, and shows the others", async () => {
    const destroyed = aReview({
      changes: [aChange({ operation: "delete", holds: "data", destruction: "refused" })],
    });

    assert.equal((await ran(MAIN, [destroyed])).code, 5);
    assert.equal((await ran(MAIN, [destroyed, aBusyReview()])).code, 3);
    const { code, stdout, stderr } = await ran(MAIN, [aFailure, destroyed]);
    assert.deepEqual([code, stderr], [1, ""]);
    assert.equal(stdout, plainText([aFailure, destroyed]));
  });

  it("writes the files of all stacks, and names them", async () => {
    const output = join(directory, "out");
    const reviews = [aBusyReview(), aFailure];
    const { code, stdout } = await ran([...MAIN, "--output", output], reviews);

    const names = ["review.md", "review.json", "review.sarif", "dev.svg", "dev.mmd"];
    const paths = names.map((name) => join(output, name));
    assert.equal(code, 1);
    assert.equal(stdout, `${plainText(reviews)}\nWritten: ${paths.join(", ")}\n`);
    const read = (name: string) => readFileSync(join(output, name), "utf8");
    assert.deepEqual(readdirSync(output).sort(), [...names].sort());
    assert.equal(read("review.md"), renderMarkdown(reviews, { project: "ecs-on-ec2" }));
    assert.equal((JSON.parse(read("review.json")) as { format: number }).format, 1);
    assertSarif(read("review.sarif"));
    assert.match(read("dev.svg"), /^<svg /);
    assert.match(read("dev.mmd"), /^flowchart /);
  });

  it("refuses a folder with other files of that name before it compares", async () => {
    const first = join(directory, "first");
    await ran([...MAIN, "--output", first]);
    rmSync(join(first, "review.sarif"));
    const { code, stdout, stderr, requests } = await ran([...MAIN, "--output", first]);

    assert.deepEqual([code, stdout, requests], [1, "", []]);
    assert.equal(
      stderr,
      `error: ${first}: has review.md, review.json, dev.svg, dev.mmd, and no review wrote them; name another folder, or remove them\n`,
    );
  });

  it("writes no file where nothing could be compared", async () => {
    const output = join(directory, "out");
    const failed = await ran([...MAIN, "--output", output], new ComparisonError("git says no"));

    assert.deepEqual([failed.code, failed.stdout, failed.stderr], [1, "", "error: git says no\n"]);
    assert.deepEqual(readdirSync(output), []);
  });

  it("annotates under GitHub Actions, and reads no command out of the report", async () => {
    const summary = join(directory, "summary.md");
    const reviews = [aBusyReview()];
    const environment = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: summary };
    const { code, stdout } = await ran(MAIN, reviews, { environment });

    assert.equal(code, 3);
    assert.equal(
      stdout,
      `::stop-commands::word\n${plainText(reviews)}::word::\n${renderAnnotations(reviews)}`,
    );
    assert.equal(
      readFileSync(summary, "utf8"),
      renderMarkdown(reviews, { project: "ecs-on-ec2", limit: Math.floor(1_048_576 / 3) }),
    );
  });

  it("tells files from the root of the repository, in annotations and in SARIF", async () => {
    const output = join(directory, "out");
    const { stdout } = await ran([...MAIN, "--output", output], [aBusyReview()], {
      environment: { GITHUB_ACTIONS: "true" },
      prefixIn: (folder) => Promise.resolve(folder === process.cwd() ? "shop/" : ""),
    });

    assert.match(stdout, /\n::error file=shop\/infra\/service\.ts,/);
    const sarif = readFileSync(join(output, "review.sarif"), "utf8");
    assert.match(sarif, /"uri": "shop\/infra\/service\.ts"/);
  });

  it("shows what no line declares at the stack's file as the project calls it", async () => {
    const output = join(directory, "out");
    const lost = aChange({ operation: "delete", urn: "urn:gone", holds: "data" });
    const reviews = [aReview({ changes: [{ ...lost, destruction: "refused" }] })];
    const environment = { GITHUB_ACTIONS: "true" };
    writeFileSync(join(directory, "Pulumi.yml"), "name: shop\n");
    const shown = await Promise.all(
      [directory, process.cwd()].map(async (project, index) => {
        const folder = `${output}${String(index)}`;
        const { stdout } = await ran([...MAIN, "--output", folder], reviews, {
          ...{ directory: project, environment },
        });
        const [, uri] =
          /"uri": "(.*)"/.exec(readFileSync(join(folder, "review.sarif"), "utf8")) ?? [];
        return [/::error file=(.*?),/.exec(stdout)?.[1], uri];
      }),
    );

    assert.deepEqual(shown, [
      ["Pulumi.dev.yml", "Pulumi.dev.yml"],
      ["Pulumi.dev.yaml", "Pulumi.dev.yaml"],
    ]);
  });

  it("writes neither annotations nor a summary elsewhere", async () => {
    const summary = join(directory, "summary.md");
    const environment = { GITHUB_STEP_SUMMARY: summary };
    const { stdout } = await ran(MAIN, [aBusyReview()], { environment });

    assert.equal(stdout, plainText([aBusyReview()]));
    assert.ok(!existsSync(summary));
  });

  it("refuses what is no type and no address, and asks for the ref", async () => {
    const faults = await Promise.all([
      ran([]),
      ran([...MAIN, "--allow-destruction", "Service"]),
      ran([...MAIN, "--full-report-url", "javascript:alert(1)"]),
    ]);

    const usage = "run `npm run review -- --help` for the usage\n";
    assert.deepEqual(
      faults.map(({ code, stderr, requests }) => [code, stderr, requests.length]),
      [
        [1, `error: required option '--against <ref>' not specified\n${usage}`, 0],
        [
          1,
          "error: option '--allow-destruction <type>' argument 'Service' is invalid. " +
            `a type is written as aws:ecs/service:Service\n${usage}`,
          0,
        ],
        [
          1,
          "error: option '--full-report-url <url>' argument 'javascript:alert(1)' is invalid. " +
            `an address begins with https:// or http://\n${usage}`,
          0,
        ],
      ],
    );
  });

  it("refuses a stack whose name is an option, by its file and as it is named", async () => {
    for (const file of ["Pulumi.yaml", "Pulumi.dev.yaml", "Pulumi.--help.yaml"]) {
      writeFileSync(join(directory, file), "name: shop\n");
    }
    const output = join(directory, "out");
    const faults = await Promise.all(
      [[], ["dev", "--", "--help"]].map((named) =>
        ran([...MAIN, "--output", output, ...named], [], { directory }),
      ),
    );

    assert.deepEqual(
      faults.map(({ code, stderr, requests }) => [code, stderr, requests.length]),
      faults.map(() => [
        1,
        "error: stack '--help': begins with '-', so that commands take it for an option; rename its file\n",
        0,
      ]),
    );
    assert.ok(!existsSync(output));
    assert.equal((await ran(["dev", ...MAIN], [aReview()], { directory })).code, 0);
  });

  it("says that there is no project", async () => {
    const { code, stderr } = await ran(MAIN, [], { directory });

    assert.equal(code, 1);
    assert.equal(
      stderr,
      `error: Pulumi.yaml: is missing in ${directory}; run the preview in the folder of the project\n`,
    );
  });

  it("tells a mistake in the review itself with its trace", async () => {
    const { code, stderr } = await ran(MAIN, new TypeError("x is not a function"));

    assert.equal(code, 1);
    assert.match(stderr, /TypeError: x is not a function\n +at /);
  });

  it("shows help with the stacks that there are", async () => {
    const { code, stdout } = await ran(["--help"]);

    assert.equal(code, 0);
    assert.match(stdout, /stacks to compare \(default: all, here: dev, prod\)/);
  });
});
