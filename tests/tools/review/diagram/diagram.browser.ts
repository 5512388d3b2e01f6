import assert from "node:assert/strict";
import fc from "fast-check";
import type { Page } from "puppeteer-core";
import { compare } from "../../../../tools/compare/compare";
import type { Comparison } from "../../../../tools/compare/comparison";
import { renderMermaid } from "../../../../tools/review/diagram/render-mermaid";
import { renderSvg } from "../../../../tools/review/diagram/render-svg";
import { recordedSide } from "../../../support/stack-sides";
import { CONTRAST, SuiteBrowser } from "../../../support/suite-browser";
import { comparisons } from "./generated";

const SEED = 8;

describe("a diagram in a browser", function () {
  this.timeout(120_000);
  const browser = new SuiteBrowser("diagram");
  const drawings = new Map<string, Comparison>();
  before(async () => {
    const dev = await recordedSide("dev");
    const prod = await recordedSide("prod");
    const compared = (from: typeof dev | undefined, to: typeof dev) =>
      compare(from, to, { allowDestruction: [] });
    drawings.set("a new stack", compared(undefined, prod));
    drawings.set("dev and prod", compared(dev, prod));
    drawings.set("prod and dev", compared(prod, dev));
    fc.sample(comparisons, { numRuns: 12, seed: SEED }).forEach((comparison, index) =>
      drawings.set(`generated ${String(index)}`, comparison),
    );
  });

  /** Each drawing in a page of its own; what the page asked for and complained of. */
  async function inPages(
    scheme: "light" | "dark",
    look: (page: Page, what: string) => Promise<void>,
  ): Promise<void> {
    for (const [what, comparison] of drawings) {
      const url = browser.urlOf("drawing.svg", await renderSvg(comparison));
      const { page, requests, problems } = await browser.newPage();
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      await page.goto(url);
      await look(page, what);
      assert.deepEqual([requests, problems], [[url], []], what);
      await page.close();
    }
  }

  for (const scheme of ["light", "dark"] as const) {
    it(`opens and holds every text, loads nothing else and can be read, ${scheme}`, async () => {
      await inPages(scheme, async (page, what) => {
        assert.equal(await page.evaluate("document.documentElement.tagName"), "svg", what);
        assert.deepEqual(await page.evaluate(overflowingInPage), [], what);
        const texts = (await page.evaluate(contrastsInPage)) as { contrast: number }[];
        assert.ok(texts.length > 5, what);
        assert.deepEqual(
          texts.filter(({ contrast }) => contrast < 4.5),
          [],
          what,
        );
        const ground = await page.evaluate(
          "getComputedStyle(document.querySelector('.ground')).fill",
        );
        assert.equal(ground, scheme === "light" ? "rgb(255, 255, 255)" : "rgb(13, 17, 23)");
      });
    });
  }

  it("draws cards that do not lie on each other, and shows in a screenshot", async () => {
    await inPages("light", async (page, what) => {
      assert.deepEqual(await page.evaluate(collidingInPage), [], what);
      const picture = await page.screenshot();
      assert.ok(picture.length > 5000, `${what}: ${String(picture.length)}`);
    });
  });

  it("draws Mermaid that Mermaid reads and draws with the same texts, whatever things are called", async () => {
    const { page } = await browser.newPage();
    await page.goto("about:blank");
    await page.addScriptTag({ path: require.resolve("mermaid/dist/mermaid.min.js") });
    await page.evaluate("mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' })");
    for (const [what, comparison] of drawings) {
      const text = renderMermaid(comparison);
      const nodes = (text.match(/^ {2}n\d+[[(]/gm) ?? []).length;
      const drawn = (await page.evaluate(`(${renderedInPage})(${JSON.stringify(text)})`)) as {
        nodes: number;
        edges: number;
        texts: string;
      };
      const edges = (text.match(/^ {2}n\d+ (?:-->|-\.->)/gm) ?? []).length;

      assert.deepEqual([drawn.nodes, drawn.edges], [nodes, edges]);
      assert.ok(nodes === 0 || drawn.texts !== "", what);
      assert.doesNotMatch(drawn.texts, /Unsupported markdown|#\d+;/, what);
    }
    const parsed = (await page.evaluate(
      `(${parsedInPage})(${JSON.stringify(fc.sample(comparisons, { numRuns: 300, seed: SEED }).map(renderMermaid))})`,
    )) as string[];
    assert.deepEqual(parsed, []);
    await page.close();
  });
});

/** Runs in the page: texts that reach beyond their card, and those beyond the drawing. */
const overflowingInPage = `[...document.querySelectorAll("text")].flatMap((text) => {
  const card = text.closest(".node")?.querySelector(".card");
  const box = text.getBoundingClientRect();
  const around = (card ?? document.documentElement).getBoundingClientRect();
  const fits = box.left >= around.left && box.right <= around.right && box.top >= around.top && box.bottom <= around.bottom;
  return fits || text.closest(".key") ? [] : [text.textContent];
})`;

/** Runs in the page: pairs of cards that share a point. */
const collidingInPage = `(() => {
  const cards = [...document.querySelectorAll(".node:not(.key) .card")].map((card) => card.getBoundingClientRect());
  return cards.flatMap((a, i) => cards.slice(i + 1).filter((b) =>
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom));
})()`;

/** Runs in the page: each text with the contrast to what it stands on. */
const contrastsInPage = `(() => {
  return [...document.querySelectorAll("text")].map((text) => {
    const on = text.matches(".sign") ? text.parentElement.querySelector(".bar")
      : text.closest(".node")?.querySelector(".card") ?? document.querySelector(".ground");
    const ground = text.matches(".word") ? document.querySelector(".ground") : on;
    return {
      text: text.textContent,
      contrast: ${CONTRAST}(getComputedStyle(text).fill, getComputedStyle(ground).fill),
    };
  });
})()`;

/** Runs in the page: what Mermaid draws of a text. */
const renderedInPage = `async (text) => {
  const { svg } = await mermaid.render("drawing", text);
  document.body.innerHTML = svg;
  return {
    nodes: document.querySelectorAll("g.node").length,
    edges: document.querySelectorAll("path.flowchart-link").length,
    texts: [...document.querySelectorAll(".nodeLabel, .edgeLabel")].map((label) => label.textContent).join("\\n"),
  };
}`;

/** Runs in the page: what Mermaid says against the texts. */
const parsedInPage = `async (texts) => {
  const faults = [];
  for (const text of texts) {
    try {
      await mermaid.parse(text);
    } catch (error) {
      faults.push(text + String(error));
    }
  }
  return faults;
}`;
