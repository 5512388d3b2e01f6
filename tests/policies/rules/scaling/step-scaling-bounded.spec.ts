import { stepScalingBounded as policy } from "../../../../policies/rules/scaling/step-scaling-bounded";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { casesOf } from "../../../support/policy-cases";

const FIX = "make the step smaller, or track a target";
const levels = { dev: "advisory", prod: "mandatory" } as const;
const steps = (...adjustments: unknown[]) => ({
  stepAdjustments: adjustments.map((scalingAdjustment) => ({ scalingAdjustment })) as never,
});

describe("step-scaling-bounded", () => {
  describe("of a group", () => {
    const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
      policy,
      type: "aws:autoscaling/policy:Policy",
      props: {
        policyType: "StepScaling",
        adjustmentType: "ChangeInCapacity",
        estimatedInstanceWarmup: 60,
        ...steps(1, 3),
      },
      levels,
    });
    const percent = { adjustmentType: "PercentChangeInCapacity" };
    const exact = { adjustmentType: "ExactCapacity" };
    const simple = { policyType: undefined, stepAdjustments: undefined };

    accepts("small steps");
    accepts("the largest steps both ways", steps(5, "-5"));
    accepts("the largest percentages both ways", { ...percent, ...steps(50, -50) });
    accepts("capacities at the limits of the group", { ...exact, ...steps(2, 20) });
    accepts("the largest simple step", { ...simple, scalingAdjustment: -5, cooldown: 1 });
    accepts("the group's own pause", { estimatedInstanceWarmup: undefined });
    accepts("the largest least step", { ...percent, minAdjustmentMagnitude: 5 });
    accepts("no steps, which AWS refuses", { stepAdjustments: [] });
    accepts("what tracks a target", { policyType: "TargetTrackingScaling", ...steps(900) });
    accepts("dev's largest steps in dev", steps(2, -2), "dev");
    accepts("dev's largest percentages in dev", { ...percent, ...steps(100, -100) }, "dev");
    accepts("dev's capacities in dev", { ...exact, ...steps(0, 4) }, "dev");
    refuses("one instance too many, either way", steps(6, -6), [
      ["stepAdjustments[0].scalingAdjustment is 6", "-5 to 5", FIX],
      ["stepAdjustments[1].scalingAdjustment is -6", "-5 to 5", FIX],
    ]);
    refuses("one percent too much, either way", { ...percent, ...steps(51, -51) }, [
      ["stepAdjustments[0].scalingAdjustment is 51 %", "-50 to 50 %", FIX],
      ["stepAdjustments[1].scalingAdjustment is -51 %", "-50 to 50 %", FIX],
    ]);
    refuses("capacities outside the limits of the group", { ...exact, ...steps(1, 21) }, [
      ["stepAdjustments[0].scalingAdjustment is 1", "2 to 20", FIX],
      ["stepAdjustments[1].scalingAdjustment is 21", "2 to 20", FIX],
    ]);
    refuses("a simple step that is too large", { ...simple, scalingAdjustment: 6 }, [
      "scalingAdjustment is 6",
      "-5 to 5",
      FIX,
    ]);
    refuses("a simple step that is missing", simple, [
      "scalingAdjustment is missing",
      "-5 to 5",
      FIX,
    ]);
    refuses("a step that is no number", steps("all"), [
      "stepAdjustments[0].scalingAdjustment is not a whole number",
      "-5 to 5",
      FIX,
    ]);
    refuses("too large a least step", { ...percent, minAdjustmentMagnitude: 6 }, [
      "minAdjustmentMagnitude is 6",
      "0 to 5",
      "lower minAdjustmentMagnitude",
    ]);
    refuses("no pause after a simple step", { ...simple, scalingAdjustment: 1, cooldown: 0 }, [
      "cooldown is 0 s",
      "at least 1 s",
      "raise cooldown or leave it out",
    ]);
    refuses("no pause after a step", { estimatedInstanceWarmup: 0 }, [
      "estimatedInstanceWarmup is 0 s",
      "at least 1 s",
      "raise estimatedInstanceWarmup or leave it out",
    ]);
    refuses(
      "three instances in dev",
      {},
      ["stepAdjustments[1].scalingAdjustment is 3", "-2 to 2", FIX],
      "dev",
    );
    undecided(
      "an unknown step, and decides the next and the pause",
      { ...steps(UNKNOWN, 6), estimatedInstanceWarmup: 0 },
      [
        ["stepAdjustments[1].scalingAdjustment is 6", "-5 to 5", FIX],
        [
          "estimatedInstanceWarmup is 0 s",
          "at least 1 s",
          "raise estimatedInstanceWarmup or leave it out",
        ],
      ],
    );
    undecided("unknown steps", { stepAdjustments: UNKNOWN });
    undecided("an unknown type of adjustment", { adjustmentType: UNKNOWN });
    undecided("an unknown pause", { estimatedInstanceWarmup: UNKNOWN });
    ignoresOtherTypes();
  });

  describe("of a service", () => {
    const configuration = (change: object) => ({
      stepScalingPolicyConfiguration: {
        adjustmentType: "ChangeInCapacity",
        cooldown: 60,
        ...steps(1),
        ...change,
      },
    });
    const { accepts, refuses, undecided } = casesOf({
      policy,
      type: "aws:appautoscaling/policy:Policy",
      props: { serviceNamespace: "ecs", policyType: "StepScaling", ...configuration({}) },
      levels,
    });

    accepts("small steps");
    accepts("what tracks a target", {
      policyType: "TargetTrackingScaling",
      ...configuration(steps(9)),
    });
    accepts("what is no service", { serviceNamespace: "dynamodb", ...configuration(steps(900)) });
    accepts("AWS's default pause", configuration({ cooldown: null }));
    accepts("capacities at the limits of the service", {
      ...configuration({ adjustmentType: "ExactCapacity", ...steps(2, 50) }),
    });
    refuses("one task too many", configuration(steps(6)), [
      "stepAdjustments[0].scalingAdjustment is 6",
      "-5 to 5",
      FIX,
    ]);
    refuses(
      "an absent type, which is of steps",
      { policyType: undefined, ...configuration(steps(6)) },
      ["stepAdjustments[0].scalingAdjustment is 6", "-5 to 5", FIX],
    );
    refuses(
      "capacities outside the limits of the service",
      configuration({ adjustmentType: "ExactCapacity", ...steps(51) }),
      ["stepAdjustments[0].scalingAdjustment is 51", "2 to 50", FIX],
    );
    refuses("no pause", configuration({ cooldown: "0" }), [
      "cooldown is 0 s",
      "at least 1 s",
      "raise cooldown or leave it out",
    ]);
    undecided("an unknown namespace", { serviceNamespace: UNKNOWN });
  });
});
