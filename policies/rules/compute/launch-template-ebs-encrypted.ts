import { type Finding, type ResourceCheck, resourcePolicy } from "../../policy";
import { repairableItems, repairableObject, repairProperty } from "../../repair-property";
import { booleanOf, listOf, numberOf, objectOf, textOf } from "../../values";

type Name = "launch-template-ebs-encrypted";

const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

export const launchTemplateEbsEncrypted = resourcePolicy<Name>({
  name: "launch-template-ebs-encrypted",
  description:
    "Every volume of an instance is encrypted gp3 of a bounded size that goes with its instance, and the root volume is declared.",
  severity: "high",
  levels: { dev: "remediate", prod: "remediate" },
  frameworks: [
    "Security Hub EC2.181",
    "Security Hub EC2.3",
    "Checkov CKV_AWS_8",
    "cdk-nag AwsSolutions-EC26",
    "Control Tower CT.AUTOSCALING.PR.9",
  ],
  remediationSteps:
    'Declare the root device in blockDeviceMappings of the launch template with ebs.encrypted "true", volumeType gp3 and deleteOnTermination "true", and keep rootVolumeGiB in Pulumi.<stack>.yaml within the limit, or raise the limit in policies/limits.ts in a change of its own.',
  url: "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html",
  checks: [
    {
      type: LAUNCH_TEMPLATE,
      check: ({ props }, { violate }) => {
        const hasRoot = volumesOf(props).some(({ device }) => ROOT_DEVICES.includes(device));
        if (!hasRoot) {
          violate({
            got: "blockDeviceMappings has no root volume",
            allowed: `one with ebs, of device ${ROOT_DEVICES.join(" or ")}`,
            fix: "declare the root volume: without it the image's own is used, unencrypted",
          });
        }
      },
    },
    eachVolume(({ device, ebs }) =>
      booleanOf(ebs["encrypted"]) === true
        ? undefined
        : {
            got: `encrypted of ${device} is not "true"`,
            allowed: '"true"',
            fix: "set ebs.encrypted of the device",
          },
    ),
    eachVolume(({ device, ebs }) =>
      ebs["volumeType"] === "gp3"
        ? undefined
        : {
            got: `volumeType of ${device} is not gp3`,
            allowed: "gp3",
            fix: "set ebs.volumeType of the device",
          },
    ),
    eachVolume(({ device, ebs }) =>
      booleanOf(ebs["deleteOnTermination"]) === true
        ? undefined
        : {
            got: `deleteOnTermination of ${device} is not "true"`,
            allowed: '"true"',
            fix: "set ebs.deleteOnTermination: the volume of a terminated instance costs for ever",
          },
    ),
    eachVolume(({ device, ebs }, { maxGiB }) => {
      const given = ebs["volumeSize"] ?? undefined;
      const size = numberOf(given);
      // Without a size the volume has that of the image.
      return given === undefined || (size !== undefined && size >= 1 && size <= maxGiB)
        ? undefined
        : {
            got: `volumeSize of ${device} is ${String(size ?? "not a number")}`,
            allowed: `1 to ${String(maxGiB)} GiB`,
            fix: "lower rootVolumeGiB",
          };
    }),
  ],
  remediation: {
    type: LAUNCH_TEMPLATE,
    repair: (props) =>
      repairableItems(props, "blockDeviceMappings")
        .map((mapping) => repairableObject(mapping, "ebs"))
        .filter((ebs) => ebs !== undefined)
        .map((ebs) =>
          repairProperty(ebs, "encrypted", (value) => booleanOf(value) === true, "true"),
        )
        .includes(true),
  },
});

/** Root devices of the ECS-optimized images: of Linux, and of Windows. */
const ROOT_DEVICES: readonly string[] = ["/dev/xvda", "/dev/sda1"];

interface Volume {
  readonly device: string;
  readonly ebs: Readonly<Record<string, unknown>>;
}

/** The mappings that are volumes; instance stores and suppressed devices have no ebs. */
function volumesOf(props: Readonly<Record<string, unknown>>): readonly Volume[] {
  return listOf(props["blockDeviceMappings"])
    .map(objectOf)
    .filter((mapping) => (mapping["ebs"] ?? undefined) !== undefined)
    .map((mapping) => ({
      device: textOf(mapping["deviceName"]) ?? "a device without a name",
      ebs: objectOf(mapping["ebs"]),
    }));
}

function eachVolume(
  find: (volume: Volume, limits: { readonly maxGiB: number }) => Finding | undefined,
): ResourceCheck<Name> {
  return {
    type: LAUNCH_TEMPLATE,
    check: ({ props }, { limits, violate }) => {
      for (const volume of volumesOf(props)) {
        const finding = find(volume, limits);
        if (finding !== undefined) {
          violate(finding);
        }
      }
    },
  };
}
