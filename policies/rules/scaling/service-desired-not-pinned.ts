import { stackPolicy } from "../../policy";
import { scalersOfServices, SERVICE_SCALING_TYPES, TYPES } from "../../wiring";

/** Leaving desiredCount out is no way: the provider then asks for 0 tasks. */
export const serviceDesiredNotPinned = stackPolicy({
  name: "service-desired-not-pinned",
  description: "A service that scales leaves its desired count to its scaling.",
  severity: "high",
  levels: { dev: "mandatory", prod: "mandatory" },
  frameworks: [],
  remediationSteps:
    'Declare the service with ignoreChanges: ["desiredCount"], as infra/components/ecs-service.ts does. Otherwise every deployment sets the number of tasks back to desiredTasks, in the middle of a peak too.',
  url: "https://www.pulumi.com/docs/iac/concepts/resources/options/ignorechanges/",
  reads: SERVICE_SCALING_TYPES,
  check: (stack, { violate }) => {
    const targets = scalersOfServices(stack, TYPES.target);
    for (const service of stack.ofType(TYPES.service)) {
      if (
        targets.of(service).length > 0 &&
        !service.options.ignoreChanges.includes("desiredCount")
      ) {
        violate(
          {
            got: "desiredCount is set by every deployment",
            allowed: "a service that only its scaling resizes",
            fix: 'add ignoreChanges: ["desiredCount"] to the service',
          },
          service.urn,
        );
      }
    }
  },
});
