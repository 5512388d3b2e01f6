import { resourcePolicy } from "../../policy";
import { repairableObject, repairProperty } from "../../repair-property";
import { numberOf, objectOf } from "../../values";

const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

export const launchTemplateImdsv2 = resourcePolicy({
  name: "launch-template-imdsv2",
  description:
    "The metadata service of an instance answers only requests with a session token, and none from a container's own network.",
  severity: "high",
  levels: { dev: "remediate", prod: "remediate" },
  frameworks: [
    "Security Hub EC2.170",
    "Security Hub AutoScaling.3",
    "Control Tower CT.EC2.PR.1",
    "Control Tower CT.EC2.PR.2",
    "Checkov CKV_AWS_79",
    "Checkov CKV_AWS_341",
    "CIS AWS Foundations 5.7",
  ],
  remediationSteps:
    "In metadataOptions of the launch template set httpEndpoint to enabled, httpTokens to required and httpPutResponseHopLimit to 1. A container takes its permissions from taskRoleArn and needs no instance metadata; where one does, raise maxHops in policies/limits.ts in a change of its own.",
  url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html",
  checks: [
    {
      type: LAUNCH_TEMPLATE,
      check: ({ props }, { violate }) => {
        const tokens = objectOf(props["metadataOptions"])["httpTokens"] ?? undefined;
        if (tokens !== "required") {
          violate({
            got: `httpTokens is ${tokens === undefined ? "not set" : "not required"}`,
            allowed: "required",
            fix: "set httpTokens in metadataOptions of the launch template",
          });
        }
      },
    },
    {
      type: LAUNCH_TEMPLATE,
      check: ({ props }, { limits, violate }) => {
        const hops = hopsOf(objectOf(props["metadataOptions"])["httpPutResponseHopLimit"]);
        if (!isWithin(hops, limits.maxHops)) {
          violate({
            got: `httpPutResponseHopLimit is ${String(hops ?? "not a number")}`,
            allowed: limits.maxHops === 1 ? "1" : `1 to ${String(limits.maxHops)}`,
            fix: "lower httpPutResponseHopLimit in metadataOptions of the launch template",
          });
        }
      },
    },
    {
      type: LAUNCH_TEMPLATE,
      check: ({ props }, { violate }) => {
        const endpoint = objectOf(props["metadataOptions"])["httpEndpoint"];
        if (!isEndpoint(endpoint)) {
          violate({
            got: `httpEndpoint is ${(endpoint ?? undefined) === undefined ? "not set" : "neither"}`,
            allowed: "enabled or disabled",
            fix: "set httpEndpoint in metadataOptions of the launch template",
          });
        }
      },
    },
  ],
  remediation: {
    type: LAUNCH_TEMPLATE,
    repair: (props, { maxHops }) => {
      repairProperty(props, "metadataOptions", isObject, {});
      const options = repairableObject(props, "metadataOptions");
      return (
        options !== undefined &&
        [
          repairProperty(options, "httpEndpoint", isEndpoint, "enabled"),
          repairProperty(options, "httpTokens", (tokens) => tokens === "required", "required"),
          repairProperty(
            options,
            "httpPutResponseHopLimit",
            (hops) => isWithin(hopsOf(hops), maxHops),
            maxHops,
          ),
        ].includes(true)
      );
    },
  },
});

/** The hops that a metadata answer may take, by default one; undefined for what is no number. */
function hopsOf(given: unknown): number | undefined {
  return numberOf(given ?? 1);
}

function isWithin(hops: number | undefined, maxHops: number): boolean {
  return hops !== undefined && hops >= 1 && hops <= maxHops;
}

const isEndpoint = (value: unknown): boolean => value === "enabled" || value === "disabled";

const isObject = (value: unknown): boolean =>
  value !== null && typeof value === "object" && !Array.isArray(value);
