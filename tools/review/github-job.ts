import { appendFileSync, statSync } from "node:fs";
import type { Environment } from "../preview/screen";
import { COMMENT_LIMIT } from "./render-markdown";
import { workflowCommand } from "./workflow-commands";

/**
 * Bytes that GitHub takes of a step's summary; of a longer one it shows nothing.
 *
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions#step-isolation-and-limits
 */
const SUMMARY_BYTES = 1024 * 1024;

/** Most bytes of UTF-8 for a UTF-16 unit. */
const BYTES_A_UNIT = 3;

/** True in a job of GitHub Actions. */
export function isOnGitHub(environment: Environment): boolean {
  return environment["GITHUB_ACTIONS"] === "true";
}

/**
 * Appends to the summary of the running step, where there is one.
 *
 * @param render gives the text for the UTF-16 units that the summary has room for
 * @returns a command that warns where the summary cannot be written or is nearly full, else an empty text
 */
export function appendStepSummary(
  { GITHUB_STEP_SUMMARY: file = "" }: Environment,
  render: (limit: number) => string,
): string {
  if (file === "") return "";
  try {
    const left = SUMMARY_BYTES - (statSync(file, { throwIfNoEntry: false })?.size ?? 0);
    if (left < COMMENT_LIMIT) {
      return warning(
        `the summary has ${String(left)} bytes left, which are too few for the review`,
      );
    }
    appendFileSync(file, render(Math.floor(left / BYTES_A_UNIT)));
    return "";
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return warning(`the summary cannot be written (${code})`);
  }
}

function warning(message: string): string {
  return workflowCommand("warning", { title: "no summary of the review" }, message);
}
