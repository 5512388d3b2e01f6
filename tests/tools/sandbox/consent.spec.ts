import assert from "node:assert/strict";
import { refuseUnasked } from "../../../tools/sandbox/consent";
import { ENGINE_COMMANDS } from "../../../tools/sandbox/engine-commands";

/** The commands that are refused. */
const refused = (options: readonly string[], canAsk = false): string[] =>
  ENGINE_COMMANDS.filter((command) => {
    try {
      refuseUnasked(command, "dev", options, canAsk);
      return false;
    } catch {
      return true;
    }
  }).map(({ name }) => name);

describe("refuseUnasked", () => {
  it("refuses the commands that the CLI would ask about, where it can ask nobody", () => {
    assert.deepEqual(refused([]), ["up", "refresh", "destroy"]);
    assert.deepEqual(refused(["--diff", "-p", "4"]), ["up", "refresh", "destroy"]);
    assert.deepEqual(refused(["--non-interactive"], true), ["up", "refresh", "destroy"]);
  });

  it("lets those pass that ask nothing, or that can ask", () => {
    for (const option of ["--yes", "-y", "-fy", "-f", "--skip-preview", "--preview-only"]) {
      assert.deepEqual(refused([option]), [], option);
    }
    assert.deepEqual(refused([], true), []);
  });
});
