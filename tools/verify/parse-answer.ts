import { z } from "zod";
import { VerifyError } from "./verify-error";

/**
 * Reads what a program answered.
 *
 * @param about what the answer is, for a person, with what to do where it is incomplete
 * @throws VerifyError that names each place which is not as expected
 */
export function parseAnswer<T>(text: string, form: z.ZodType<T>, about: string): T {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new VerifyError(`no JSON: ${about}\ngot ${JSON.stringify(text.slice(0, 200))}`);
  }
  const parsed = form.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new VerifyError(`incomplete: ${about}\n${z.prettifyError(parsed.error)}`);
}
