/** What keeps a deployment from being looked at; the message is for a person. */
export class VerifyError extends Error {
  override readonly name = "VerifyError";
}
