import { PriceOverridesError } from "../../capacity/price-overrides";
import { ObjectiveError } from "../../capacity/tune/objective";
import { InputFileError } from "../policy/json-file";
import { listsFaults } from "../preview/place";

/** What went wrong, a line a fault; a mistake in code with its trace. `work` is what failed: `simulation`. */
export function renderRunError(error: unknown, work: string): string {
  const isOfInput =
    error instanceof InputFileError ||
    error instanceof ObjectiveError ||
    error instanceof PriceOverridesError;
  if (isOfInput || (error instanceof Error && listsFaults(error))) {
    return error.message.replace(/^(?=\S)/gm, "error: ").concat("\n");
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const indented = trace.replace(/^/gm, "    ");
  return `error: the ${work} itself failed; please report it with these lines\n${indented}\n`;
}
