/** Why two sides cannot be compared, for a person: one message, further lines of it indented. */
export class ComparisonError extends Error {
  override readonly name = "ComparisonError";
}
