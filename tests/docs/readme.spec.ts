import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";

const README = readFileSync("README.md", "utf8");

/** Rows of the table whose first heading is `heading`: cells without their padding. */
function tableRows(heading: string): string[][] {
  const lines = README.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} `));
  const length = lines.slice(start).findIndex((line) => !line.startsWith("|"));
  return lines.slice(start + 2, start + length).map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );
}

describe("README.md", () => {
  it("lists every configuration key as Pulumi.yaml declares it", () => {
    const { config } = parse(readFileSync("Pulumi.yaml", "utf8")) as {
      config: Record<string, { type: string; default: unknown; description: string }>;
    };

    const inCode = (value: unknown) =>
      `\`${typeof value === "string" && value !== "" ? value : JSON.stringify(value)}\``;
    assert.deepEqual(
      tableRows("Key").map((cells) => [
        ...cells.slice(0, 2),
        cells[2]?.replace(/", "/g, '","'),
        cells[3],
      ]),
      Object.entries(config).map(([key, declared]) => [
        `\`${key}\``,
        declared.type,
        inCode(declared.default),
        declared.description,
      ]),
    );
  });

  for (const [command, ...args] of [
    ["npm run preview", "preview"],
    ["npm run preview -- prod", "preview", "prod"],
    ["npm run simulate -- prod --trace flash-crowd", "simulate", "prod", "--trace", "flash-crowd"],
    [
      "npm run tune -- prod --trace daily --candidates 30 --seeds 1",
      ...["tune", "prod", "--trace", "daily", "--candidates", "30", "--seeds", "1"],
    ],
  ] as const) {
    it(`shows what \`${command}\` prints (UPDATE_DOCS=1 writes it)`, () => {
      const marker = `<summary><code>${command}</code></summary>\n\n\`\`\`text\n`;
      const start = README.indexOf(marker) + marker.length;
      const shown = README.slice(start, README.indexOf("```", start));
      const [tool, ...rest] = args;
      const printed = execFileSync(process.execPath, [`tools/${tool}/start.cjs`, ...rest], {
        encoding: "utf8",
        env: { PATH: process.env["PATH"], NO_COLOR: "1" },
        stdio: "pipe",
      });

      if (process.env["UPDATE_DOCS"] === "1") {
        // Read anew: another block may have been written since.
        const page = readFileSync("README.md", "utf8");
        const begin = page.indexOf(marker) + marker.length;
        const end = page.indexOf("```", begin);
        writeFileSync("README.md", page.slice(0, begin) + printed + page.slice(end));
        return;
      }
      const timeless = (text: string) => text.replace(/Duration: .*/, "Duration:");
      assert.equal(timeless(shown), timeless(printed));
    });
  }

  for (const stack of ["dev", "prod"]) {
    it(`has the costs of ${stack} that its preview shows`, () => {
      const start = README.indexOf(`Previewing update (${stack})`);
      const [, totals = ""] = /^ +Total +(.*)$/m.exec(README.slice(start)) ?? [];
      const rounded = totals.split(/ +/).map((usd) => String(Math.round(Number(usd))));

      assert.deepEqual(
        tableRows("USD a month")
          .find(([name]) => name === stack)
          ?.slice(1),
        rounded,
      );
    });
  }

  it("links to files that exist, and names commands that package.json has", () => {
    const links = [...README.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, file]) => file ?? "");
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
      scripts: Record<string, string>;
    };
    const commands = [...README.matchAll(/npm run (?:--silent )?([a-z:]+)/g)].map(
      ([, name]) => name ?? "",
    );

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
