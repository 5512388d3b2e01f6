import assert from "node:assert/strict";
import { inOneLine, legible } from "../../../tools/review/legible";

describe("legible", () => {
  it("keeps texts, line ends and tabs as they are", () => {
    const text = "a\tb\nc “é” 漢字 🚀 \\u{1b}";

    assert.equal(legible(text), text);
  });

  for (const [what, char, written] of [
    ["the escape of a terminal", "\u001b", "\\u{1b}"],
    ["a carriage return", "\r", "\\u{d}"],
    ["a control character of 8 bits", "\u009b", "\\u{9b}"],
    ["a turn of the direction", "\u202e", "\\u{202e}"],
    ["an isolate", "\u2066", "\\u{2066}"],
    ["a space without width", "\u200b", "\\u{200b}"],
    ["a line separator", "\u2028", "\\u{2028}"],
    ["a byte order mark", "\ufeff", "\\u{feff}"],
    ["half of a character", "\ud83d", "\\u{d83d}"],
    ["the other half", "\ude80", "\\u{de80}"],
  ] as const) {
    it(`writes out ${what}`, () => {
      assert.equal(legible(`a${char}b`), `a${written}b`);
    });
  }
});

describe("inOneLine", () => {
  it("draws line ends", () => {
    assert.equal(inOneLine("a\nb\n"), "a ↵ b ↵ ");
  });
});
