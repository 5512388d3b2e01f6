import { type Check, fail, oneOfNumbers, pass, show, text } from "./checks";
import { recordOf } from "./structures";

const ACCOUNT = "\\d{12}";
const PARTITION = "aws(?:-[a-z]+)*";
const REGION = "[a-z]{2}(?:-[a-z]+)+-\\d";

export const region = text(
  new RegExp(`^${REGION}$`),
  "must be an AWS region such as eu-central-1",
  "write the region that the stack is deployed to",
);

export const amiId = text(
  /^ami-(?:[0-9a-f]{8}|[0-9a-f]{17})$/,
  "must be ami- and 8 or 17 hexadecimal digits",
  "copy the id of an ECS-optimized image of the stack's region",
);

export const hostedZoneId = text(
  /^Z[A-Z0-9]{1,31}$/,
  "must be Z and up to 31 capital letters and digits",
  "copy the id that `aws route53 list-hosted-zones` shows, without /hostedzone/",
);

export const certificateArn = text(
  new RegExp(
    `^arn:${PARTITION}:acm:${REGION}:${ACCOUNT}:certificate/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$`,
  ),
  "must be arn:<partition>:acm:<region>:<account>:certificate/<uuid>",
  "copy the ARN that `aws acm list-certificates` shows",
);

export const policyArn = text(
  new RegExp(
    `^arn:${PARTITION}:iam::(?:${ACCOUNT}|aws):policy/(?:[\\w+=,.@-]+/)*[\\w+=,.@-]{1,128}$`,
  ),
  "must be arn:<partition>:iam::<account>:policy/<name>",
  "copy the ARN that `aws iam list-policies --scope Local` shows, or remove the line for none",
);

/** Digits may begin a label, as RFC 1123 allows; the last label is never a number. */
export const domainName: Check<string> = (name) => {
  const labels = name.split(".");
  const wellFormed =
    name.length <= 253 &&
    labels.length >= 2 &&
    labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label)) &&
    /[a-z]/.test(labels.at(-1) ?? "");
  return wellFormed
    ? pass(name)
    : fail(
        show(name),
        "must be a host name of at least two labels, each 1 to 63 lower-case letters, digits and inner hyphens, 253 characters in all",
        "write it without scheme, port and final dot",
      );
};

export const email = text(
  /^(?=.{1,254}$)[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/,
  "must be an e-mail address",
  "write one such as alarms@example.com, or remove the line for none",
);

const SECRET_ARN = new RegExp(
  `^arn:${PARTITION}:secretsmanager:${REGION}:${ACCOUNT}:secret:[A-Za-z0-9/_+=.@-]+(?::[^:]*:[^:]*:[^:]*)?$`,
);
const PARAMETER_ARN = new RegExp(
  `^arn:${PARTITION}:ssm:${REGION}:${ACCOUNT}:parameter/[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*$`,
);

/**
 * Environment variable to the ARN that ECS reads its value from; a secret's ARN may go on with
 * `:<json key>:<version stage>:<version id>`.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html
 */
export const secretEnvironment = recordOf("a mapping of variable to ARN", (name, value) => {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    return fail(
      show(name),
      "must be named with letters, digits and underscores, no digit first",
      "rename the variable",
    );
  }
  return typeof value === "string" && (SECRET_ARN.test(value) || PARAMETER_ARN.test(value))
    ? pass(value)
    : fail(
        // What should be an ARN and is none may be the secret itself.
        "[not an ARN]",
        "must be the ARN of a Secrets Manager secret or a Systems Manager parameter",
        "store the value there and write its ARN here",
      );
});

/**
 * What CloudWatch Logs accepts as days of retention.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export const logRetentionDays = oneOfNumbers([
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
]);

/** 50 tags are allowed on a resource; ten are left to what AWS and this project add. */
const MOST_TAGS = 40;
const TAG_TEXT = /^[\p{L}\p{N}\p{Z}_.:/=+\-@]*$/u;

/**
 * The tags in the AWS provider's `defaultTags`.
 *
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
export const defaultTags: Check<Readonly<Record<string, string>>> = (json) => {
  const tags = recordOf("a mapping with the key tags", (key, value) =>
    key === "tags"
      ? tagMapping(JSON.stringify(value))
      : fail(show(key), "is no key of defaultTags", "keep tags only"),
  )(json);
  return tags.ok ? pass(tags.value["tags"] ?? {}) : tags;
};

const tagMapping: Check<Readonly<Record<string, string>>> = (json) => {
  const tags = recordOf("a mapping of tag to text", (key, value) => {
    if (key.length < 1 || key.length > 128 || !TAG_TEXT.test(key) || /^aws:/i.test(key)) {
      return fail(
        show(key),
        "must be a tag of 1 to 128 letters, digits, spaces and _.:/=+-@ that does not begin with aws:",
        "rename the tag",
      );
    }
    return typeof value === "string" && value.length <= 256 && TAG_TEXT.test(value)
      ? pass(value)
      : fail(
          show(typeof value === "string" ? value : JSON.stringify(value)),
          "must be text of at most 256 letters, digits, spaces and _.:/=+-@",
          "shorten the value, or put a number in quotes",
        );
  })(json);
  return tags.ok && Object.keys(tags.value).length > MOST_TAGS
    ? fail(`${Object.keys(tags.value).length} tags`, `must be at most ${MOST_TAGS}`, "remove some")
    : tags;
};
