import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderSarif } from "../../../tools/review/render-sarif";
import { openReportFolder, writeReport } from "../../../tools/review/report-folder";
import { aReview } from "./comparisons";

describe("the folder of a review", () => {
  let directory = "";
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "report folder "));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  const write = (name: string, text = "mine") => {
    writeFileSync(join(directory, name), text);
  };
  const content = () =>
    Object.fromEntries(
      readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), "utf8")]),
    );
  const sarif = (...stacks: readonly string[]) =>
    renderSarif(stacks.map((stack) => aReview({}, { stack })));
  const open = (...stacks: readonly string[]) => {
    openReportFolder(directory, stacks);
  };

  it("is made where it is missing", () => {
    const inner = join(directory, "a", "b");
    openReportFolder(inner, ["dev"]);

    assert.deepEqual(readdirSync(inner), []);
  });

  it("is refused where it is a file or a device, and says that it has to be a folder", () => {
    write("notes.txt");

    for (const path of [join(directory, "notes.txt"), "/dev/null"]) {
      assert.throws(
        () => {
          openReportFolder(path, ["dev"]);
        },
        {
          name: "InputFileError",
          message: `${path}: is no folder, and a review is several files; name a folder, or one to make`,
        },
      );
    }
    assert.deepEqual(content(), { "notes.txt": "mine" });
  });

  it("may hold other files, which stay", () => {
    write("notes.txt");
    write("other.svg");
    open("dev");
    writeReport(directory, { "review.sarif": sarif("dev"), "dev.svg": "new" });

    assert.deepEqual(Object.keys(content()), ["dev.svg", "notes.txt", "other.svg", "review.sarif"]);
  });

  it("is refused where it has files that no review wrote, which stay as they are", () => {
    write("review.md");
    write("dev.svg");

    assert.throws(
      () => {
        open("dev", "prod");
      },
      {
        name: "InputFileError",
        message: `${directory}: has review.md, dev.svg, and no review wrote them; name another folder, or remove them`,
      },
    );
    rmSync(join(directory, "review.md"));
    assert.throws(
      () => {
        open("dev");
      },
      {
        message: `${directory}: has dev.svg, and no review wrote it; name another folder, or remove it`,
      },
    );
    assert.deepEqual(content(), { "dev.svg": "mine" });
  });

  it("is not taken for a review's by a SARIF file of another tool, or by a broken one", () => {
    const others = [
      JSON.stringify({ runs: [{ tool: { driver: { name: "policies" } } }] }),
      ...["{", "null", "[]", '{"runs":{}}', '{"runs":[null]}'],
    ];
    for (const text of others) {
      write("review.sarif", text);
      assert.throws(() => {
        open("dev");
      }, /has review\.sarif, and no review wrote it/);
    }
  });

  it("is written again over an earlier review", () => {
    open("dev");
    writeReport(directory, { "review.sarif": sarif("dev"), "dev.svg": "1", "dev.mmd": "1" });
    open("dev");
    const paths = writeReport(directory, {
      ...{ "review.sarif": sarif("dev"), "dev.svg": "2", "dev.mmd": "2" },
    });

    assert.deepEqual(
      paths,
      ["review.sarif", "dev.svg", "dev.mmd"].map((name) => join(directory, name)),
    );
    assert.deepEqual(content(), { "review.sarif": sarif("dev"), "dev.svg": "2", "dev.mmd": "2" });
  });

  it("loses the diagrams of stacks that the new review does not have", () => {
    writeReport(directory, { "review.sarif": sarif("dev", "old"), "old.svg": "1", "dev.svg": "1" });
    write("mine.svg");
    writeReport(directory, { "review.sarif": sarif("dev"), "dev.svg": "2" });

    assert.deepEqual(Object.keys(content()), ["dev.svg", "mine.svg", "review.sarif"]);
  });

  it("removes nothing outside of itself, whatever the earlier file says", () => {
    const inner = join(directory, "inner");
    mkdirSync(inner);
    write("secret.svg");
    writeFileSync(join(inner, "review.sarif"), sarif("../secret"));
    writeReport(inner, { "review.sarif": sarif("dev") });

    assert.deepEqual(readdirSync(directory), ["inner", "secret.svg"]);
  });

  it("keeps the earlier review whole where the new one cannot be written", () => {
    writeReport(directory, { "review.sarif": sarif("dev"), "dev.svg": "1" });
    // A folder in the place of a file.
    mkdirSync(join(directory, `prod.svg.${String(process.pid)}.part`));

    assert.throws(() => {
      writeReport(directory, { "dev.svg": "2", "prod.svg": "2", "review.sarif": sarif("prod") });
    }, /cannot be written \(EISDIR\); name another folder$/);
    rmSync(join(directory, `prod.svg.${String(process.pid)}.part`), { recursive: true });
    assert.deepEqual(content(), { "review.sarif": sarif("dev"), "dev.svg": "1" });
  });
});
