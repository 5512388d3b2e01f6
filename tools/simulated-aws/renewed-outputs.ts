import type { Bag } from "../preview/graph";

/** An output that AWS or the registry decides anew with an update in place; all others stay. */
interface RenewedOutput {
  readonly output: string;
  /** Top-level properties whose change alone leaves it as it is. @default none */
  readonly unlessOnly?: readonly string[];
  /** Which settings renew it. @default all */
  readonly when?: (news: Bag) => boolean;
}

/** Settings of a launch template itself, of which no version is made. */
export const LAUNCH_TEMPLATE_SETTINGS: readonly string[] = [
  "defaultVersion",
  "tags",
  "tagsAll",
  "updateDefaultVersion",
];

/**
 * Source: the properties that the AWS provider marks as newly computed (CustomizeDiff of
 * aws_launch_template, aws_ssm_parameter and aws_wafv2_web_acl), and Update of pulumi-docker's Image.
 */
const RENEWED_OUTPUTS: Readonly<Record<string, readonly RenewedOutput[]>> = {
  "aws:ec2/launchTemplate:LaunchTemplate": [
    { output: "latestVersion", unlessOnly: LAUNCH_TEMPLATE_SETTINGS },
    {
      output: "defaultVersion",
      unlessOnly: LAUNCH_TEMPLATE_SETTINGS,
      when: ({ updateDefaultVersion }) => updateDefaultVersion === true,
    },
  ],
  // Every PutParameter makes a version; tags go another way.
  "aws:ssm/parameter:Parameter": [{ output: "version", unlessOnly: ["tags", "tagsAll"] }],
  "aws:wafv2/webAcl:WebAcl": [{ output: "capacity" }, { output: "lockToken" }],
  "docker:index/image:Image": [{ output: "repoDigest" }],
};

/**
 * Outputs that an update in place renews.
 *
 * @param news inputs after the update
 * @param changed top-level properties that the update changes; without them, of any update
 */
export function renewedOutputs(
  type: string,
  news: Bag,
  changed?: readonly string[],
): readonly string[] {
  return (RENEWED_OUTPUTS[type] ?? [])
    .filter(
      ({ unlessOnly = [], when }) =>
        (changed === undefined || changed.some((property) => !unlessOnly.includes(property))) &&
        (when?.(news) ?? true),
    )
    .map(({ output }) => output);
}
