import { UNKNOWN } from "../../preview/graph";
import { withShortReferences } from "../reference";

/** A text with its references and unknown values as a person reads them. */
export function readable(text: string): string {
  return withShortReferences(text).replaceAll(UNKNOWN, "what only the deployment tells");
}
