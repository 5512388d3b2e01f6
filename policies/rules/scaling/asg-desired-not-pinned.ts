import { resourcePolicy } from "../../policy";
import { numberOf } from "../../values";

/**
 * Judges what the program asks for, and not what the group has: after the deployment every group has a
 * desired capacity, whoever set it. A group without room to scale cannot be pinned to anything else.
 */
export const asgDesiredNotPinned = resourcePolicy({
  name: "asg-desired-not-pinned",
  description:
    "An Auto Scaling group with room to scale leaves its desired capacity to what scales it.",
  severity: "medium",
  levels: { dev: "advisory", prod: "mandatory" },
  frameworks: [],
  remediationSteps:
    'Declare the group with ignoreChanges: ["desiredCapacity"], as infra/components/ec2-capacity.ts does, or leave desiredCapacity out. Otherwise every deployment sets the number of instances back to the program\'s, in the middle of a peak too.',
  url: "https://www.pulumi.com/docs/iac/concepts/resources/options/ignorechanges/",
  checks: [
    {
      type: "aws:autoscaling/group:Group",
      check: ({ props, options }, { violate }) => {
        if (
          options.ignoreChanges.includes("desiredCapacity") ||
          (props["desiredCapacity"] ?? undefined) === undefined
        ) {
          return;
        }
        const minSize = numberOf(props["minSize"]);
        if (minSize !== undefined && minSize === numberOf(props["maxSize"])) {
          return;
        }
        violate({
          got: "desiredCapacity is set by every deployment",
          allowed: "a group that only its scaling resizes",
          fix: 'add ignoreChanges: ["desiredCapacity"] to the group',
        });
      },
    },
  ],
});
