import { mixedInstances as policy } from "../../../../policies/rules/scaling/mixed-instances";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { casesOf } from "../../../support/policy-cases";

const DISTRIBUTION = {
  onDemandBaseCapacity: 3,
  onDemandPercentageAboveBaseCapacity: 60,
  spotAllocationStrategy: "price-capacity-optimized",
};
const OVERRIDES = [{ instanceType: "m7g.large" }, { instanceType: "m6g.large" }];
const mixed = (distribution: object, overrides: unknown = OVERRIDES) => ({
  mixedInstancesPolicy: JSON.parse(
    JSON.stringify({
      instancesDistribution: { ...DISTRIBUTION, ...distribution },
      launchTemplate: { overrides },
    }),
  ) as never,
});
const types = (got: string) =>
  [`mixedInstancesPolicy has ${got}`, "at least 2", "add to instanceTypes"] as const;
const base = (got: string) =>
  [
    `onDemandBaseCapacity is ${got}`,
    "at least 2 where a group has Spot instances",
    "raise onDemandBase",
  ] as const;
const share = (got: string) =>
  [
    `onDemandPercentageAboveBaseCapacity is ${got}`,
    "at least 50 where a group has Spot instances",
    "raise onDemandPercentageAboveBase",
  ] as const;
const strategy = (got: string) =>
  [
    `spotAllocationStrategy is ${got}`,
    "price-capacity-optimized, capacity-optimized, capacity-optimized-prioritized",
    "set price-capacity-optimized",
  ] as const;
const REBALANCE = [
  "capacityRebalance is not true",
  "true where a group has Spot instances",
  "set capacityRebalance, so that a replacement starts before an instance is reclaimed",
] as const;

describe("mixed-instances", () => {
  const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
    policy,
    type: "aws:autoscaling/group:Group",
    props: { ...mixed({}), capacityRebalance: true },
    levels: { dev: "disabled", prod: "advisory" },
  });
  const onDemand = { onDemandPercentageAboveBaseCapacity: 100, onDemandBaseCapacity: 0 };

  accepts("several types with an On-Demand base");
  accepts(
    "the least base and share, as texts",
    mixed({ onDemandBaseCapacity: "2", onDemandPercentageAboveBaseCapacity: "50" }),
  );
  for (const spotAllocationStrategy of ["capacity-optimized", "capacity-optimized-prioritized"]) {
    accepts(spotAllocationStrategy, mixed({ spotAllocationStrategy }));
  }
  accepts("an empty price, which is none", mixed({ spotMaxPrice: "" }));
  accepts("no Spot instances without a base, a strategy and rebalancing", {
    ...mixed({ ...onDemand, spotAllocationStrategy: undefined, spotMaxPrice: "1" }),
    capacityRebalance: false,
  });
  accepts("no distribution, which is all On-Demand", {
    mixedInstancesPolicy: { launchTemplate: { overrides: OVERRIDES } },
    capacityRebalance: undefined,
  });
  accepts(
    "types by name among requirements",
    mixed({}, [{ instanceRequirements: { allowedInstanceTypes: ["m7g.large", "m6g.large"] } }]),
  );
  accepts("types by attributes", mixed({}, [{ instanceRequirements: { vcpuCount: { min: 2 } } }]));
  accepts("one type in dev", mixed({ onDemandBaseCapacity: 0 }, []), "dev");
  refuses("one type", mixed({}, [{ instanceType: "m7g.large" }]), types("1 instance type"));
  refuses(
    "one type twice",
    mixed({}, [{ instanceType: "m7g.large" }, { instanceType: "m7g.large" }]),
    types("1 instance type"),
  );
  refuses("no overrides", mixed({}, []), types("1 instance type"));
  refuses("no mixed policy", { mixedInstancesPolicy: undefined }, types("1 instance type"));
  refuses("one instance too few in the base", mixed({ onDemandBaseCapacity: 1 }), base("1"));
  refuses("AWS's default base of none", mixed({ onDemandBaseCapacity: undefined }), base("0"));
  refuses(
    "a base that is no number",
    mixed({ onDemandBaseCapacity: [] }),
    base("not a whole number"),
  );
  refuses(
    "one percent too little",
    mixed({ onDemandPercentageAboveBaseCapacity: 49 }),
    share("49"),
  );
  refuses(
    "a share that is no number",
    mixed({ onDemandPercentageAboveBaseCapacity: "half" }),
    share("not a whole number"),
  );
  refuses(
    "the lowest price",
    mixed({ spotAllocationStrategy: "lowest-price" }),
    strategy("lowest-price"),
  );
  refuses(
    "AWS's default strategy",
    mixed({ spotAllocationStrategy: undefined }),
    strategy("lowest-price"),
  );
  refuses(
    "a strategy that is none",
    mixed({ spotAllocationStrategy: "cheapest" }),
    strategy("another one"),
  );
  refuses("a price limit", mixed({ spotMaxPrice: "0.05" }), [
    "spotMaxPrice is set",
    "none: Spot instances never cost more than On-Demand",
    "leave spotMaxPrice out, so that instances are not reclaimed for their price",
  ]);
  refuses("no rebalancing", { capacityRebalance: false }, REBALANCE);
  refuses("absent rebalancing", { capacityRebalance: undefined }, REBALANCE);
  undecided(
    "an unknown base, and decides the types",
    mixed({ onDemandBaseCapacity: UNKNOWN }, []),
    [types("1 instance type")],
  );
  undecided(
    "unknown rebalancing, and decides the share",
    { ...mixed({ onDemandPercentageAboveBaseCapacity: 49 }), capacityRebalance: UNKNOWN },
    [share("49")],
  );
  ignoresOtherTypes();
});
