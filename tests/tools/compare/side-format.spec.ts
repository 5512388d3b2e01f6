import assert from "node:assert/strict";
import { readSides, writeSides } from "../../../tools/compare/side-format";

describe("readSides", () => {
  const refused = (text: string, got: string) => {
    assert.throws(() => readSides(text, "main (1a2b3c4)"), {
      name: "ComparisonError",
      message: `the tools of main (1a2b3c4) record ${got}, these read format 2; compare with a commit that has the same tools`,
    });
  };

  it("reads what writeSides wrote", () => {
    const stacks = [{ stack: "dev", failure: "error: no region\n" }];

    assert.deepEqual(readSides(writeSides(stacks), "main (1a2b3c4)"), stacks);
  });

  it("refuses another format and what is none", () => {
    refused('{ "format": 1, "stacks": [] }', "a side of format 1");
    for (const text of ["", "Hello", "null", "[]"]) refused(text, "no side");
  });
});
