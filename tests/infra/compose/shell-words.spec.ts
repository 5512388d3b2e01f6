import assert from "node:assert/strict";
import fc from "fast-check";
import { splitShellWords } from "../../../infra/compose/shell-words";

describe("splitShellWords", () => {
  for (const [line, words] of [
    ["node dist/server.js", ["node", "dist/server.js"]],
    ["  a\t b\n c ", ["a", "b", "c"]],
    ["", []],
    ["sh -c 'echo hi && sleep 1'", ["sh", "-c", "echo hi && sleep 1"]],
    ['a "b c" d', ["a", "b c", "d"]],
    ["a '' \"\"", ["a", "", ""]],
    ["a\\ b", ["a b"]],
    ['"a \\" b"', ['a " b']],
    ["'a\\b'", ["a\\b"]],
    ["a'b'\"c\"", ["abc"]],
    ["a \\&\\& b", ["a", "&&", "b"]],
    ["--flag=$x", ["--flag=$x"]],
  ] as const) {
    it(`splits ${JSON.stringify(line)}`, () => {
      assert.deepEqual(splitShellWords(line), { kind: "words", words });
    });
  }

  for (const operator of [";", "&", "|", "<", ">", "(", ")", "`"]) {
    it(`refuses ${operator}, which Compose would cut the command at`, () => {
      assert.deepEqual(splitShellWords(`a ${operator} b`), {
        kind: "fault",
        message: `has ${operator} outside of quotes, which only a shell understands; quote it or write the list [sh, -c, ...]`,
      });
    });
  }

  it("refuses a quote that is never closed", () => {
    const message = 'has a " that is never closed';
    assert.deepEqual(splitShellWords('a "b'), { kind: "fault", message });
  });

  it("refuses a backslash at the end", () => {
    const message = "ends in a backslash that escapes nothing";
    assert.deepEqual(splitShellWords("a \\"), { kind: "fault", message });
  });

  it("gives any words back that are quoted", () => {
    const word = fc.string().filter((text) => !text.includes("'"));
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const line = words.map((text) => `'${text}'`).join(" ");
        assert.deepEqual(splitShellWords(line), { kind: "words", words });
      }),
    );
  });
});
