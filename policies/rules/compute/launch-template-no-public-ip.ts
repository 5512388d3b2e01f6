import { resourcePolicy } from "../../policy";
import { repairableItems, repairProperty } from "../../repair-property";
import { booleanOf, listOf, objectOf } from "../../values";

const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

export const launchTemplateNoPublicIp = resourcePolicy({
  name: "launch-template-no-public-ip",
  description: "An instance is launched without a public IP address.",
  severity: "high",
  levels: { dev: "mandatory", prod: "mandatory" },
  frameworks: [
    "Security Hub EC2.25",
    "Security Hub AutoScaling.5",
    "Control Tower CT.EC2.PR.9",
    "Checkov CKV_AWS_88",
    "Checkov CKV_AWS_389",
  ],
  remediationSteps:
    'Leave associatePublicIpAddress of the launch template\'s networkInterfaces out or set it to "false", and launch instances in private subnets: they reach the internet through NAT, and users reach them through the load balancer.',
  url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-in-vpc.html",
  checks: [
    {
      type: LAUNCH_TEMPLATE,
      check: ({ props }, { violate }) => {
        listOf(props["networkInterfaces"]).forEach((networkInterface, index) => {
          if (!isPrivate(objectOf(networkInterface)["associatePublicIpAddress"])) {
            violate({
              got: `associatePublicIpAddress of networkInterfaces[${String(index)}] is not "false"`,
              allowed: '"false" or absent',
              fix: "leave associatePublicIpAddress out of the launch template",
            });
          }
        });
      },
    },
  ],
  remediation: {
    type: LAUNCH_TEMPLATE,
    repair: (props) =>
      repairableItems(props, "networkInterfaces")
        .map((networkInterface) =>
          repairProperty(networkInterface, "associatePublicIpAddress", isPrivate, "false"),
        )
        .includes(true),
  },
});

/** Absent leaves it to the subnet, where the provider spells an absent text as the empty one. */
function isPrivate(value: unknown): boolean {
  return value === undefined || value === null || value === "" || booleanOf(value) === false;
}
