import { LOAD_BALANCER_TYPES } from "../../load-balancer-types";
import { type Judge, type JudgedResource, resourcePolicy } from "../../policy";
import { repairProperty } from "../../repair-property";
import { isUnknownValueError } from "../../unknown";
import { booleanOf, objectOf } from "../../values";

type HardenedJudge = Judge<"alb-hardened">;

export const albHardened = resourcePolicy({
  name: "alb-hardened",
  description:
    "Load balancers drop malformed headers, refuse ambiguous requests, and are logged and protected where the environment asks for it.",
  severity: "medium",
  levels: { dev: "remediate", prod: "mandatory" },
  frameworks: [
    "Security Hub ELB.4",
    "Security Hub ELB.5",
    "Security Hub ELB.6",
    "Security Hub ELB.12",
    "Checkov CKV_AWS_91",
    "Checkov CKV_AWS_131",
    "Checkov CKV_AWS_150",
    "Checkov CKV_AWS_328",
    "cdk-nag AwsSolutions-ELB2",
  ],
  remediationSteps:
    "Set deletionProtection and accessLogs to true in Pulumi.<stack>.yaml. On a load balancer of your own set dropInvalidHeaderFields to true and leave desyncMitigationMode out, and give accessLogs both a bucket and enabled: true.",
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html",
  checks: LOAD_BALANCER_TYPES.flatMap((type) =>
    [checkHeaders, checkDesync, checkDeletion, checkAccessLogs].map((check) => ({ type, check })),
  ),
  remediation: {
    type: LOAD_BALANCER_TYPES,
    repair: (props) => {
      if (!isKnownApplication(props)) {
        return false;
      }
      const headers = repairProperty(props, "dropInvalidHeaderFields", isOn, true);
      const desync = repairProperty(props, "desyncMitigationMode", isSafe, DEFAULT_MODE);
      return headers || desync;
    },
  },
});

const DEFAULT_MODE = "defensive";

/** The other mode, `monitor`, lets every request through. */
const isSafe = (mode: unknown): boolean =>
  mode === undefined || mode === null || mode === DEFAULT_MODE || mode === "strictest";

const isOn = (value: unknown): boolean => booleanOf(value) === true;

function checkHeaders({ props }: JudgedResource, { violate }: HardenedJudge): void {
  if (isApplication(props) && !isOn(props["dropInvalidHeaderFields"])) {
    violate({
      got: "dropInvalidHeaderFields is not true",
      allowed: "true",
      fix: "set dropInvalidHeaderFields of the load balancer",
    });
  }
}

function checkDesync({ props }: JudgedResource, { violate }: HardenedJudge): void {
  if (isApplication(props) && !isSafe(props["desyncMitigationMode"])) {
    violate({
      got: `desyncMitigationMode is ${JSON.stringify(props["desyncMitigationMode"])}`,
      allowed: "defensive or strictest",
      fix: "leave desyncMitigationMode of the load balancer out",
    });
  }
}

function checkDeletion({ props }: JudgedResource, { limits, violate }: HardenedJudge): void {
  if (limits.requireDeletionProtection && !isOn(props["enableDeletionProtection"])) {
    violate({
      got: "enableDeletionProtection is not true",
      allowed: "true",
      fix: "set deletionProtection to true",
    });
  }
}

/** A network load balancer logs TLS connections only, so that it may have nothing to log. */
function checkAccessLogs({ props }: JudgedResource, { limits, violate }: HardenedJudge): void {
  if (!limits.requireAccessLogs || !isApplication(props)) {
    return;
  }
  if (!isOn(objectOf(props["accessLogs"])["enabled"])) {
    violate({
      got: "accessLogs.enabled is not true",
      allowed: "true",
      fix: "set accessLogs to true; a bucket alone does not turn the logs on",
    });
  }
}

function isApplication(props: JudgedResource["props"]): boolean {
  return (props["loadBalancerType"] ?? "application") === "application";
}

function isKnownApplication(props: JudgedResource["props"]): boolean {
  try {
    return isApplication(props);
  } catch (error) {
    if (isUnknownValueError(error)) {
      return false;
    }
    throw error;
  }
}
