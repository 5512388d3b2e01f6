import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { foundAbove } from "../../../tools/sandbox/found-above";

describe("foundAbove", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "found-above-"));
    mkdirSync(join(folder, "second/third"), { recursive: true });
    writeFileSync(join(folder, "pinned.json"), "{}");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("takes what the project has itself", () => {
    writeFileSync(join(folder, "second/pinned.json"), "{}");

    assert.equal(
      foundAbove(join(folder, "second"), "pinned.json"),
      join(folder, "second/pinned.json"),
    );
  });

  it("takes that of the nearest folder above a project without", () => {
    assert.equal(
      foundAbove(join(folder, "second/third"), "pinned.json"),
      join(folder, "pinned.json"),
    );
  });

  it("names the place in the project where there is none", () => {
    assert.equal(foundAbove(join(folder, "second"), "a.json"), join(folder, "second/a.json"));
  });
});
