/** Why two sides cannot be compared, for a person: one message, further lines of it indented. */
export class ComparisonError extends Error {
  override readonly name = "ComparisonError";
}

/** Why a side could not be recorded, with what its program or its tools say. */
export function failureOf(label: string, said: string): string {
  const lines = said.trim().replace(/^/gm, "    ");
  return `the program of ${label} fails, so there is nothing to compare with:\n${lines}`;
}
