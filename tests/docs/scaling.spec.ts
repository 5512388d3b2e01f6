import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import { run } from "../../tools/simulate/cli";
import { readStackPlan } from "../../tools/simulate/stack-plan";

const PAGE = "docs/scaling.md";

/** A command of the page with what stands below it. */
const EXAMPLE = /```sh\nnpm run simulate -- (.+)\n```\n\n```text\n([^`]*)```/g;

async function simulated(command: string): Promise<string> {
  const texts = { stdout: "", stderr: "" };
  const code = await run(
    [...command.matchAll(/'([^']*)'|\S+/g)].map(([word, quoted]) => quoted ?? word),
    {
      directory: ".",
      environment: {},
      stdout: { write: (text) => (texts.stdout += text) },
      stderr: { write: (text) => (texts.stderr += text) },
      readPlan: readStackPlan,
      renderHtml: () => "",
    },
  );
  assert.equal(code, 0, texts.stderr);
  return texts.stdout;
}

/** What the page shows of an output: the table of a comparison; of a single run the plot, and what happened when. */
function shownOf(output: string): string {
  const [, table] = /\nComparison:\n([^]*?) {4}\* best of its column\n/.exec(output) ?? [];
  const [, plot = ""] = /^.*\n.*\n\n([^]*?)\nResult:\n/.exec(output) ?? [];
  const [, happened = ""] = /\n(Binding:\n[^]*?)\nA model/.exec(output) ?? [];
  return table?.replace(/^ {4}/gm, "") ?? `${plot}\n${happened.trimEnd()}\n`;
}

describe(PAGE, () => {
  const page = readFileSync(PAGE, "utf8");
  const examples = [...page.matchAll(EXAMPLE)];

  for (const [, command = "", shown] of examples) {
    it(`shows what simulate -- ${command} prints (UPDATE_DOCS=1 writes it)`, async () => {
      const printed = shownOf(await simulated(command));

      if (process.env["UPDATE_DOCS"] === "1") {
        const now = readFileSync(PAGE, "utf8");
        const begin = now.indexOf("```text\n", now.indexOf(`-- ${command}\n`)) + "```text\n".length;
        writeFileSync(PAGE, now.slice(0, begin) + printed + now.slice(now.indexOf("```", begin)));
        return;
      }
      assert.equal(shown, printed);
    });
  }

  it("has an example for each number that its table names", () => {
    const numbers = [...page.matchAll(/^\*\*(\d)\. /gm)].map(([, number]) => number);
    const named = [...page.matchAll(/\| (\d) +\|$/gm)].map(([, number]) => number);

    assert.deepEqual([...new Set(named)], numbers);
    assert.equal(examples.length, numbers.length + 2);
  });

  it("names keys that Pulumi.yaml declares", () => {
    const { config } = parse(readFileSync("Pulumi.yaml", "utf8")) as { config: object };
    const rows = [...page.matchAll(/^\| (`.+?) +\| (?:tasks|instances|both) /gm)];
    const keys = rows.flatMap(([, cell = ""]) =>
      [...cell.matchAll(/`(\w+)`/g)].map(([, key]) => key),
    );

    assert.ok(keys.length > 10);
    assert.deepEqual(
      keys.filter((key = "") => !Object.hasOwn(config, key)),
      [],
    );
  });
});
