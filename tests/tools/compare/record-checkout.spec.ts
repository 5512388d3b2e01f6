import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { recordCheckout } from "../../../tools/compare/record-checkout";

describe("recordCheckout", () => {
  let checkout = "";
  before(() => {
    checkout = mkdtempSync(join(tmpdir(), "a checkout "));
    mkdirSync(join(checkout, "tools/compare"), { recursive: true });
  });
  after(() => {
    rmSync(checkout, { recursive: true });
  });

  /** Records with a program in place of the checkout's tools. */
  const recorded = (program: string, signal = new AbortController().signal) => {
    writeFileSync(join(checkout, "tools/compare/start.cjs"), program);
    return recordCheckout(checkout, ["dev", "prod"], "main (1a2b3c4)", signal);
  };

  it("runs the checkout's own tools in its folder, without git's variables", async () => {
    process.env["GIT_INDEX_FILE"] = "elsewhere";
    try {
      const stacks = await recorded(`
        const failure = [process.cwd(), ...process.argv.slice(2), process.env.GIT_INDEX_FILE].join();
        console.log(JSON.stringify({ format: 1, stacks: [{ stack: "dev", failure }] }));`);

      assert.deepEqual(stacks, [
        { stack: "dev", failure: [checkout, "main (1a2b3c4)", "dev", "prod", ""].join() },
      ]);
    } finally {
      delete process.env["GIT_INDEX_FILE"];
    }
  });

  it("says why the tools fail, in their own words", async () => {
    const program = 'process.stderr.write("error: one\\n    more\\n"); process.exitCode = 1;';

    await assert.rejects(recorded(program), {
      name: "ComparisonError",
      message:
        "the program of main (1a2b3c4) fails, so there is nothing to compare with:\n    error: one\n        more",
    });
  });

  it("ends the process with the signal", async () => {
    const users = new AbortController();
    const running = recorded("setInterval(() => {}, 1000)", users.signal);
    users.abort();

    await assert.rejects(running, { name: "AbortError" });
  });
});
