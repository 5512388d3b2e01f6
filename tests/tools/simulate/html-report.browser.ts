import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { renderHtml } from "../../../tools/simulate/html-report";
import { CONTRAST, SuiteBrowser, type WatchedPage } from "../../support/suite-browser";
import { aCost, aReport, aRun, aSimulation } from "./small-run";

const simulation = aSimulation();
const others = ["cdk", "<b>aws</b>"].map((name, index) =>
  aRun({
    name,
    title: `${name} defaults`,
    notes: ["A note about it."],
    cost: aCost({ usd: index }),
    simulation: { ...simulation, summary: { ...simulation.summary, missedMinutes: 22 } },
  }),
);
const pages = {
  "one run": renderHtml(aReport()),
  "three runs": renderHtml(aReport(aRun(), ...others)),
};

describe("a report in a browser", function () {
  this.timeout(60_000);
  const browser = new SuiteBrowser("report");
  for (const [what, html] of Object.entries(pages)) {
    for (const scheme of ["light", "dark"] as const) {
      describe(`${what}, ${scheme}`, () => {
        let page: Page;
        let watched: WatchedPage;
        let url = "";
        before(async () => {
          url = browser.urlOf(`${what}.html`, html);
          watched = await browser.newPage();
          ({ page } = watched);
          await page.setViewport({ width: 1200, height: 900 });
          await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
          await page.goto(url);
          await page.evaluate(
            "document.querySelectorAll('details').forEach((it) => (it.open = true))",
          );
        });
        after(async () => {
          await page.close();
        });

        it("loads nothing but itself and complains of nothing", () => {
          assert.deepEqual([watched.requests, watched.problems], [[url], []]);
        });

        it("has the ground of its scheme", async () => {
          const ground = await page.evaluate("getComputedStyle(document.body).backgroundColor");

          assert.equal(ground, scheme === "light" ? "rgb(255, 255, 255)" : "rgb(13, 17, 23)");
        });

        it("shows every text with a contrast of 4.5 or more", async () => {
          const texts = (await page.evaluate(contrastsInPage)) as {
            text: string;
            contrast: number;
          }[];

          assert.ok(texts.length > 80, String(texts.length));
          assert.deepEqual(
            texts.filter(({ contrast }) => contrast < 4.5),
            [],
          );
        });

        it("draws every line and area, within its plot", async () => {
          const paths = (await page.evaluate(pathsInPage)) as {
            style: string;
            length: number;
            inside: boolean;
          }[];

          assert.ok(paths.length >= 15, String(paths.length));
          assert.deepEqual(
            paths.filter(({ length, inside }) => !(length > 50) || !inside),
            [],
          );
        });

        it("cuts no label of a plot off", async () => {
          assert.deepEqual(await page.evaluate(clippedLabelsInPage), []);
        });

        it("is no wider than a window or a telephone", async () => {
          for (const width of [1200, 390]) {
            await page.setViewport({ width, height: 900 });
            assert.ok(
              ((await page.evaluate("document.documentElement.scrollWidth")) as number) <= width,
            );
          }
        });
      });
    }
  }
});

/** Runs in the page: every element with a text of its own, and the contrast of that text with what is behind it. */
const contrastsInPage = `(() => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const groundOf = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if ((channels(color)[3] ?? 1) > 0) return color;
    }
    throw new Error("no ground");
  };
  const shown = [...document.body.querySelectorAll("*")].filter((element) =>
    !["TITLE", "DESC", "title", "desc", "STYLE"].includes(element.tagName) &&
    element.getClientRects().length > 0 &&
    [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== ""));
  return shown.map((element) => {
    const style = getComputedStyle(element);
    const ink = element instanceof SVGElement ? style.fill : style.color;
    return {
      text: element.textContent.trim().slice(0, 40),
      contrast: ${CONTRAST}(ink, groundOf(element)),
    };
  });
})()`;

/** Runs in the page: the drawn layers of every plot. */
const pathsInPage = `[...document.querySelectorAll(".scroll > svg .line, .scroll > svg .area")].map((path) => {
  const box = path.getBBox();
  const { width, height } = path.ownerSVGElement.viewBox.baseVal;
  return {
    style: path.getAttribute("class"),
    length: path.getTotalLength(),
    inside: box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height,
  };
})`;

/** Runs in the page: labels that the edge of their plot cuts off. */
const clippedLabelsInPage = `[...document.querySelectorAll(".scroll > svg text")].filter((label) => {
  const box = label.getBBox();
  const { width, height } = label.ownerSVGElement.viewBox.baseVal;
  return box.x < 0 || box.y < 0 || box.x + box.width > width || box.y + box.height > height;
}).map((label) => label.textContent)`;
