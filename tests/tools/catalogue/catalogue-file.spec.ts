import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parseCatalogue, renderCatalogue } from "../../../tools/catalogue/catalogue-file";

describe("catalogue file", () => {
  const text = readFileSync("capacity/instance-types.json", "utf8");

  it("is written as it is kept, to the byte", () => {
    assert.equal(renderCatalogue(parseCatalogue(text)), text);
  });

  it("is no file with a figure missing", () => {
    assert.throws(() => parseCatalogue(text.replace('"vCpus": 2, ', "")), { name: "ZodError" });
  });
});
