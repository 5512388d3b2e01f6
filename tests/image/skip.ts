/**
 * Skips the tests of a hook for a reason that is printed where nobody can overlook it, or fails where
 * IMAGE_TESTS=required says that nothing may be skipped.
 */
export function skip(context: Mocha.Context, reason: string): never {
  if (process.env["IMAGE_TESTS"] === "required") {
    throw new Error(`${reason}, and IMAGE_TESTS=required lets nothing be skipped`);
  }
  process.stdout.write(`\n  ${"!".repeat(76)}\n  skipped: ${reason}\n  ${"!".repeat(76)}\n\n`);
  return context.skip();
}
