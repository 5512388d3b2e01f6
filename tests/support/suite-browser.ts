import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer, { type Browser, type Page } from "puppeteer-core";

/** A page with all that it asked for and complained of. */
export interface WatchedPage {
  readonly page: Page;
  readonly requests: readonly string[];
  readonly problems: readonly string[];
}

/** The browser of CHROME_PATH, or the first of the usual places. */
const browserPath = [
  process.env["CHROME_PATH"] ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
].find((path) => path !== "" && existsSync(path));

/**
 * A browser, and a folder for what it opens, for the tests of the block that calls this; where there is
 * no browser, the block says so and none of its tests runs.
 */
export class SuiteBrowser {
  /** Of the block alone; gone after it. */
  directory = "";
  private browser: Browser | undefined;

  /** @param what is looked at, for the message: `report`, `comment` */
  constructor(what: string) {
    const open = this.open.bind(this);
    before(async function () {
      if (browserPath === undefined) {
        process.stderr.write(
          `NOT TESTED: the ${what} in a browser, as there is none; install chromium or set CHROME_PATH\n`,
        );
        this.skip();
      }
      await open(what, browserPath);
    });
    after(async () => {
      await this.browser?.close();
      if (this.directory !== "") rmSync(this.directory, { recursive: true });
    });
  }

  private async open(what: string, executablePath: string): Promise<void> {
    this.directory = mkdtempSync(join(tmpdir(), `${what}-`));
    this.browser = await puppeteer.launch({
      executablePath,
      // Chromium refuses its sandbox to root, as whom containers run.
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    });
  }

  /** Writes a file for a page; gives its URL. */
  urlOf(name: string, text: string): string {
    const file = join(this.directory, name);
    writeFileSync(file, text);
    return pathToFileURL(file).href;
  }

  /** An empty page. */
  async newPage(): Promise<WatchedPage> {
    if (this.browser === undefined) throw new Error("the browser opens before the first test");
    const page = await this.browser.newPage();
    const [requests, problems]: [string[], string[]] = [[], []];
    page.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(String(error)));
    return { page, requests, problems };
  }
}

/**
 * Source of a function for scripts that run in a page: the contrast of two colours as CSS computes them.
 * Source: WCAG 2, "contrast ratio" and "relative luminance".
 */
export const CONTRAST = `((one, other) => {
  const luminance = (color) => {
    const [r, g, b] = color.match(/[\\d.]+/g).map(Number).slice(0, 3).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
})`;
