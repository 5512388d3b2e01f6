import assert from "node:assert/strict";
import { mapTexts } from "../../../tools/review/map-texts";

describe("mapTexts", () => {
  it("replaces every text and name of a field, and nothing else", () => {
    const data = {
      a: "x",
      list: ["y", 1, null, true, undefined],
      inner: { b: "z" },
      none: undefined,
    };

    assert.deepEqual(
      mapTexts<unknown>(data, (text) => `<${text}>`),
      {
        "<a>": "<x>",
        "<list>": ["<y>", 1, null, true, undefined],
        "<inner>": { "<b>": "<z>" },
        "<none>": undefined,
      },
    );
  });
});
