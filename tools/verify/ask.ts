import { VerifyError } from "./verify-error";
import type { Patience } from "./wait";

/**
 * Codes of AWS for too many requests at once, and for a service that is in trouble itself.
 *
 * @see https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-retries.html
 */
const CODES = [
  "Throttling(?:Exception)?",
  "ThrottledException",
  "RequestThrottled(?:Exception)?",
  "EC2ThrottledException",
  "TooManyRequests(?:Exception)?",
  "RequestLimitExceeded",
  "BandwidthLimitExceeded",
  "PriorRequestNotComplete",
  "SlowDown",
  "RequestTimeout(?:Exception)?",
  "Internal(?:Error|Failure|ServerError|ServerException|ServiceError|ServiceException)",
  "ServerException",
  "ServiceUnavailable(?:Exception)?",
];

/** What the AWS CLI and the Pulumi CLI say where an answer has no code or never came. */
const WORDS = [
  "\\((?:429|50[0234])\\) when calling",
  "StatusCode: (?:429|50[0234])\\b",
  "Could not connect to the endpoint URL",
  "(?:Connect|Read) timeout on endpoint URL",
  "Connection was closed before we received a valid response",
  "[Cc]onnection (?:refused|reset by peer)",
  "i/o timeout",
  "TLS handshake timeout",
  "no answer within \\d",
];

// Names in the command that the message begins with have no code as a whole word.
const PASSING = new RegExp(`(?<![\\w-])(?:${CODES.join("|")})(?![\\w-])|${WORDS.join("|")}`);

/**
 * Asks until there is an answer, as far as the fault may pass by itself. What is not known to pass lasts: a
 * program, a permission or a service that is missing stays so however long one waits.
 *
 * @param onFault gets each fault after which the question is asked again
 * @throws VerifyError the fault that lasts, or the last one before the patience ended
 */
export async function ask<T>(
  question: () => Promise<T>,
  patience: Patience,
  onFault: (fault: VerifyError) => void,
): Promise<T> {
  for (;;) {
    try {
      return await question();
    } catch (error) {
      if (!(error instanceof VerifyError) || !PASSING.test(error.message)) throw error;
      if (!(await patience.wait())) throw error;
      onFault(error);
    }
  }
}
