import { healthCheckBudget as policy } from "../../../../policies/rules/scaling/health-check-budget";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { casesOf } from "../../../support/policy-cases";

const levels = { dev: "advisory", prod: "mandatory" } as const;
const detection = (total: number, interval: number, threshold: number, limit = 60) =>
  [
    `healthCheck finds a failure in ${String(total)} s, an interval of ${String(interval)} s times unhealthyThreshold ${String(threshold)}`,
    `at most ${String(limit)} s`,
    "lower healthCheck.interval or healthCheck.unhealthyThreshold",
  ] as const;
const noNumber = (property: string) =>
  [
    `healthCheck.${property} is not a whole number`,
    "a failure found in at most 60 s",
    "set it to a number",
  ] as const;
const DISABLED = [
  "healthCheck.enabled is not true",
  "true",
  "leave healthCheck.enabled out",
] as const;

describe("health-check-budget", () => {
  for (const type of ["aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup"]) {
    describe(`of ${type}`, () => {
      const HEALTH_CHECK = { interval: 10, timeout: 5, unhealthyThreshold: 3 };
      const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
        policy,
        type,
        props: { targetType: "instance", healthCheck: HEALTH_CHECK },
        levels,
      });
      const check = (change: object) => ({
        healthCheck: JSON.parse(JSON.stringify({ ...HEALTH_CHECK, ...change })) as unknown,
      });

      accepts("a health check inside the budget");
      accepts("the whole budget, as texts", check({ interval: "30", unhealthyThreshold: "2" }));
      accepts("a timeout just below the interval", check({ timeout: 9 }));
      accepts("a timeout that is left to AWS", check({ timeout: undefined }));
      accepts("a check that is on by word", check({ enabled: "true" }));
      accepts("what AWS takes by default in dev", { healthCheck: undefined }, "dev");
      accepts("a function's own check", { targetType: "lambda", healthCheck: { enabled: false } });
      refuses(
        "a second too much",
        check({ interval: 61, unhealthyThreshold: 1 }),
        detection(61, 61, 1),
      );
      refuses("a failure too much", check({ unhealthyThreshold: 7 }), detection(70, 10, 7));
      refuses("what AWS takes by default", { healthCheck: undefined }, detection(90, 30, 3));
      refuses(
        "AWS's default threshold",
        check({ interval: 21, unhealthyThreshold: undefined }),
        detection(63, 21, 3),
      );
      refuses("an interval that is no number", check({ interval: [] }), noNumber("interval"));
      refuses(
        "a threshold that is no number",
        check({ unhealthyThreshold: "few" }),
        noNumber("unhealthyThreshold"),
      );
      refuses("a timeout as long as the interval", check({ timeout: 10 }), [
        "healthCheck.timeout is 10 s and interval 10 s",
        "a timeout below the interval",
        "lower healthCheck.timeout",
      ]);
      refuses("a check that is off", check({ enabled: false }), DISABLED);
      refuses(
        "a failure too much in dev",
        check({ unhealthyThreshold: 13 }),
        detection(130, 10, 13, 120),
        "dev",
      );
      undecided(
        "an unknown interval, and decides whether it is on",
        check({ enabled: false, interval: UNKNOWN }),
        [DISABLED],
      );
      undecided("an unknown check", { healthCheck: UNKNOWN });
      ignoresOtherTypes();
    });
  }

  describe("of a group", () => {
    const { accepts, refuses, undecided } = casesOf({
      policy,
      type: "aws:autoscaling/group:Group",
      props: { targetGroupArns: ["arn:aws:elasticloadbalancing:…"], healthCheckType: "ELB" },
      levels,
    });
    const NOT_ELB = [
      "healthCheckType is not ELB behind a load balancer",
      "ELB",
      "set healthCheckType to ELB, or let ECS register its tasks in place of the group",
    ] as const;

    accepts("the load balancer's check behind one");
    accepts("EC2's check without a load balancer", { targetGroupArns: [], healthCheckType: "EC2" });
    accepts("no check without a load balancer", {
      targetGroupArns: undefined,
      healthCheckType: undefined,
    });
    refuses("EC2's check behind a load balancer", { healthCheckType: "EC2" }, NOT_ELB);
    refuses("AWS's default check behind a load balancer", { healthCheckType: undefined }, NOT_ELB);
    refuses(
      "EC2's check behind an unknown target group",
      { targetGroupArns: [UNKNOWN], healthCheckType: "EC2" },
      NOT_ELB,
    );
    for (const property of ["loadBalancers", "trafficSources"]) {
      refuses(
        `EC2's check with ${property}`,
        { targetGroupArns: undefined, [property]: ["lb"], healthCheckType: "EC2" },
        NOT_ELB,
      );
    }
    undecided("unknown target groups", { targetGroupArns: UNKNOWN });
    undecided("an unknown type of check", { healthCheckType: UNKNOWN });
  });
});
