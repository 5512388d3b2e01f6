import { requireBounds } from "../../bounds";
import { containerChecks, fieldOf, ofEach } from "../../containers";
import { TARGET_GROUP_TYPES } from "../../load-balancer-types";
import { type Judge, type JudgedResource, resourcePolicy } from "../../policy";
import { repairNumber } from "../../repair-number";

/** Source: the API references of Elastic Load Balancing and ECS. */
const DEFAULT_DEREGISTRATION_SECONDS = 300;
const DEFAULT_STOP_SECONDS = 30;

/**
 * The two phases of a stop follow each other: the load balancer lets requests finish, then the container
 * has until its stop timeout. Each has bounds here; their sum is judged by drain-budget-within-deadline.
 */
export const drainBudget = resourcePolicy({
  name: "drain-budget",
  description:
    "A stopping task has time to finish its requests, and not so much that deployments and scale-in stand still.",
  severity: "medium",
  levels: { dev: "advisory", prod: "mandatory" },
  frameworks: ["cdk-nag AwsSolutions-ELB3"],
  remediationSteps:
    "Set deregistrationDelaySeconds in Pulumi.<stack>.yaml and stop_grace_period in the Compose file within the limits. A target group outside this project sets deregistrationDelay: AWS takes 300 s for one that is left out.",
  url: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/load-balancer-connection-draining.html",
  checks: [
    ...TARGET_GROUP_TYPES.map((type) => ({
      type,
      check: ({ props }: JudgedResource, { limits, violate }: Judge<"drain-budget">) => {
        requireBounds(violate, {
          property: "deregistrationDelay",
          value: props["deregistrationDelay"],
          allowed: limits.deregistrationDelaySeconds,
          byDefault: DEFAULT_DEREGISTRATION_SECONDS,
          unit: "s",
          fix: "set deregistrationDelaySeconds",
        });
      },
    })),
    ...containerChecks<"drain-budget">(
      ofEach(({ label, definition }, { limits, violate }) => {
        requireBounds(violate, {
          property: `stopTimeout of ${label}`,
          value: fieldOf(definition, "stopTimeout"),
          allowed: limits.stopTimeoutSeconds,
          byDefault: DEFAULT_STOP_SECONDS,
          unit: "s",
          fix: "change stop_grace_period in the Compose file",
        });
      }),
    ),
  ],
  remediation: {
    type: TARGET_GROUP_TYPES,
    repair: (props, { deregistrationDelaySeconds }) =>
      repairNumber(
        props,
        "deregistrationDelay",
        deregistrationDelaySeconds,
        DEFAULT_DEREGISTRATION_SECONDS,
      ),
  },
});
