import { serviceCapacityWithinLimits as policy } from "../../../../policies/rules/scaling/service-capacity-within-limits";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { casesOf } from "../../../support/policy-cases";

describe("service-capacity-within-limits", () => {
  const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
    policy,
    type: "aws:appautoscaling/target:Target",
    props: { serviceNamespace: "ecs", minCapacity: 5, maxCapacity: 20 },
    levels: { dev: "mandatory", prod: "mandatory" },
  });

  accepts("a service inside the limits");
  accepts("the ceiling and the ratio themselves", { maxCapacity: 50 });
  accepts("the floor and the ratio themselves", { minCapacity: 2, maxCapacity: 20 });
  accepts("texts", { minCapacity: "5", maxCapacity: "50" });
  accepts("one task of room", { minCapacity: 5, maxCapacity: 6 });
  accepts("what is no service", { serviceNamespace: "dynamodb", minCapacity: 1, maxCapacity: 900 });
  accepts("dev's limits in dev", { minCapacity: 1, maxCapacity: 4 }, "dev");
  accepts("no room in dev", { minCapacity: 2, maxCapacity: 2 }, "dev");
  refuses("one task too many", { maxCapacity: 51, minCapacity: 6 }, [
    "maxCapacity is 51",
    "at most 50",
    "lower maxTasks",
  ]);
  refuses("one task too few", { minCapacity: 1, maxCapacity: 10 }, [
    "minCapacity is 1",
    "at least 2",
    "raise minTasks",
  ]);
  refuses("one task above the ratio", { minCapacity: 2, maxCapacity: 21 }, [
    "minCapacity is 2 and maxCapacity 21",
    "a maxCapacity of at most 20, 10 times minCapacity",
    "raise minTasks or lower maxTasks",
  ]);
  refuses("no room", { maxCapacity: 5 }, [
    "minCapacity is 5 and maxCapacity 5",
    "a minCapacity below maxCapacity",
    "lower minTasks or raise maxTasks",
  ]);
  refuses("an absent ceiling", { maxCapacity: undefined }, [
    "maxCapacity is not a number",
    "at most 50",
    "lower maxTasks",
  ]);
  refuses("a floor that is null", { minCapacity: null }, [
    "minCapacity is not a number",
    "at least 2",
    "raise minTasks",
  ]);
  refuses(
    "bounds the wrong way round in dev",
    { minCapacity: 4, maxCapacity: 3 },
    [
      "minCapacity is 4 and maxCapacity 3",
      "a minCapacity of at most maxCapacity",
      "lower minTasks or raise maxTasks",
    ],
    "dev",
  );
  refuses(
    "no tasks and one too many in dev",
    { minCapacity: 0, maxCapacity: 5 },
    [
      ["maxCapacity is 5", "at most 4", "lower maxTasks"],
      ["minCapacity is 0", "at least 1", "raise minTasks"],
      [
        "minCapacity is 0 and maxCapacity 5",
        "a maxCapacity of at most 4, 4 times minCapacity",
        "raise minTasks or lower maxTasks",
      ],
    ],
    "dev",
  );
  undecided(
    "an unknown floor, and decides the ceiling",
    { minCapacity: UNKNOWN, maxCapacity: 51 },
    [["maxCapacity is 51", "at most 50", "lower maxTasks"]],
  );
  undecided("an unknown ceiling, and decides the floor", { maxCapacity: UNKNOWN, minCapacity: 1 }, [
    ["minCapacity is 1", "at least 2", "raise minTasks"],
  ]);
  undecided("an unknown namespace", { serviceNamespace: UNKNOWN });
  ignoresOtherTypes();
});
