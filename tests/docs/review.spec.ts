import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { run as runCi } from "../../tools/ci/cli";
import { compare } from "../../tools/compare/compare";
import { securityChanges } from "../../tools/compare/security";
import { screenOf } from "../../tools/preview/screen";
import { run as runReview } from "../../tools/review/cli";
import { renderText } from "../../tools/review/render-text";
import { sideOf } from "../support/sides";

const PAGE = "docs/review.md";

const page = (): string => readFileSync(PAGE, "utf8");

/** Holds what stands below a command of the page against what the command prints, or writes it. */
function assertShown(command: string, printed: string): void {
  const marker = `\`\`\`sh\n${command}\n\`\`\`\n\n\`\`\`text\n`;
  const begin = page().indexOf(marker) + marker.length;
  assert.ok(begin > marker.length, `${PAGE} has no ${command}`);
  const end = page().indexOf("```", begin);
  if (process.env["UPDATE_DOCS"] === "1") {
    writeFileSync(PAGE, page().slice(0, begin) + printed + page().slice(end));
  }
  const shown = page();
  assert.equal(shown.slice(begin, shown.indexOf("```", begin)), printed);
}

/** What a command prints as its help. */
async function helpOf(run: typeof runReview): Promise<string> {
  let help = "";
  const stdout = { write: (text: string) => (help += text) };
  await run(["--help"], {
    ...{ directory: ".", environment: {}, stdout, stderr: stdout },
    compareStacks: () => Promise.resolve([]),
    prefixIn: () => Promise.resolve(""),
    token: () => "",
  });
  return help;
}

describe(PAGE, function () {
  this.timeout(60_000);

  it("shows the report of its example (UPDATE_DOCS=1 writes it)", async () => {
    const before = await sideOf("dev");
    const after = await sideOf("dev", { "ecs-on-ec2:networkMode": "awsvpc" });
    const comparison = compare(
      { ...before, label: "main (1a2b3c4)" },
      { ...after, label: "working tree (1a2b3c4 and uncommitted changes)" },
      { allowDestruction: [] },
    );
    const review = { stack: "dev", comparison, security: securityChanges(comparison) };
    const screen = screenOf({ write: () => undefined }, {}, false);

    assertShown("npm run review -- dev --against main", renderText([review], screen));
  });

  it("shows the steps of continuous integration (UPDATE_DOCS=1 writes it)", async () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
      scripts: Record<string, string>;
    };
    let printed = "";
    const stdout = { write: (text: string) => (printed += text) };
    const code = await runCi(["--list"], {
      ...{ environment: {}, stdout, stderr: stdout },
      ...{ stacks: ["dev", "prod"], accounts: ["dev", "prod"] },
      scripts: Object.keys(scripts),
      git: (...args) => (args[0] === "symbolic-ref" ? "origin/main" : args.join(" ")),
      runNpm: () => assert.fail("nothing runs"),
      seconds: () => 0,
    });

    assert.equal(code, 0);
    assertShown("npm run ci -- --list", printed.trimStart());
  });

  it("has the exit codes of the help", async () => {
    const rows = [...page().matchAll(/^\| (\d) +\| (.+?) +\|$/gm)];
    const help = await helpOf(runReview);

    assert.deepEqual(
      rows.map(([, code, meaning]) => `  ${code ?? ""}  ${meaning ?? ""}`),
      help.split("\n").filter((line) => /^ {2}\d {2}/.test(line)),
    );
  });

  it("links to pages that exist, and names commands that package.json has", () => {
    const links = [...page().matchAll(/\]\(([^)#]+)\)/g)].map(([, file]) => `docs/${file ?? ""}`);
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
      scripts: Record<string, string>;
    };
    const commands = [...page().matchAll(/npm run ([a-z:]+)/g)].map(([, name]) => name ?? "");

    assert.deepEqual(
      links.filter((file) => !existsSync(file)),
      [],
    );
    assert.deepEqual(
      commands.filter((name) => !(name in scripts)),
      [],
    );
  });
});
