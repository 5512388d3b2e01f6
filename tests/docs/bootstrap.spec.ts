import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import { renderPermissions } from "./permission-tables";

const PERMISSIONS = "docs/permissions.md";
const PAGE = "docs/bootstrap.md";

interface Declaration {
  readonly type: string;
  readonly default?: unknown;
  readonly description: string;
}

describe("docs/permissions.md", () => {
  it("has the tables of the permissions as they are (UPDATE_DOCS=1 writes it)", () => {
    const page = readFileSync(PERMISSIONS, "utf8");
    const [before = "", , after = ""] = page.split(/<!-- \/?permissions -->/);
    const expected = `${before}<!-- permissions -->\n\n${renderPermissions()}\n\n<!-- /permissions -->${after}`;
    if (process.env["UPDATE_DOCS"] === "1") {
      writeFileSync(PERMISSIONS, expected);
    }

    assert.equal(readFileSync(PERMISSIONS, "utf8"), expected);
  });
});

describe("docs/bootstrap.md", () => {
  it("has a row for every setting, with what Pulumi.yaml says of it", () => {
    const { config } = parse(readFileSync("bootstrap/Pulumi.yaml", "utf8")) as {
      config: Readonly<Record<string, Declaration>>;
    };
    const rows = [
      ...readFileSync(PAGE, "utf8").matchAll(/^\| `(\w+)` +\| (\w+) +\| (.*?) +\| (.*?) +\|$/gm),
    ];

    assert.deepEqual(
      rows.map(([, key, type, byDefault, description]) => [key, type, byDefault, description]),
      Object.entries(config).map(([key, { type, default: byDefault, description }]) => [
        key,
        type,
        byDefault === undefined
          ? "none"
          : Array.isArray(byDefault) && byDefault.length > 0
            ? "all four"
            : `\`${JSON.stringify(byDefault).replace(/^"(.+)"$/, "$1")}\``,
        description,
      ]),
    );
  });
});
