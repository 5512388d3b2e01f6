import { fieldOf, ofEach, taskDefinitionChecks } from "../../containers";
import { resourcePolicy } from "../../policy";
import { booleanOf, objectOf, textOf } from "../../values";

type Name = "ecs-logging";

export const ecsLogging = resourcePolicy<Name>({
  name: "ecs-logging",
  description:
    "A container sends its log to a driver that does not stop it, and what people do inside containers is recorded or not possible.",
  severity: "medium",
  levels: { dev: "advisory", prod: "mandatory" },
  frameworks: [
    "Security Hub ECS.9",
    "Control Tower CT.ECS.PR.5",
    "Checkov CKV_AWS_223",
    "cdk-nag AwsSolutions-ECS7",
  ],
  remediationSteps:
    "Give each container a logConfiguration, of awslogs with mode non-blocking and max-buffer-size among its options. Set executeCommand to false in Pulumi.<stack>.yaml where nobody is to open a shell, and leave the logging of the cluster's executeCommandConfiguration on.",
  url: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html",
  checks: [
    ...taskDefinitionChecks<Name>(
      ofEach(({ label, definition }, { violate }) => {
        const driver = fieldOf(definition, "logConfiguration", "logDriver");
        if (typeof driver !== "string" || driver === "" || driver === "none") {
          violate({
            got: `${label} has no log driver`,
            allowed: "awslogs or another driver",
            fix: "set logConfiguration of the container",
          });
        }
      }),
      ofEach(({ label, definition }, { violate }) => {
        const mode = awslogsOption(definition, "mode");
        if (mode !== undefined && mode !== "non-blocking") {
          violate({
            got: `${label} logs with mode ${mode === "" ? "not set" : "blocking"}`,
            allowed: "mode non-blocking",
            fix: "set the option mode: with blocking a container stops while CloudWatch Logs is out of reach",
          });
        }
      }),
      ofEach(({ label, definition }, { violate }) => {
        const size = awslogsOption(definition, "max-buffer-size");
        if (size !== undefined && !/^[1-9]\d*[kmg]?$/.test(size)) {
          violate({
            got: `${label} logs with max-buffer-size ${size === "" ? "not set" : "not a size"}`,
            allowed: "a size such as 25m",
            fix: "set the option max-buffer-size: without it lines beyond one megabyte are lost",
          });
        }
      }),
    ),
    {
      type: "aws:ecs/cluster:Cluster",
      check: ({ props }, { violate }) => {
        const logging = executeCommandConfiguration(props)["logging"];
        if (logging === "NONE") {
          violate({
            got: "logging of executeCommandConfiguration is NONE",
            allowed: "OVERRIDE or DEFAULT",
            fix: "set logging to OVERRIDE with a log group or bucket",
          });
        }
      },
    },
    {
      type: "aws:ecs/cluster:Cluster",
      check: ({ props }, { violate }) => {
        const configuration = executeCommandConfiguration(props);
        const destination = Object.keys(objectOf(configuration["logConfiguration"]));
        if (
          configuration["logging"] === "OVERRIDE" &&
          !destination.includes("cloudWatchLogGroupName") &&
          !destination.includes("s3BucketName")
        ) {
          violate({
            got: "logging of executeCommandConfiguration is OVERRIDE with nowhere to log to",
            allowed: "cloudWatchLogGroupName or s3BucketName",
            fix: "set one of them in logConfiguration",
          });
        }
      },
    },
    {
      type: "aws:ecs/service:Service",
      check: ({ props }, { limits, violate }) => {
        if (
          !limits.allowExecuteCommand &&
          booleanOf(props["enableExecuteCommand"] ?? false) !== false
        ) {
          violate({
            got: "enableExecuteCommand is not false",
            allowed: "false or absent",
            fix: "set executeCommand to false in Pulumi.<stack>.yaml",
          });
        }
      },
    },
  ],
});

function executeCommandConfiguration(
  props: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return objectOf(objectOf(props["configuration"])["executeCommandConfiguration"]);
}

/** An option of awslogs, empty where it is not set; undefined with any other driver. */
function awslogsOption(definition: unknown, option: string): string | undefined {
  return fieldOf(definition, "logConfiguration", "logDriver") === "awslogs"
    ? (textOf(objectOf(fieldOf(definition, "logConfiguration", "options"))[option]) ?? "")
    : undefined;
}
