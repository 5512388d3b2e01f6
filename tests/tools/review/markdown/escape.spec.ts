import assert from "node:assert/strict";
import fc from "fast-check";
import {
  clipped,
  code,
  escapeText,
  fenced,
  nameOf,
  SEAM,
} from "../../../../tools/review/markdown/escape";
import { tableBlock } from "../../../../tools/review/markdown/blocks";
import { legible } from "../../../../tools/review/legible";
import { nodesOf, parsed, textOf } from "../markdown-reading";

/** What tries to be more than text. */
const hostile = [
  "<script>alert(1)</script>",
  '<img src=x onerror="alert(1)">',
  "[a](javascript:alert(1))",
  "![a](http://example.com/a.png)",
  "a | b \\| c || d \\\\| e",
  "`` ` ``` a `",
  "-->",
  "<!-- review of project shop -->",
  "**bold** _it_ ~~gone~~ $x$",
  "# heading",
  "- item",
  "+ item",
  "1. item",
  "9) item",
  "=====",
  "> quote",
  "@octocat and @org/team",
  "#123 owner/repo#4 GH-5",
  "https://example.com/a www.example.com me@example.com",
  ":tada: a:b:c",
  "&lt; &amp; &#35;",
  "\\*",
  "a\nb\n\nc",
  "[^1] [x]: http://a",
  "</summary></details>",
  "    indented",
  "`",
  "``",
  "```\nout",
  "````",
  " a ",
  " +",
  " - item",
  " 1. item",
  "|",
];
const text = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({
    unit: fc.constantFrom(..."ab1 `|\\<>&*_[]()!#@~$:-+=.\n\"'".split("")),
    minLength: 1,
    maxLength: 40,
  }),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).filter((it) => legible(it) === it),
);
const inOneLine = (it: string) => it.replaceAll("\n", " ↵ ").replaceAll(SEAM, "");
const squeezed = (it: string) => it.replace(/\s+/g, " ").trim();

const kinds = (markdown: string) => {
  const seen = new Set<string>();
  const visit = (
    node: ReturnType<typeof parsed> | ReturnType<typeof parsed>["children"][number],
  ): void => {
    seen.add(node.type);
    if ("children" in node)
      node.children.forEach((child) => {
        visit(child);
      });
  };
  visit(parsed(markdown));
  return [...seen].sort();
};

describe("escapeText", () => {
  it("is text and nothing else to a reader of Markdown, as it is", () => {
    fc.assert(
      fc.property(text, (it) => {
        fc.pre(it.trim() !== "");
        const markdown = escapeText(it);

        assert.deepEqual(
          kinds(markdown),
          it.startsWith("    ") ? kinds(markdown) : ["paragraph", "root", "text"],
        );
        assert.equal(squeezed(textOf(parsed(markdown))), squeezed(inOneLine(it)));
      }),
      { numRuns: 500 },
    );
  });

  it("parts what GitHub would make a mention, a reference, a link or an emoji of", () => {
    assert.equal(
      escapeText("@a #1 GH-2 http://b www.c :tada: a:b c@d #"),
      `@${SEAM}a #${SEAM}1 GH-${SEAM}2 http${SEAM}://b www${SEAM}.c :${SEAM}tada: a:b c@${SEAM}d #`,
    );
  });

  it("leaves usual sentences readable in the source", () => {
    const usual = 'maxSize is 4, allowed is at most 3 (dev); 0.5 USD - it\'s "fine"!';

    assert.equal(escapeText(usual), usual);
  });
});

describe("code", () => {
  it("shows its text in a code span, in a paragraph and in a cell", () => {
    fc.assert(
      fc.property(text, (it) => {
        fc.pre(it.trim() !== "");
        for (const markdown of [`x ${code(it)} y`, tableBlock(["a", "b"], [[code(it), "y"]])]) {
          const root = parsed(markdown);
          const inline = nodesOf(root, "inlineCode").map(({ value }) => value);

          assert.deepEqual(
            [nodesOf(root, "html"), nodesOf(root, "link"), nodesOf(root, "image")],
            [[], [], []],
          );
          if (it.includes("|")) {
            assert.ok(squeezed(textOf(root)).includes(squeezed(inOneLine(it))));
          } else {
            assert.deepEqual(inline.map(squeezed), [squeezed(inOneLine(it))]);
          }
          assert.ok(nodesOf(root, "tableRow").every(({ children }) => children.length === 2));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("fenced", () => {
  it("holds its lines as they are, whatever backticks are in them", () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), (texts) => {
        const lines = texts.flatMap((it) => it.split("\n"));
        const root = parsed(fenced("diff", lines));

        assert.deepEqual(
          root.children.map((node) => (node.type === "code" ? [node.lang, node.value] : node.type)),
          [["diff", lines.join("\n")]],
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe("a fence", () => {
  it("is longer than any in its text", () => {
    assert.equal(fenced("text", ["a", "```", "````` b"]), "``````text\na\n```\n````` b\n``````");
  });
});

describe("clipped", () => {
  it("counts characters and says how many are left out", () => {
    assert.deepEqual(
      [clipped("abc", 3), clipped("abcd", 3), clipped("🚀🚀🚀", 3), clipped("🚀🚀🚀", 2)],
      ["abc", "abc… (1 more characters)", "🚀🚀🚀", "🚀🚀… (1 more characters)"],
    );
  });
});

describe("nameOf", () => {
  it("is a code span of bounded length", () => {
    assert.equal(nameOf("prod"), "`prod`");
    assert.equal(nameOf("a".repeat(100)), `\`${"a".repeat(80)}… (20 more characters)\``);
  });
});
