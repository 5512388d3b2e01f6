import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const [late, start] = ["late-declarations.ts", "start-command.cjs"].map((file) =>
  JSON.stringify(resolve("tools/preview", file)),
);

describe("refuseLateDeclarations", () => {
  /** What it says in a process whose program leaves something behind and ends with `promise`. */
  const said = (promise: string): string => {
    const folder = mkdtempSync(join(tmpdir(), "late-"));
    try {
      writeFileSync(
        join(folder, "main.ts"),
        `import { Topic } from ${JSON.stringify(resolve("node_modules/@pulumi/aws/sns"))};
import { refuseLateDeclarations } from ${late ?? ""};
const after = (work: () => void) => new Promise<void>((done, fail) =>
  setTimeout(() => { try { work(); done(); } catch (error) { fail(error); } }, 1));
export const main = () => refuseLateDeclarations(${promise}).then(
  (isQuiet) => console.log("quiet: " + isQuiet),
  (error: Error) => console.log(error.message),
);
`,
      );
      writeFileSync(
        join(folder, "start.cjs"),
        `require(${start ?? ""}).start(require.resolve("./main.ts"), "late-declarations");\n`,
      );
      return spawnSync(process.execPath, [join(folder, "start.cjs")], { encoding: "utf8" }).stdout;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  it("watches while it waits for something else", () => {
    assert.match(
      said('after(() => { new Topic("late"); })'),
      /^aws:sns\/topic:Topic "late" is declared after the program's end,/,
    );
  });

  it("leaves it to the caller how that ends", () => {
    assert.equal(said('after(() => { throw new Error("other"); })'), "quiet: true\n");
    assert.equal(said("undefined"), "quiet: true\n");
  });
});
