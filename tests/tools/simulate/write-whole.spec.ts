import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeWhole } from "../../../tools/simulate/write-whole";

describe("writeWhole", () => {
  let directory = "";
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "write-whole-"));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it("makes the folder, replaces files and leaves nothing else", () => {
    const folder = join(directory, "deep/report");

    const paths = writeWhole(folder, { "a.html": "one", "b.json": "two" });
    writeWhole(folder, { "a.html": "three" });

    assert.deepEqual(paths, [join(folder, "a.html"), join(folder, "b.json")]);
    assert.deepEqual(readdirSync(folder), ["a.html", "b.json"]);
    assert.deepEqual(
      paths.map((path) => readFileSync(path, "utf8")),
      ["three", "two"],
    );
  });

  it("leaves what was there and no parts where one file cannot be written", () => {
    writeFileSync(join(directory, "a.html"), "before");
    mkdirSync(join(directory, `b.json.${process.pid}.part`));

    assert.throws(() => writeWhole(directory, { "a.html": "after", "b.json": "two" }), {
      name: "InputFileError",
      message: `${directory}: cannot be written (EISDIR); name another folder`,
    });
    assert.equal(readFileSync(join(directory, "a.html"), "utf8"), "before");
  });

  it("refuses a folder that is a file", () => {
    const file = join(directory, "report");
    writeFileSync(file, "");

    assert.throws(() => writeWhole(file, { "a.html": "" }), {
      message: `${file}: cannot be written (EEXIST); name another folder`,
    });
  });

  it("refuses a folder below one that takes none, rather than to try for ever", function () {
    if (process.platform !== "linux") this.skip();

    for (const folder of ["/proc/report", "/proc/deep/report"]) {
      assert.throws(() => writeWhole(folder, { "a.html": "" }), {
        name: "InputFileError",
        message: `${folder}: cannot be written (ENOENT); name another folder`,
      });
    }
  });

  it("listens for no interruption any more once it is done", async () => {
    const before = process.listenerCount("SIGINT");

    writeWhole(directory, { "a.html": "" });
    await new Promise((resolve) => setImmediate(resolve));

    assert.equal(process.listenerCount("SIGINT"), before);
  });
});
