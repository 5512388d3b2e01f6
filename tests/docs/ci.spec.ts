import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { workflows } from "../workflows/workflow-files";

const PAGE = readFileSync("docs/ci.md", "utf8");

const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
  scripts: Record<string, string>;
};

interface GitlabJob {
  readonly script: readonly string[];
  readonly after_script?: readonly string[];
}

const gitlab = parse(/```yaml\n([\s\S]*?)```/.exec(PAGE)?.[1] ?? "") as Record<string, GitlabJob>;

/** What stands between the marks of a script that a shell hands to node. */
const scriptIn = (commands: readonly string[] = []): string =>
  /<<'SCRIPT'\n([\s\S]*)\nSCRIPT/.exec(commands.at(-1) ?? "")?.[1] ?? "";

/** Runs a script of node in a folder; gives what it wrote. */
function ran(
  folder: string,
  args: string[],
  script: string,
  env: Record<string, string> = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, args, { cwd: folder, env });
  const texts = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (texts.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (texts.stderr += chunk.toString()));
  child.stdin.end(script);
  return new Promise((resolve) => {
    child.on("close", (code) => {
      resolve({ code, ...texts });
    });
  });
}

describe("docs/ci.md", () => {
  const folder = mkdtempSync(join(tmpdir(), "gitlab-"));
  mkdirSync(join(folder, "review"));
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("has a row for every workflow", () => {
    const rows = [...PAGE.matchAll(/^\| `([\w-]+)` +\| [^|]+\| [^|]+\| [^|]+\|$/gm)].map(
      ([, name]) => `${name ?? ""}.yml`,
    );

    assert.deepEqual(rows.sort(), Object.keys(workflows).sort());
  });

  it("runs scripts that package.json has", () => {
    const asked = [...PAGE.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(
      ([, name = ""]) => name,
    );

    assert.ok(asked.length > 10);
    assert.deepEqual(
      asked.filter((name) => scripts[name] === undefined),
      [],
    );
  });

  it("names every variable of the workflows", () => {
    const used = readFileSync(".github/workflows/deploy-stack.yml", "utf8")
      .concat(readFileSync(".github/workflows/preview.yml", "utf8"))
      .match(/AWS_\w+_ROLE_|PULUMI_BACKEND_URL_|PREVIEW_REFRESH/g);

    for (const name of new Set(used)) {
      const names = name.endsWith("_") ? [`${name}DEV`, `${name}PROD`] : [name];
      for (const each of names) assert.ok(PAGE.includes(`\`${each}\``), each);
    }
  });

  it("turns findings into a code quality report of GitLab", async () => {
    const results = [
      {
        ruleId: "ecs-service",
        level: "error",
        message: { text: "one task only" },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: "infra/stack.ts" },
              region: { startLine: 7 },
            },
          },
        ],
      },
      { ruleId: "cost", level: "note", message: { text: "high" } },
      { ruleId: "old", level: "error", baselineState: "unchanged", message: { text: "old" } },
      { ruleId: "waived", suppressions: [{ kind: "external" }], message: { text: "waived" } },
    ];
    writeFileSync(join(folder, "review/review.sarif"), JSON.stringify({ runs: [{ results }] }));

    const { stdout } = await ran(folder, [], scriptIn(gitlab["review"]?.after_script));

    const found = JSON.parse(stdout) as { fingerprint: string }[];
    assert.deepEqual(
      found.map(({ fingerprint, ...rest }) => ({ ...rest, length: fingerprint.length })),
      [
        {
          ...{ description: "one task only", check_name: "ecs-service", severity: "critical" },
          location: { path: "infra/stack.ts", lines: { begin: 7 } },
          length: 64,
        },
        {
          ...{ description: "high", check_name: "cost", severity: "info" },
          location: { path: "Pulumi.yaml", lines: { begin: 1 } },
          length: 64,
        },
      ],
    );
    assert.notEqual(found[0]?.fingerprint, found[1]?.fingerprint);
  });

  it("gives GitLab an empty report where there was no review", async () => {
    rmSync(join(folder, "review/review.sarif"), { force: true });

    const { stdout } = await ran(folder, [], scriptIn(gitlab["review"]?.after_script));
    assert.equal(stdout, "[]\n");
  });

  for (const [title, { notes, isUnchanged }, expected] of [
    ["creates the note", { notes: 3, isUnchanged: false }, ["POST"]],
    ["creates none where nothing changes", { notes: 3, isUnchanged: true }, []],
    ["updates its own note on the third page", { notes: 205, isUnchanged: true }, ["PUT 900"]],
  ] as const) {
    it(`${title} of a merge request of GitLab`, async () => {
      const marker = "<!-- review of project web -->";
      const all: object[] = Array.from({ length: notes }, (_, id) => ({
        ...{ id, author: { id: 1 }, body: `${marker}\nof another author` },
      }));
      if (notes > 200) all.push({ id: 900, author: { id: 7 }, body: `${marker}\nold` });
      writeFileSync(join(folder, "review/review.md"), `${marker}\nnew\n`);
      writeFileSync(
        join(folder, "review/review.json"),
        JSON.stringify({ stacks: [{ isUnchanged }] }),
      );
      const written: string[] = [];
      const server = createServer((request, response) => {
        const url = new URL(request.url ?? "", "http://localhost");
        const page = Number(url.searchParams.get("page"));
        assert.equal(request.headers["private-token"], "token");
        if (request.method !== "GET") {
          const id = /notes\/(\d+)$/.exec(url.pathname)?.[1];
          written.push([request.method, id].filter((part) => part !== undefined).join(" "));
        }
        const answer = url.pathname.endsWith("/user")
          ? { id: 7 }
          : all.slice((page - 1) * 100, page * 100);
        response.end(JSON.stringify(answer));
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as AddressInfo;

      const { code, stderr } = await ran(
        folder,
        ["--input-type=module"],
        scriptIn(gitlab["note"]?.script),
        {
          CI_API_V4_URL: `http://127.0.0.1:${String(port)}/api/v4`,
          ...{ CI_PROJECT_ID: "5", CI_MERGE_REQUEST_IID: "3", GITLAB_TOKEN: "token" },
        },
      );
      server.close();

      assert.equal(stderr, "");
      assert.equal(code, 0);
      assert.deepEqual(written, expected);
    });
  }
});
