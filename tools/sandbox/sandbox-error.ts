/** Why the sandbox does not run, for a person: what is wrong and what to do. */
export class SandboxError extends Error {
  override readonly name = "SandboxError";
}
