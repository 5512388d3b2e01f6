import { isSet } from "../../known";
import { type ResourceCheck, resourcePolicy } from "../../policy";

type Name = "asg-uses-launch-template";

const GROUP = "aws:autoscaling/group:Group";

export const asgUsesLaunchTemplate = resourcePolicy<Name>({
  name: "asg-uses-launch-template",
  description: "Instances are launched by an Auto Scaling group from a launch template.",
  severity: "medium",
  levels: { dev: "mandatory", prod: "mandatory" },
  frameworks: [
    "Security Hub AutoScaling.9",
    "Control Tower CT.AUTOSCALING.PR.8",
    "Checkov CKV_AWS_315",
  ],
  remediationSteps:
    "Declare an aws.ec2.LaunchTemplate and refer to it from launchTemplate or mixedInstancesPolicy of the group; remove launch configurations, and instances that no group would replace.",
  url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/launch-templates.html",
  checks: [
    {
      type: GROUP,
      check: ({ props }, { violate }) => {
        if (isSet(props, "launchConfiguration")) {
          violate({
            got: "launchConfiguration is set",
            allowed: "launchTemplate or mixedInstancesPolicy",
            fix: "move its settings to a launch template",
          });
        }
      },
    },
    {
      type: GROUP,
      check: ({ props }, { violate }) => {
        const named = ["launchTemplate", "mixedInstancesPolicy", "launchConfiguration"];
        if (!named.some((property) => isSet(props, property))) {
          violate({
            got: "neither launchTemplate nor mixedInstancesPolicy is set",
            allowed: "one of them",
            fix: "refer to a launch template",
          });
        }
      },
    },
    outsideOfGroups("aws:ec2/launchConfiguration:LaunchConfiguration", "a launch configuration"),
    outsideOfGroups("aws:ec2/instance:Instance", "a single instance"),
  ],
});

function outsideOfGroups(type: string, what: string): ResourceCheck<Name> {
  return {
    type,
    check: (_resource, { violate }) => {
      violate({
        got: `the resource is ${what}`,
        allowed: "an Auto Scaling group with a launch template",
        fix: "declare a launch template and a group instead",
      });
    },
  };
}
