import { hostedZoneId } from "../infra/config/aws-values";
import {
  boolean,
  type Check,
  fail,
  integer,
  oneOf,
  optional,
  pass,
  show,
  text,
} from "../infra/config/checks";
import { listOf, scalar } from "../infra/config/structures";
import { appName } from "../infra/config/settings";

/** With the short code of an enterprise behind an underscore, where it manages its users. */
const OWNER = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?(?:_[A-Za-z0-9]{3,8})?";
const NAME = String.raw`(?!\.{1,2}(?:@|$))[A-Za-z0-9._-]{1,100}`;
const ID = "@[1-9][0-9]{0,19}";

/** Where the value of `repository` is found. */
export const REPOSITORY_REMEDY =
  "what `gh api repos/<owner>/<name>/actions/oidc/customization/sub --jq .sub_claim_prefix` prints, without repo:";

/** As GitHub puts it into the subject of a token: with the ids of both, or of an older repository without any. */
const repository = text(
  new RegExp(`^(?:${OWNER}/${NAME}|${OWNER}${ID}/${NAME}${ID})$`),
  "must be owner@id/name@id, or owner/name for a repository whose tokens have no ids",
  `write ${REPOSITORY_REMEDY}`,
);

/** Neither a wildcard nor a colon, which would give the subject of a token another meaning. */
const branch = text(
  /^(?![/.]|refs\/)[A-Za-z0-9._/-]{1,200}(?<![/.])$/,
  "must be the name of one branch",
  "write it without refs/heads/, for example main",
);

const environmentName = text(
  /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,22}[A-Za-z0-9])?$/,
  "must be 1 to 24 letters, digits and inner hyphens",
  "write the name of a stack, for example dev",
);

const projectName = text(
  /^[A-Za-z0-9_.-]{1,40}$/,
  "must be 1 to 40 letters, digits, hyphens, underscores and dots",
  "write the name in the application's Pulumi.yaml",
);

/**
 * Labels between dots, each with a letter or digit first and last, and no IP address. Names that S3 keeps for
 * itself are left to S3.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
const bucketName = text(
  /^(?!.*(?:\.[.-]|-\.))(?!\d+(?:\.\d+){3}$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  "must be 3 to 63 lower-case letters, digits, hyphens and dots, no dot beside a dot or hyphen, and no IP address",
  "write the name of the bucket without s3://",
);

const action = text(
  /^[a-z0-9-]{2,30}:[A-Za-z0-9]{2,50}$/,
  "must be <service>:<Action> without a wildcard",
  "write one such as s3:GetObject, each action by itself",
);

/** What would let the application's roles become more than they are. */
const forbiddenAction = /^(?:iam|sts|organizations|account|sso|sso-admin):/i;

/**
 * A list of at least `fewest` and at most `most` elements, each once: AWS takes names of roles and actions that
 * differ in case alone for the same.
 */
function distinct<T extends string>(
  what: string,
  check: Check<T>,
  fewest: number,
  most: number,
): Check<readonly T[]> {
  return (json) => {
    const list = listOf(`a list of ${what}`, scalar(check))(json);
    if (!list.ok) {
      return list;
    }
    const names = list.value.map((each) => each.toLowerCase());
    const repeated = list.value.find((_, index) => names.indexOf(names[index] ?? "") < index);
    if (repeated !== undefined) {
      return fail(
        show(json),
        "must name each once, and AWS ignores case",
        `remove the second, ${repeated}`,
      );
    }
    return list.value.length >= fewest && list.value.length <= most
      ? pass(list.value)
      : fail(show(json), `must have ${fewest} to ${most} ${what}`, "add or remove some");
  };
}

const applicationAction: Check<string> = (value) =>
  forbiddenAction.test(value)
    ? fail(
        show(value),
        "must not be of iam, sts, organizations, account or sso",
        "let an administrator make what needs it",
      )
    : action(value);

/** Services of which a new account lacks the role that the application's resources work with. */
const service = oneOf(
  "autoscaling.amazonaws.com",
  "ecs.amazonaws.com",
  "ecs.application-autoscaling.amazonaws.com",
  "elasticloadbalancing.amazonaws.com",
);

/** How every setting of the bootstrap is read; its Pulumi.yaml declares the same keys. */
export const settings = {
  appName,
  appProject: projectName,
  environments: distinct("environments", environmentName, 1, 20),
  hostedZoneId: optional(hostedZoneId),
  applicationActions: distinct("actions", applicationAction, 0, 30),

  repository,
  defaultBranch: branch,
  createOidcProvider: boolean,

  stateBucket: optional(bucketName),
  stateRetentionDays: integer(1, 3650),

  serviceLinkedRoles: distinct("services", service, 0, 4),
};
