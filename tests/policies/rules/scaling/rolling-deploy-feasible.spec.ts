import assert from "node:assert/strict";
import { limitsOf } from "../../../../policies/limits";
import { rollingDeployFeasible as policy } from "../../../../policies/rules/scaling/rolling-deploy-feasible";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { casesOf } from "../../../support/policy-cases";
import { checkingUnknowns } from "../../../support/unknowns";

const percents = (minimum: unknown, maximum: unknown, desiredCount: unknown = 3) => ({
  deploymentMinimumHealthyPercent: minimum,
  deploymentMaximumPercent: maximum,
  desiredCount,
});
const minimum = (got: string, allowed = "at least 100") =>
  [
    `deploymentMinimumHealthyPercent is ${got}`,
    allowed,
    "raise deploymentMinimumHealthyPercent",
  ] as const;
const maximum = (got: string) =>
  [
    `deploymentMaximumPercent is ${got}`,
    "at most 200",
    "lower deploymentMaximumPercent: the instances have to hold the surge",
  ] as const;
const stuck = (got: string) =>
  [
    got,
    "percentages that let one task start or stop",
    "raise deploymentMaximumPercent or desiredTasks",
  ] as const;
const breaker = (property: string) =>
  [
    `deploymentCircuitBreaker.${property} is not true`,
    "true",
    `set deploymentCircuitBreaker.${property}, so that a failed deployment ends`,
  ] as const;

describe("rolling-deploy-feasible", () => {
  const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
    policy,
    type: "aws:ecs/service:Service",
    props: {
      desiredCount: 3,
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: true },
    },
    levels: { dev: "advisory", prod: "mandatory" },
  });
  const broken = {
    ...percents(0, 900),
    deploymentCircuitBreaker: undefined,
  };

  accepts("a whole surge");
  accepts("ECS's default percentages", percents(undefined, undefined));
  accepts("room for exactly one task more", percents(100, 134));
  accepts("an absent count as one task", percents(100, 200, undefined));
  accepts("texts", percents("100", "200", "1"));
  accepts("a breaker by word", { deploymentCircuitBreaker: { enable: "true", rollback: "true" } });
  accepts("a deployment that CodeDeploy controls", {
    ...broken,
    deploymentController: { type: "CODE_DEPLOY" },
  });
  accepts("a daemon's own percentages", { ...percents(0, 100), schedulingStrategy: "DAEMON" });
  accepts("half of the tasks healthy in dev", percents(50, 100), "dev");
  refuses("one percent too little", percents(99, 200), minimum("99"));
  refuses("one percent too much", percents(100, 201), maximum("201"));
  refuses("percentages that are no numbers", percents("all", []), [
    minimum("not a whole number"),
    maximum("not a whole number"),
  ]);
  refuses("no room at all", percents(100, 100), [
    ...stuck("deploymentMinimumHealthyPercent is 100 and deploymentMaximumPercent 100 of 3 tasks"),
  ]);
  refuses("room for a third of a task less than one", percents(100, 133), [
    ...stuck("deploymentMinimumHealthyPercent is 100 and deploymentMaximumPercent 133 of 3 tasks"),
  ]);
  refuses("room for half of the only task", percents(100, 150, 0), [
    ...stuck("deploymentMinimumHealthyPercent is 100 and deploymentMaximumPercent 150 of 1 task"),
  ]);
  refuses(
    "half of the only task healthy, which is the whole task, in dev",
    percents(50, 100, 1),
    [...stuck("deploymentMinimumHealthyPercent is 50 and deploymentMaximumPercent 100 of 1 task")],
    "dev",
  );
  refuses("no breaker", { deploymentCircuitBreaker: undefined }, [
    breaker("enable"),
    breaker("rollback"),
  ]);
  refuses(
    "a breaker that is off",
    { deploymentCircuitBreaker: { enable: false, rollback: true } },
    breaker("enable"),
  );
  refuses(
    "a breaker without rollback",
    { deploymentCircuitBreaker: { enable: true } },
    breaker("rollback"),
  );
  refuses(
    "a daemon without a breaker",
    { schedulingStrategy: "DAEMON", deploymentCircuitBreaker: { enable: true } },
    breaker("rollback"),
  );
  refuses("less than half healthy in dev", percents(49, 100), minimum("49", "at least 50"), "dev");
  undecided("an unknown minimum, and decides the maximum", percents(UNKNOWN, 201), [
    maximum("201"),
  ]);
  undecided("an unknown count", percents(100, 200, UNKNOWN));
  undecided("an unknown controller", { deploymentController: UNKNOWN });
  ignoresOtherTypes();

  describe("remediation", () => {
    const repaired = (props: Record<string, unknown>) => {
      const limits = limitsOf("prod")["rolling-deploy-feasible"];
      return { changed: policy.remediation?.repair(checkingUnknowns(props), limits), props };
    };

    it("adds an absent breaker, once", () => {
      const props = { cluster: UNKNOWN, __defaults: [] };

      assert.deepEqual(repaired(props), {
        changed: true,
        props: {
          cluster: UNKNOWN,
          __defaults: [],
          deploymentCircuitBreaker: { enable: true, rollback: true },
        },
      });
      assert.equal(repaired(props).changed, false);
    });

    it("turns on what is off and leaves what is unknown", () => {
      assert.deepEqual(
        repaired({
          deploymentCircuitBreaker: { __defaults: [], enable: UNKNOWN, rollback: false },
        }),
        {
          changed: true,
          props: { deploymentCircuitBreaker: { __defaults: [], enable: UNKNOWN, rollback: true } },
        },
      );
    });

    it("leaves an unknown breaker, and a service that another controller deploys", () => {
      assert.equal(repaired({ deploymentCircuitBreaker: UNKNOWN }).changed, false);
      assert.equal(repaired({ deploymentController: { type: "EXTERNAL" } }).changed, false);
    });
  });
});
