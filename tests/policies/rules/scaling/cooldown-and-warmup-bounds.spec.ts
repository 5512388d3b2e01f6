import assert from "node:assert/strict";
import { limitsOf } from "../../../../policies/limits";
import { cooldownAndWarmupBounds as policy } from "../../../../policies/rules/scaling/cooldown-and-warmup-bounds";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { casesOf } from "../../../support/policy-cases";
import { checkingUnknowns } from "../../../support/unknowns";

const levels = { dev: "advisory", prod: "mandatory" } as const;
const warmup = (got: string) =>
  [`defaultInstanceWarmup is ${got}`, "30 to 600 s", "set instanceWarmupSeconds"] as const;
const cooldown = (got: string) =>
  [
    `defaultCooldown is ${got}`,
    "60 to 600 s",
    "leave defaultCooldown out: AWS takes 300 s",
  ] as const;
const grace = (got: string) =>
  [
    `healthCheckGracePeriod is ${got}`,
    "30 to 600 s",
    "set instanceWarmupSeconds, which is also the grace period",
  ] as const;
const taskGrace = (got: string) =>
  [
    `healthCheckGracePeriodSeconds is ${got}`,
    "30 to 600 s",
    "set healthCheckGraceSeconds",
  ] as const;

describe("cooldown-and-warmup-bounds", () => {
  describe("of a group", () => {
    const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
      policy,
      type: "aws:autoscaling/group:Group",
      props: { defaultInstanceWarmup: 60, defaultCooldown: 300, healthCheckGracePeriod: 60 },
      levels,
    });

    accepts("times inside the limits");
    accepts("AWS's default cooldown and grace period", {
      defaultCooldown: undefined,
      healthCheckGracePeriod: undefined,
    });
    accepts("the shortest times", {
      defaultInstanceWarmup: 30,
      defaultCooldown: 60,
      healthCheckGracePeriod: 30,
    });
    accepts("the longest times, as texts", {
      defaultInstanceWarmup: "600",
      defaultCooldown: "600",
      healthCheckGracePeriod: "600",
    });
    refuses(
      "a second too little of each",
      { defaultInstanceWarmup: 29, defaultCooldown: 59, healthCheckGracePeriod: 29 },
      [warmup("29 s"), cooldown("59 s"), grace("29 s")],
    );
    refuses(
      "a second too much of each",
      { defaultInstanceWarmup: 601, defaultCooldown: 601, healthCheckGracePeriod: 601 },
      [warmup("601 s"), cooldown("601 s"), grace("601 s")],
    );
    refuses("an absent warm-up", { defaultInstanceWarmup: undefined }, warmup("missing"));
    refuses(
      "a warm-up that is no number",
      { defaultInstanceWarmup: "long" },
      warmup("not a whole number"),
    );
    refuses("no cooldown in dev", { defaultCooldown: 0 }, cooldown("0 s"), "dev");
    undecided(
      "an unknown warm-up, and decides the cooldown",
      { defaultInstanceWarmup: UNKNOWN, defaultCooldown: 0 },
      [cooldown("0 s")],
    );
    undecided("an unknown grace period", { healthCheckGracePeriod: UNKNOWN });
    ignoresOtherTypes();
  });

  describe("of a service", () => {
    const { accepts, refuses, undecided } = casesOf({
      policy,
      type: "aws:ecs/service:Service",
      props: { loadBalancers: [{ containerPort: 3000 }], healthCheckGracePeriodSeconds: 60 },
      levels,
    });

    accepts("a grace period inside the limits");
    accepts("the shortest grace period", { healthCheckGracePeriodSeconds: 30 });
    accepts("the longest grace period", { healthCheckGracePeriodSeconds: 600 });
    accepts("no grace period without a load balancer", {
      loadBalancers: [],
      healthCheckGracePeriodSeconds: undefined,
    });
    accepts("a load balancer that is unknown in part", { loadBalancers: [UNKNOWN] });
    refuses("a second too little", { healthCheckGracePeriodSeconds: 29 }, taskGrace("29 s"));
    refuses("a second too much", { healthCheckGracePeriodSeconds: 601 }, taskGrace("601 s"));
    refuses(
      "AWS's default of none",
      { healthCheckGracePeriodSeconds: undefined },
      taskGrace("0 s by default"),
    );
    refuses("none in dev", { healthCheckGracePeriodSeconds: 0 }, taskGrace("0 s"), "dev");
    undecided("an unknown grace period", { healthCheckGracePeriodSeconds: UNKNOWN });
    undecided("unknown load balancers", { loadBalancers: UNKNOWN });
  });

  describe("remediation", () => {
    const repaired = (props: Record<string, unknown>) => {
      const limits = limitsOf("prod")["cooldown-and-warmup-bounds"];
      return { changed: policy.remediation?.repair(checkingUnknowns(props), limits), props };
    };

    it("sets an absent warm-up to 300 s and nothing else, once", () => {
      const props = { __defaults: [], defaultCooldown: 0, vpcZoneIdentifiers: UNKNOWN };

      assert.deepEqual(repaired(props), {
        changed: true,
        props: {
          __defaults: [],
          defaultCooldown: 0,
          vpcZoneIdentifiers: UNKNOWN,
          defaultInstanceWarmup: 300,
        },
      });
      assert.equal(repaired(props).changed, false);
    });

    it("moves a warm-up to the nearest limit", () => {
      assert.deepEqual(repaired({ defaultInstanceWarmup: 0 }).props, { defaultInstanceWarmup: 30 });
    });

    it("leaves an unknown warm-up as it is", () => {
      assert.deepEqual(repaired({ defaultInstanceWarmup: UNKNOWN }), {
        changed: false,
        props: { defaultInstanceWarmup: UNKNOWN },
      });
    });
  });
});
