import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsCommandError, pagesOf, runAws } from "../../../tools/catalogue/aws-command";

async function collect<Page>(pages: AsyncIterable<Page>): Promise<Page[]> {
  const all: Page[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

describe("pagesOf", () => {
  it("asks for page after page until there is no token", async () => {
    const calls: string[] = [];
    const answers = [
      '{"n":1,"NextToken":"a"}',
      '{"n":2,"NextToken":"b"}',
      '{"n":3,"NextToken":""}',
    ];
    const pages = await collect(
      pagesOf(
        (args) => {
          calls.push(args.join(" "));
          return Promise.resolve(answers[calls.length - 1] ?? "");
        },
        ["ec2", "describe"],
      ),
    );

    assert.deepEqual(
      pages.map(({ n }) => n),
      [1, 2, 3],
    );
    assert.deepEqual(calls, [
      "ec2 describe --no-paginate --max-results 100",
      "ec2 describe --no-paginate --max-results 100 --next-token a",
      "ec2 describe --no-paginate --max-results 100 --next-token b",
    ]);
  });

  it("ends where pages repeat, and where an answer is no page", async () => {
    const always = (text: string) => () => Promise.resolve(text);
    await assert.rejects(
      collect(pagesOf(always('{"NextToken":"a"}'), ["ec2", "describe"])),
      new AwsCommandError("aws ec2 describe repeats a page; try again"),
    );
    for (const text of ["", "[1]", "<html>"]) {
      await assert.rejects(
        collect(pagesOf(always(text), ["ec2", "describe"])),
        new AwsCommandError(`aws ec2 describe printed no JSON object but ${JSON.stringify(text)}`),
      );
    }
  });
});

describe("runAws", () => {
  let directory = "";
  const path = process.env["PATH"];
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "aws-command-"));
  });
  afterEach(() => {
    process.env["PATH"] = path;
  });
  after(() => {
    rmSync(directory, { recursive: true });
  });

  /** Puts a command `aws` of that script before all others. */
  function install(script: string): void {
    const file = join(directory, "aws");
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    process.env["PATH"] = `${directory}:${path ?? ""}`;
  }

  it("gives what the command prints, asked for JSON and without a pager", async () => {
    install('echo "$*"');
    assert.equal(await runAws(["ec2", "x y"]), "ec2 x y --output json --no-cli-pager\n");
  });

  it("says that the command is missing", async () => {
    process.env["PATH"] = join(directory, "nothing");
    await assert.rejects(
      runAws(["ec2", "describe-instance-types"]),
      new AwsCommandError(
        "the aws command is missing; install the AWS CLI (https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html) and sign in",
      ),
    );
  });

  for (const said of [
    'Unable to locate credentials. You can configure credentials by running "aws login".',
    "An error occurred (RequestExpired) when calling the DescribeInstanceTypes operation: token has expired",
    "The config profile (prod) could not be found",
    "Error loading SSO Token: Token for x does not exist; the SSO session is invalid",
  ]) {
    it(`takes '${said.slice(0, 40)}' for missing credentials`, async () => {
      install(`echo '${said}' >&2; exit 253`);
      await assert.rejects(
        runAws(["ec2", "describe-instance-types"]),
        new AwsCommandError(
          `the AWS CLI has no valid credentials (${said}); run \`aws login\` or \`aws sso login\`, or set AWS_PROFILE`,
        ),
      );
    });
  }

  it("names the permissions that are missing, and passes on any other failure", async () => {
    const denied =
      "An error occurred (UnauthorizedOperation) when calling the DescribeInstanceTypes operation";
    install(`echo '${denied}' >&2; exit 254`);
    await assert.rejects(
      runAws(["ec2", "describe-instance-types"]),
      new AwsCommandError(
        `the credentials may not call aws ec2 describe-instance-types (${denied}); allow ec2:DescribeInstanceTypes and pricing:GetProducts`,
      ),
    );
    install("echo 'Could not connect to the endpoint URL' >&2; exit 255");
    await assert.rejects(
      runAws(["pricing", "get-products"]),
      new AwsCommandError("aws pricing get-products failed: Could not connect to the endpoint URL"),
    );
  });
});
