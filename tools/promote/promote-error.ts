/** Why an image is not promoted, for a person: what is wrong and what to do. */
export class PromoteError extends Error {
  override readonly name = "PromoteError";
}
