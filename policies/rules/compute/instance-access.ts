import { configuredPattern } from "../../configured-pattern";
import { isSet } from "../../known";
import { type Judge, resourcePolicy } from "../../policy";
import { secretShapeOf } from "../../secret-shapes";
import { decodeUserData } from "../../user-data";
import { objectOf, textOf } from "../../values";

type Name = "instance-access";

const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

export const instanceAccess = resourcePolicy<Name>({
  name: "instance-access",
  description:
    "An instance runs an image of AWS's, has a role and no key pair, and nothing secret in its user data.",
  severity: "high",
  levels: { dev: "advisory", prod: "mandatory" },
  frameworks: ["Security Hub SSM.1", "Checkov CKV_AWS_46", "CIS AWS Foundations 1.17"],
  remediationSteps:
    "Leave keyName out and open sessions with Systems Manager; give the launch template an iamInstanceProfile; take secrets out of userData and read them at start-up with the instance's role; choose the image with amiSource in Pulumi.<stack>.yaml, or add the parameter of another image to amiParameterPrefixes in policies/limits.ts.",
  url: "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html",
  checks: [
    {
      type: LAUNCH_TEMPLATE,
      check: ({ props }, { violate }) => {
        if (isSet(props, "keyName") && props["keyName"] !== "") {
          violate({
            got: "keyName is set",
            allowed: "no key pair",
            fix: "leave keyName out, and open sessions with Systems Manager",
          });
        }
      },
    },
    {
      type: LAUNCH_TEMPLATE,
      check: ({ props }, { violate }) => {
        const profile = objectOf(props["iamInstanceProfile"]);
        if (!["arn", "name"].some((property) => isSet(profile, property))) {
          violate({
            got: "iamInstanceProfile is not set",
            allowed: "an instance profile by arn or name",
            fix: "set it: without a role an instance joins no cluster and takes no session",
          });
        }
      },
    },
    {
      type: LAUNCH_TEMPLATE,
      check: ({ props }, { limits, violate }) => {
        const fault = secretIn(textOf(props["userData"]) ?? "", limits.deniedNames);
        if (fault !== undefined) {
          violate({
            got: `userData has ${fault}`,
            allowed: "no secret",
            fix: "read it at start-up with the instance's role, and replace the secret",
          });
        }
      },
    },
    {
      type: LAUNCH_TEMPLATE,
      check: ({ props }, { limits, violate }) => {
        const imageId = textOf(props["imageId"]) ?? "";
        const parameter = /^resolve:ssm:(.+)$/.exec(imageId)?.[1];
        if (parameter !== undefined) {
          judgeParameter("imageId", parameter, { limits, violate });
        } else if (!/^ami-[0-9a-f]+$/.test(imageId)) {
          violate({
            got: `imageId is ${imageId === "" ? "not set" : "neither an image nor a parameter"}`,
            allowed: "ami-ID or resolve:ssm:PARAMETER",
            fix: "set amiSource in Pulumi.<stack>.yaml",
          });
        }
      },
    },
    {
      // The id of the newest image is read at deployment; the parameter that names it is in the plan.
      type: "ecs-on-ec2:index:Ec2Capacity",
      check: ({ props }, judge) => {
        const parameter = textOf(objectOf(objectOf(props["plan"])["ami"])["parameter"]);
        if (parameter !== undefined) {
          judgeParameter("plan.ami.parameter", parameter, judge);
        }
      },
    },
  ],
});

function judgeParameter(
  property: string,
  parameter: string,
  { limits: { amiParameterPrefixes }, violate }: Pick<Judge<Name>, "limits" | "violate">,
): void {
  if (!amiParameterPrefixes.some((prefix) => parameter.startsWith(prefix))) {
    violate({
      got: `${property} is none of the parameters that name an image`,
      allowed: `a parameter below ${amiParameterPrefixes.join(" or ")}`,
      fix: "set amiSource in Pulumi.<stack>.yaml, or add the parameter to amiParameterPrefixes",
    });
  }
}

/** What secret user data holds, in words that hold none of it; also where it is not base64 yet. */
function secretIn(userData: string, deniedNames: string): string | undefined {
  const denied = configuredPattern("instance-access.deniedNames", deniedNames);
  for (const text of [decodeUserData(userData), userData]) {
    const fault = secretShapeOf(text) ?? assignedSecret(text, denied);
    if (fault !== undefined) {
      return fault;
    }
  }
  return undefined;
}

/** An assignment as a shell has it; what begins with `$` is read at start-up and not written down. */
function assignedSecret(text: string, denied: RegExp): string | undefined {
  const name = text
    .split(/[\s;]+/)
    .map((word) => /^["']?([A-Za-z_]\w{0,127})=["']?[^\s$"'`]/.exec(word)?.[1])
    .find((assigned) => assigned !== undefined && denied.test(assigned));
  return name === undefined ? undefined : `a value for ${name}, the name of a secret`;
}
