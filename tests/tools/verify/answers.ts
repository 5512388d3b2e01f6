export const REVISION = "arn:aws:ecs:eu-central-1:123456789012:task-definition/web-dev:7";
export const EARLIER = "arn:aws:ecs:eu-central-1:123456789012:task-definition/web-dev:6";
export const TARGET_GROUP =
  "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/web/0123456789abcdef";

/** What `pulumi stack output --json` says. */
export const outputsOf = (url: string, overrides: object = {}) => ({
  cluster: "web-cluster",
  service: "web-service",
  taskDefinition: REVISION,
  url,
  registry: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/web",
  ...overrides,
});

/** A deployment as `aws ecs describe-services` says it. */
export const aDeployment = (overrides: object = {}) => ({
  id: "ecs-svc/1",
  status: "PRIMARY",
  taskDefinition: REVISION,
  rolloutState: "COMPLETED",
  rolloutStateReason: "ECS deployment ecs-svc/1 completed.",
  ...overrides,
});

/** What `aws ecs describe-services` says of a service that is well. */
export const aService = (overrides: object = {}) => ({
  failures: [],
  services: [
    {
      serviceName: "web-service",
      runningCount: 2,
      desiredCount: 2,
      pendingCount: 0,
      loadBalancers: [{ targetGroupArn: TARGET_GROUP, containerName: "app", containerPort: 3000 }],
      deployments: [aDeployment()],
      events: Array.from({ length: 12 }, (_, index) => ({
        id: String(index),
        createdAt: `2026-11-02T10:${String(59 - index)}:00.000000+01:00`,
        message: `(service web-service) event ${String(index)}.`,
      })),
      ...overrides,
    },
  ],
});

/** What `aws elbv2 describe-target-health` says of targets in these states. */
export const targetsIn = (...states: string[]) => ({
  TargetHealthDescriptions: states.map((state, index) => ({
    Target: { Id: `i-${String(index)}`, Port: 32768 + index },
    TargetHealth:
      state === "healthy"
        ? { State: state }
        : { State: state, Reason: "Target.Timeout", Description: "Request timed out" },
  })),
});
