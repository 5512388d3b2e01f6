import { execFile } from "node:child_process";

/** Calls the AWS CLI with arguments; gives what it prints. */
export type RunAws = (args: readonly string[]) => Promise<string>;

/** Why the AWS CLI gave no answer, and what to do. */
export class AwsCommandError extends Error {
  public override readonly name = "AwsCommandError";
}

/** A page of the price list has about 100 products of 5 kB each; this is room for ten times that. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Runs `aws`, the CLI that whoever has credentials already has and is signed in with: profiles, single sign-on, roles
 * and proxies work without a line here, and the two SDK clients that would replace it stay out of the project.
 */
export function runAws(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const all = [...args, "--output", "json", "--no-cli-pager"];
    execFile("aws", all, { maxBuffer: MOST_BYTES }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new AwsCommandError(explain(args, error, stderr)));
    });
  });
}

/**
 * Every page of a command's answer. Pages are asked for one by one, because the CLI would otherwise collect all of
 * the price list before it prints a line.
 */
export async function* pagesOf(
  run: RunAws,
  args: readonly string[],
): AsyncGenerator<Readonly<Record<string, unknown>>> {
  let token: string | undefined;
  do {
    const next = token === undefined ? [] : ["--next-token", token];
    const answer = await run([...args, "--no-paginate", "--max-results", "100", ...next]);
    const page = parsePage(args, answer);
    yield page;
    const following = page["NextToken"];
    if (following !== undefined && following === token) {
      throw new AwsCommandError(`${nameOf(args)} repeats a page; try again`);
    }
    token = typeof following === "string" && following !== "" ? following : undefined;
  } while (token !== undefined);
}

function parsePage(args: readonly string[], answer: string): Readonly<Record<string, unknown>> {
  try {
    const page: unknown = JSON.parse(answer);
    if (typeof page === "object" && page !== null && !Array.isArray(page)) {
      return page as Record<string, unknown>;
    }
  } catch {
    // Told below, with what was printed.
  }
  throw new AwsCommandError(
    `${nameOf(args)} printed no JSON object but ${JSON.stringify(answer.slice(0, 80))}`,
  );
}

const CREDENTIALS =
  /unable to locate credentials|could not be found|token.*(expired|invalid)|expiredtoken|invalidclienttokenid|unrecognizedclient|sso session/i;
const DENIED = /accessdenied|unauthorizedoperation|not authorized/i;

function explain(args: readonly string[], error: Error, stderr: string): string {
  if ("code" in error && error.code === "ENOENT") {
    return "the aws command is missing; install the AWS CLI (https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html) and sign in";
  }
  const said = stderr.trim().split("\n").at(-1) ?? "";
  if (CREDENTIALS.test(stderr)) {
    return `the AWS CLI has no valid credentials (${said}); run \`aws login\` or \`aws sso login\`, or set AWS_PROFILE`;
  }
  if (DENIED.test(stderr)) {
    return `the credentials may not call ${nameOf(args)} (${said}); allow ec2:DescribeInstanceTypes and pricing:GetProducts`;
  }
  return `${nameOf(args)} failed: ${said === "" ? error.message : said}`;
}

function nameOf(args: readonly string[]): string {
  return `aws ${args.slice(0, 2).join(" ")}`;
}
