import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { compare } from "../../../../tools/compare/compare";
import type { Comparison } from "../../../../tools/compare/comparison";
import { renderMermaid } from "../../../../tools/review/diagram/render-mermaid";
import { renderSvg } from "../../../../tools/review/diagram/render-svg";
import { recordedSide } from "../../../support/stack-sides";
import { comparisons } from "./generated";

/** The browser of CHROME_PATH, or the first of the usual places. */
const browserPath = [
  process.env["CHROME_PATH"] ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
].find((path) => path !== "" && existsSync(path));

const SEED = 8;

describe("a diagram in a browser", function () {
  this.timeout(120_000);
  let browser: Browser;
  let directory = "";
  const drawings = new Map<string, Comparison>();
  before(async function () {
    if (browserPath === undefined) {
      process.stderr.write(
        "NOT TESTED: the diagram in a browser, as there is none; install chromium or set CHROME_PATH\n",
      );
      this.skip();
    }
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
    directory = mkdtempSync(join(tmpdir(), "diagram-"));
    browser = await puppeteer.launch({
      executablePath: browserPath,
      // Chromium refuses its sandbox to root, as whom containers run.
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    });
  });
  after(async () => {
    if (directory === "") return;
    await browser.close();
    rmSync(directory, { recursive: true });
  });

  /** Each drawing in a page of its own; what the page asked for and complained of. */
  async function inPages(
    scheme: "light" | "dark",
    look: (page: Page, what: string) => Promise<void>,
  ): Promise<void> {
    for (const [what, comparison] of drawings) {
      const file = join(directory, "drawing.svg");
      writeFileSync(file, await renderSvg(comparison));
      const url = pathToFileURL(file).href;
      const page = await browser.newPage();
      const heard: string[] = [];
      page.on("request", (request) => heard.push(request.url()));
      page.on("console", (message) => heard.push(message.text()));
      page.on("pageerror", (error) => heard.push(String(error)));
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      await page.goto(url);
      await look(page, what);
      assert.deepEqual(heard, [url], what);
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
    const page = await browser.newPage();
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
  const luminance = (color) => {
    const [r, g, b] = color.match(/[\\d.]+/g).map(Number).slice(0, 3).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return [...document.querySelectorAll("text")].map((text) => {
    const on = text.matches(".sign") ? text.parentElement.querySelector(".bar")
      : text.closest(".node")?.querySelector(".card") ?? document.querySelector(".ground");
    const ground = text.matches(".word") ? document.querySelector(".ground") : on;
    const [one, other] = [getComputedStyle(text).fill, getComputedStyle(ground).fill].map(luminance);
    return {
      text: text.textContent,
      contrast: (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05),
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
