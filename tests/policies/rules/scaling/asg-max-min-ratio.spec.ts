import { asgMaxMinRatio as policy } from "../../../../policies/rules/scaling/asg-max-min-ratio";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { casesOf } from "../../../support/policy-cases";

const FIX = "raise minInstances or lower maxInstances";

describe("asg-max-min-ratio", () => {
  const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
    policy,
    type: "aws:autoscaling/group:Group",
    props: { minSize: 2, maxSize: 12 },
    levels: { dev: "advisory", prod: "mandatory" },
  });

  accepts("a group inside the ratio");
  accepts("the ratio itself", { maxSize: 20 });
  accepts("the ratio itself as texts", { minSize: "2", maxSize: "20" });
  accepts("a minimum of zero as one", { minSize: 0, maxSize: 10 });
  accepts("what asg-size-within-limits refuses as no number", { minSize: null, maxSize: 500 });
  accepts("an absent maximum, which the provider refuses", { maxSize: undefined });
  refuses("one instance above the ratio", { maxSize: 21 }, [
    "minSize is 2 and maxSize 21",
    "a maxSize of at most 20, 10 times minSize",
    FIX,
  ]);
  refuses("eleven instances above none", { minSize: 0, maxSize: 11 }, [
    "minSize is 0 and maxSize 11",
    "a maxSize of at most 10, 10 times minSize",
    FIX,
  ]);
  refuses(
    "five times as many in dev",
    { minSize: 1, maxSize: 5 },
    ["minSize is 1 and maxSize 5", "a maxSize of at most 4, 4 times minSize", FIX],
    "dev",
  );
  undecided("an unknown minimum", { minSize: UNKNOWN });
  undecided("an unknown maximum", { maxSize: UNKNOWN });
  ignoresOtherTypes();
});
