import { stackPolicy } from "../../policy";
import { scalersOfServices, SERVICE_SCALING_TYPES, TYPES } from "../../wiring";

/** A daemon runs one task on each instance, so that it scales with the group. */
export const serviceAutoscaled = stackPolicy({
  name: "service-autoscaled",
  description: "Every service has a scalable target and a policy that moves it.",
  severity: "medium",
  levels: { dev: "advisory", prod: "mandatory" },
  frameworks: ["Well-Architected REL07"],
  remediationSteps:
    "Give the service a scalable target with minTasks and maxTasks and at least one scaling policy, as infra/components/service-scaling.ts does for cpuTargetPercent and requestsPerTarget. List a service that must keep its size in exemptServices, by its resource name.",
  url: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html",
  reads: SERVICE_SCALING_TYPES,
  check: (stack, { limits, violate }) => {
    const targets = scalersOfServices(stack, TYPES.target);
    const policies = scalersOfServices(stack, TYPES.scalingPolicy);
    stack.each(stack.ofType(TYPES.service), (service) => {
      if (
        limits.exemptServices.includes(service.name) ||
        service.props["schedulingStrategy"] === "DAEMON"
      ) {
        return;
      }
      if (targets.of(service).length === 0) {
        if (targets.complete) {
          violate(
            {
              got: "the service has no scalable target",
              allowed: "a target with at least one scaling policy",
              fix: "add an aws.appautoscaling.Target and a Policy, or list the service in exemptServices",
            },
            service.urn,
          );
        }
      } else if (policies.of(service).length === 0 && policies.complete) {
        violate(
          {
            got: "the service has a scalable target and no scaling policy",
            allowed: "at least one scaling policy",
            fix: "add an aws.appautoscaling.Policy, or list the service in exemptServices",
          },
          service.urn,
        );
      }
    });
  },
});
