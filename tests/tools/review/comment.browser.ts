import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import type { Page } from "puppeteer-core";
import { renderMarkdown } from "../../../tools/review/render-markdown";
import type { ComparedStack } from "../../../tools/review/stack-review";
import { SuiteBrowser, type WatchedPage } from "../../support/suite-browser";
import { aFinding, aVerdict } from "../policy/verdicts";
import {
  aBusyReview,
  aChange,
  aFailure,
  aProperty,
  aReview,
  aSecurityChange,
  aSide,
} from "./comparisons";

/** Would run if a place of the comment let HTML or a link through. */
const HOSTILE = [
  "</summary></details></code></pre><script>window.fired = 1</script>",
  '<img src=x onerror="window.fired = 2">',
  "[a](javascript:window.fired=3) ![b](http://example.com/b.png) | c `",
  "<svg onload=window.fired=4> --> <!-- ```",
].join(" ");

function hostileReview(): ComparedStack {
  const property = aProperty({ path: HOSTILE, before: HOSTILE, after: [HOSTILE] });
  const lines = ["```", "</pre>", HOSTILE].map((text) => ({ kind: "added" as const, text }));
  return aReview(
    {
      before: aSide({ label: HOSTILE }),
      after: aSide({
        policies: aVerdict({ findings: [aFinding({ message: HOSTILE, name: HOSTILE })] }),
      }),
      changes: [
        aChange({
          ...{ operation: "replace", name: HOSTILE, holds: "data", destruction: "refused" },
          properties: [property, { ...property, lines, replaces: true }],
          hint: HOSTILE,
        }),
      ],
      settings: [property],
      outputs: [property],
    },
    {
      stack: HOSTILE,
      security: [aSecurityChange({ title: HOSTILE, before: HOSTILE, after: HOSTILE })],
    },
  );
}

/** GitHub cleans what it shows; here nothing but the comment's own escapes stands between a text and the page. */
function pageOf(markdown: string): string {
  const body = micromark(markdown, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  return `<!doctype html><meta charset="utf-8"><title>comment</title><style>
    body { font: 14px/1.5 sans-serif; max-width: 900px; margin: 16px auto; }
    table { border-collapse: collapse; } td, th { border: 1px solid #ccc; padding: 4px 10px; }
    pre { background: #f6f8fa; padding: 12px; overflow: auto; } blockquote { border-left: 4px solid #cf222e; padding-left: 12px; }
  </style>${body}`;
}

const pages = {
  usual: renderMarkdown([aBusyReview(), aFailure, { ...aReview(), stack: "test" }], {
    project: "shop",
  }),
  hostile: renderMarkdown(
    [hostileReview(), { stack: HOSTILE, failure: `${HOSTILE}\n\`\`\`\n${HOSTILE}` }],
    { project: HOSTILE },
  ),
};

describe("a comment in a browser", function () {
  this.timeout(60_000);
  const browser = new SuiteBrowser("comment");
  const urlOf = (what: string, markdown: string): string =>
    browser.urlOf(`${what}.html`, pageOf(markdown));

  for (const [what, markdown] of Object.entries(pages)) {
    describe(what, () => {
      let page: Page;
      let watched: WatchedPage;
      let url = "";
      before(async () => {
        url = urlOf(what, markdown);
        watched = await browser.newPage();
        ({ page } = watched);
        await page.setViewport({ width: 1000, height: 1200 });
        await page.goto(url);
      });
      after(async () => {
        await page.close();
      });

      const count = async (selector: string) =>
        (await page.evaluate(
          `document.querySelectorAll(${JSON.stringify(selector)}).length`,
        )) as number;

      it("runs and loads nothing", async () => {
        await page.evaluate(
          "document.querySelectorAll('details').forEach((it) => (it.open = true))",
        );

        assert.equal(await page.evaluate("window.fired"), undefined);
        assert.deepEqual([watched.requests, watched.problems], [[url], []]);
        assert.equal(await count("script, img, svg, iframe, a, [onload], [onerror]"), 0);
      });

      it("has the table of environments open and everything else folded", async () => {
        await page.reload();
        const shown = (await page.evaluate(
          "[...document.querySelectorAll('table')].map((it) => it.getClientRects().length > 0 && it.checkVisibility())",
        )) as boolean[];

        assert.equal(shown[0], true);
        assert.deepEqual(new Set(shown.slice(1)), new Set([false]));
        assert.ok((await count("details")) >= 5);
        assert.equal(await count("details[open], details details"), 0);
      });

      it("unfolds by a click on the summary", async () => {
        await page.click("details summary");

        assert.equal(await count("details[open]"), 1);
        assert.equal(
          await page.evaluate("document.querySelector('details[open] pre').checkVisibility()"),
          true,
        );
      });

      it("draws each table with as many cells in every row", async () => {
        const widths = (await page.evaluate(
          "[...document.querySelectorAll('table')].map((it) => [...new Set([...it.rows].map((row) => row.cells.length))].length)",
        )) as number[];

        assert.ok(widths.length >= 3);
        assert.deepEqual(new Set(widths), new Set([1]));
      });

      it("shows what is destroyed, and hides its marker", async () => {
        const text = (await page.evaluate("document.body.innerText")) as string;

        assert.match(text, /would be destroyed/);
        assert.doesNotMatch(text, /review of project/);
      });

      it("can be photographed", async () => {
        const file = join(process.env["SCREENSHOTS"] ?? browser.directory, `comment-${what}.png`);
        await page.screenshot({ path: file, fullPage: true });

        assert.ok(readFileSync(file).length > 10_000);
      });
    });
  }

  it("shows a hostile text as it is", async () => {
    const { page } = await browser.newPage();
    await page.goto(urlOf("hostile", pages.hostile));
    await page.evaluate("document.querySelectorAll('details').forEach((it) => (it.open = true))");
    const text = ((await page.evaluate("document.body.textContent")) as string).replaceAll(
      "\u200B",
      "",
    );
    await page.close();

    assert.ok(text.split("<img src=x onerror=").length > 10);
    assert.ok(text.split("[a](javascript:window.fired=3)").length > 10);
  });
});
