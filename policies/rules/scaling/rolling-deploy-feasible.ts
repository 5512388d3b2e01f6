import {
  healthyTasksDuringDeployment,
  tasksDuringDeployment,
} from "../../../capacity/instance-bounds";
import { type JudgedResource, type ResourceCheck, resourcePolicy } from "../../policy";
import { repairableObject, repairProperty } from "../../repair-property";
import { booleanOf, numberOf, objectOf } from "../../values";

const SERVICE = "aws:ecs/service:Service";

type Props = JudgedResource["props"];

/** What ECS takes for a replica service. Source: the ECS API reference, DeploymentConfiguration. */
const DEFAULT_MINIMUM_HEALTHY_PERCENT = 100;
const DEFAULT_MAXIMUM_PERCENT = 200;

/** A daemon has one task an instance, never more, and ECS's own percentages. */
export const rollingDeployFeasible = resourcePolicy({
  name: "rolling-deploy-feasible",
  description:
    "A deployment can replace tasks without falling below the healthy share, and rolls back where it fails.",
  severity: "high",
  levels: { dev: "advisory", prod: "mandatory" },
  frameworks: [],
  remediationSteps:
    "Set deploymentMinimumHealthyPercent and deploymentMaximumPercent in Pulumi.<stack>.yaml so that at least one task can start or stop. A service outside this project enables deploymentCircuitBreaker with rollback.",
  url: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html",
  checks: [
    {
      type: SERVICE,
      check: ({ props }, { limits, violate }) => {
        if (!rolls(props)) {
          return;
        }
        const minimum = minimumOf(props);
        if (minimum === undefined || minimum < limits.minHealthyPercentMin) {
          violate({
            got: `deploymentMinimumHealthyPercent is ${String(minimum ?? "not a whole number")}`,
            allowed: `at least ${String(limits.minHealthyPercentMin)}`,
            fix: "raise deploymentMinimumHealthyPercent",
          });
        }
      },
    },
    {
      type: SERVICE,
      check: ({ props }, { limits, violate }) => {
        if (!rolls(props)) {
          return;
        }
        const maximum = maximumOf(props);
        if (maximum === undefined || maximum > limits.maxPercentMax) {
          violate({
            got: `deploymentMaximumPercent is ${String(maximum ?? "not a whole number")}`,
            allowed: `at most ${String(limits.maxPercentMax)}`,
            fix: "lower deploymentMaximumPercent: the instances have to hold the surge",
          });
        }
      },
    },
    {
      type: SERVICE,
      check: ({ props }, { violate }) => {
        if (!rolls(props)) {
          return;
        }
        const minimum = minimumOf(props);
        const maximum = maximumOf(props);
        if (minimum === undefined || maximum === undefined) {
          return;
        }
        const tasks = Math.max(numberOf(props["desiredCount"]) ?? 1, 1);
        if (tasksDuringDeployment(tasks, maximum) <= healthyTasksDuringDeployment(tasks, minimum)) {
          violate({
            got: `deploymentMinimumHealthyPercent is ${String(minimum)} and deploymentMaximumPercent ${String(maximum)} of ${String(tasks)} ${tasks === 1 ? "task" : "tasks"}`,
            allowed: "percentages that let one task start or stop",
            fix: "raise deploymentMaximumPercent or desiredTasks",
          });
        }
      },
    },
    ...["enable", "rollback"].map((property): ResourceCheck<"rolling-deploy-feasible"> => ({
      type: SERVICE,
      check: ({ props }, { violate }) => {
        if (
          isControlledByEcs(props) &&
          booleanOf(objectOf(props["deploymentCircuitBreaker"])[property]) !== true
        ) {
          violate({
            got: `deploymentCircuitBreaker.${property} is not true`,
            allowed: "true",
            fix: `set deploymentCircuitBreaker.${property}, so that a failed deployment ends`,
          });
        }
      },
    })),
  ],
  remediation: {
    type: SERVICE,
    repair: (props) => {
      if (!isControlledByEcs(props)) {
        return false;
      }
      repairProperty(props, "deploymentCircuitBreaker", isPresent, {});
      const breaker = repairableObject(props, "deploymentCircuitBreaker");
      return (
        breaker !== undefined &&
        ["enable", "rollback"]
          .map((property) =>
            repairProperty(breaker, property, (value) => booleanOf(value) === true, true),
          )
          .some(Boolean)
      );
    },
  },
});

/** Absent is the rolling deployment of ECS. */
const isControlledByEcs = (props: Props): boolean =>
  (objectOf(props["deploymentController"])["type"] ?? "ECS") === "ECS";

const rolls = (props: Props): boolean =>
  isControlledByEcs(props) && props["schedulingStrategy"] !== "DAEMON";

const minimumOf = (props: Props): number | undefined =>
  numberOf(props["deploymentMinimumHealthyPercent"] ?? DEFAULT_MINIMUM_HEALTHY_PERCENT);

const maximumOf = (props: Props): number | undefined =>
  numberOf(props["deploymentMaximumPercent"] ?? DEFAULT_MAXIMUM_PERCENT);

const isPresent = (value: unknown): boolean => value !== undefined && value !== null;
