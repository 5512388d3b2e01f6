import assert from "node:assert/strict";
import { limitsOf } from "../../../../policies/limits";
import { drainBudget as policy } from "../../../../policies/rules/scaling/drain-budget";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { casesOf } from "../../../support/policy-cases";
import { checkingUnknowns } from "../../../support/unknowns";

const levels = { dev: "advisory", prod: "mandatory" } as const;
const delay = (got: string, allowed = "15 to 120 s") =>
  [`deregistrationDelay is ${got}`, allowed, "set deregistrationDelaySeconds"] as const;
const stop = (container: string, got: string) =>
  [
    `stopTimeout of container "${container}" is ${got}`,
    "2 to 120 s",
    "change stop_grace_period in the Compose file",
  ] as const;

describe("drain-budget", () => {
  for (const type of ["aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup"]) {
    describe(`of ${type}`, () => {
      const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
        policy,
        type,
        props: { deregistrationDelay: 30 },
        levels,
      });

      accepts("a delay inside the limits");
      accepts("the shortest delay, as a text", { deregistrationDelay: "15" });
      accepts("the longest delay", { deregistrationDelay: 120 });
      accepts("dev's shortest delay in dev", { deregistrationDelay: 5 }, "dev");
      refuses("a second too little", { deregistrationDelay: 14 }, delay("14 s"));
      refuses("a second too much", { deregistrationDelay: 121 }, delay("121 s"));
      refuses("AWS's default delay", { deregistrationDelay: undefined }, delay("300 s by default"));
      refuses(
        "a delay that is no number",
        { deregistrationDelay: [] },
        delay("not a whole number"),
      );
      refuses(
        "a second too much in dev",
        { deregistrationDelay: 61 },
        delay("61 s", "5 to 60 s"),
        "dev",
      );
      undecided("an unknown delay", { deregistrationDelay: UNKNOWN });
      ignoresOtherTypes();
    });
  }

  describe("of the service's plan", () => {
    const plan = (container: unknown) => ({ plan: { container } });
    const { accepts, refuses, undecided } = casesOf({
      policy,
      type: "ecs-on-ec2:index:EcsService",
      props: { ...plan({ name: "app", stopTimeout: 60 }) } as never,
      levels,
    });

    accepts("a timeout inside the limits");
    accepts("the shortest timeout", plan({ name: "app", stopTimeout: 2 }));
    accepts("the longest timeout", plan({ name: "app", stopTimeout: 120 }));
    accepts("ECS's default timeout", plan({ name: "app" }));
    refuses("a second too little", plan({ name: "app", stopTimeout: 1 }), stop("app", "1 s"));
    refuses(
      "a second too much in dev",
      plan({ name: "app", stopTimeout: 121 }),
      stop("app", "121 s"),
      "dev",
    );
    undecided("an unknown timeout", plan({ name: "app", stopTimeout: UNKNOWN }));
  });

  describe("of a task definition", () => {
    const containers = (...definitions: unknown[]) => ({
      containerDefinitions: JSON.stringify(definitions),
    });
    const { accepts, refuses, undecided } = casesOf({
      policy,
      type: "aws:ecs/taskDefinition:TaskDefinition",
      props: containers({ name: "app", stopTimeout: 60 }),
      levels,
    });

    accepts("a timeout inside the limits");
    accepts("ECS's default timeout", containers({ name: "app" }));
    refuses(
      "each container's timeout outside",
      containers({ name: "app", stopTimeout: 121 }, { name: "proxy", stopTimeout: 1 }),
      [stop("app", "121 s"), stop("proxy", "1 s")],
    );
    refuses("what is no list of containers", { containerDefinitions: "[" }, [
      "containerDefinitions is not JSON",
      "a JSON list of one or more container definitions",
      "build it with pulumi.jsonStringify, with secrets only by reference",
    ]);
    undecided("unknown containers", { containerDefinitions: UNKNOWN });
  });

  describe("remediation", () => {
    const repaired = (props: Record<string, unknown>) => {
      const limits = limitsOf("prod")["drain-budget"];
      return { changed: policy.remediation?.repair(checkingUnknowns(props), limits), props };
    };

    it("moves a delay, AWS's default included, to the nearest limit, once", () => {
      const props = { vpcId: UNKNOWN, __defaults: [] };

      assert.deepEqual(repaired(props), {
        changed: true,
        props: { vpcId: UNKNOWN, __defaults: [], deregistrationDelay: 120 },
      });
      assert.equal(repaired(props).changed, false);
      assert.deepEqual(repaired({ deregistrationDelay: 0 }).props, { deregistrationDelay: 15 });
    });

    it("leaves an unknown delay as it is", () => {
      assert.deepEqual(repaired({ deregistrationDelay: UNKNOWN }), {
        changed: false,
        props: { deregistrationDelay: UNKNOWN },
      });
    });
  });
});
