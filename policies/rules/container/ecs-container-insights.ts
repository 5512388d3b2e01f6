import { resourcePolicy } from "../../policy";
import { repairableItems, repairProperty } from "../../repair-property";
import { listOf, objectOf, textOf } from "../../values";

const SETTING = "containerInsights";

export const ecsContainerInsights = resourcePolicy({
  name: "ecs-container-insights",
  description: "An ECS cluster collects the metrics of its tasks and instances.",
  severity: "medium",
  levels: { dev: "advisory", prod: "mandatory" },
  frameworks: [
    "Security Hub ECS.12",
    "Control Tower CT.ECS.PR.2",
    "Checkov CKV_AWS_65",
    "cdk-nag AwsSolutions-ECS4",
  ],
  remediationSteps:
    "Set containerInsights to enabled or enhanced in Pulumi.<stack>.yaml; of another cluster, add the setting containerInsights to its settings. Both cost by the number of metrics.",
  url: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cloudwatch-container-insights.html",
  checks: [
    {
      type: "aws:ecs/cluster:Cluster",
      check: ({ props }, { limits, violate }) => {
        const setting = listOf(props["settings"])
          .map(objectOf)
          .find(({ name }) => name === SETTING);
        // Without the setting the account's default counts, which is off unless somebody turned it on.
        const value = setting === undefined ? "disabled" : textOf(setting["value"]);
        if (value === undefined || !limits.allowed.includes(value)) {
          violate({
            got:
              setting === undefined
                ? `settings has no ${SETTING}`
                : `${SETTING} is ${value ?? "not a text"}`,
            allowed: limits.allowed.join(" or "),
            fix: "set containerInsights in Pulumi.<stack>.yaml",
          });
        }
      },
    },
  ],
  remediation: {
    type: "aws:ecs/cluster:Cluster",
    repair: (props, { allowed }) => {
      const [value] = allowed;
      const setting = repairableItems(props, "settings").find(({ name }) => name === SETTING);
      if (value === undefined) {
        return false;
      }
      if (setting !== undefined) {
        const isAllowed = (found: unknown) => allowed.some((one) => one === found);
        return repairProperty(setting, "value", isAllowed, value);
      }
      if (allowed.includes("disabled")) {
        return false;
      }
      // Reads the whole list: one with an unknown setting may hold this one already.
      props["settings"] = [...listOf(props["settings"]), { name: SETTING, value }];
      return true;
    },
  },
});
