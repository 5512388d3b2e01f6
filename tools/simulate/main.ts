import { runOwnProcess } from "../preview/own-process";
import { run } from "./cli";
import type * as HtmlReportModule from "./html-report";
import type * as StackPlanModule from "./stack-plan";

/** Runs the command in this process, which it ends. */
export function main(): Promise<void> {
  return runOwnProcess((stdout) =>
    run(process.argv.slice(2), {
      directory: process.cwd(),
      environment: process.env,
      stdout,
      stderr: process.stderr,
      readPlan: (files) => {
        // The Pulumi SDK takes half a second to load: help and wrong arguments come without it.
        // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would need an ESM loader
        const { readStackPlan } = require("./stack-plan") as typeof StackPlanModule;
        return readStackPlan(files);
      },
      renderHtml: (report) => {
        // eslint-disable-next-line @typescript-eslint/no-require-imports -- as above
        const { renderHtml } = require("./html-report") as typeof HtmlReportModule;
        return renderHtml(report);
      },
    }),
  );
}
