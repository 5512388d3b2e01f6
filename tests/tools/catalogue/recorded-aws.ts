import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RunAws } from "../../../tools/catalogue/aws-command";

/** An AWS CLI that answers with the recorded pages, and what it was called with. */
export function recordedAws(overrides: Readonly<Record<string, string>> = {}): {
  readonly run: RunAws;
  readonly calls: (readonly string[])[];
} {
  const calls: (readonly string[])[] = [];
  return {
    calls,
    run: (args) => {
      calls.push(args);
      const command = args[1] ?? "";
      const page = args.includes("--next-token") ? 2 : 1;
      const name = `${command}-${String(page)}`;
      return Promise.resolve(overrides[name] ?? answer(name));
    },
  };
}

/** The text of a recorded page. */
export function answer(name: string): string {
  return readFileSync(join(__dirname, "answers", `${name}.json`), "utf8");
}
