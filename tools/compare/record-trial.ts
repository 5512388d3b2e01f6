import type { StackFiles } from "../preview/stack-files";
import { recordTrial } from "./trial";

/** Records each configuration that the process which forked this one sends, and answers in the same order. */
export function main(): void {
  process.once("disconnect", () => process.exit());
  let last: Promise<unknown> = Promise.resolve();
  process.on("message", (files: StackFiles) => {
    last = last.then(async () => process.send?.(await recordTrial(process.cwd(), files)));
  });
}
