import { multiAz as policy } from "../../../../policies/rules/scaling/multi-az";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { casesOf } from "../../../support/policy-cases";

const levels = { dev: "advisory", prod: "mandatory" } as const;
const FIX = "raise availabilityZones";
const said = (property: string, entries: string) =>
  [`${property} has ${entries}`, "at least 2, one a zone", FIX] as const;

describe("multi-az", () => {
  describe("of the network", () => {
    const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
      policy,
      type: "ecs-on-ec2:index:Network",
      props: { plan: { availabilityZones: 3 } },
      levels,
    });
    const zones = (availabilityZones: unknown) => ({ plan: { availabilityZones } });

    accepts("three zones");
    accepts("two zones", zones(2));
    accepts("two zones as a text in dev", zones("2"), "dev");
    refuses("one zone", zones(1), ["plan.availabilityZones is 1", "2 to 6", FIX]);
    refuses("one zone in dev", zones(1), ["plan.availabilityZones is 1", "2 to 6", FIX], "dev");
    refuses("an absent number", { plan: {} }, ["plan.availabilityZones is missing", "2 to 6", FIX]);
    undecided("an unknown number", zones(UNKNOWN));
    ignoresOtherTypes();
  });

  describe("of a group", () => {
    const { accepts, refuses, undecided } = casesOf({
      policy,
      type: "aws:autoscaling/group:Group",
      props: { vpcZoneIdentifiers: ["subnet-a", "subnet-b"] },
      levels,
    });
    const named = (...availabilityZones: unknown[]) => ({
      vpcZoneIdentifiers: undefined,
      availabilityZones,
    });

    accepts("a subnet in each of two zones");
    accepts("two zones by name", named("eu-central-1a", "eu-central-1b"));
    refuses(
      "one subnet",
      { vpcZoneIdentifiers: ["subnet-a"] },
      said("vpcZoneIdentifiers", "1 different entry"),
    );
    refuses(
      "one subnet that is unknown",
      { vpcZoneIdentifiers: [UNKNOWN] },
      said("vpcZoneIdentifiers", "1 different entry"),
    );
    refuses(
      "one subnet twice",
      { vpcZoneIdentifiers: ["subnet-a", "subnet-a"] },
      said("vpcZoneIdentifiers", "1 different entry"),
    );
    refuses(
      "one zone by name",
      named("eu-central-1a"),
      said("availabilityZones", "1 different entry"),
    );
    refuses(
      "no zone at all",
      { vpcZoneIdentifiers: [] },
      said("availabilityZones", "0 different entries"),
    );
    refuses(
      "a single text for a list",
      { vpcZoneIdentifiers: "subnet-a" },
      said("vpcZoneIdentifiers", "1 different entry"),
    );
    refuses(
      "null, and null",
      { vpcZoneIdentifiers: null, availabilityZones: null },
      said("availabilityZones", "0 different entries"),
    );
    undecided("unknown subnets", { vpcZoneIdentifiers: UNKNOWN });
    undecided("two subnets of which one is unknown", { vpcZoneIdentifiers: ["subnet-a", UNKNOWN] });
  });

  for (const type of ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"]) {
    describe(`of ${type}`, () => {
      const { accepts, refuses, undecided } = casesOf({
        policy,
        type,
        props: { subnets: ["subnet-a", "subnet-b"] },
        levels,
      });
      const mapped = (...ids: string[]) => ({
        subnets: undefined,
        subnetMappings: ids.map((subnetId) => ({ subnetId, allocationId: UNKNOWN })),
      });

      accepts("a subnet in each of two zones");
      accepts("an address in each of two zones", mapped("subnet-a", "subnet-b"));
      refuses("one subnet", { subnets: ["subnet-a"] }, said("subnets", "1 different entry"));
      refuses("one address", mapped("subnet-a"), said("subnetMappings", "1 different entry"));
      refuses(
        "two addresses in one subnet",
        mapped("subnet-a", "subnet-a"),
        said("subnetMappings", "1 different entry"),
      );
      refuses("no subnet", { subnets: undefined }, said("subnets", "0 different entries"));
      undecided("unknown subnets", { subnets: UNKNOWN });
      undecided("addresses in unknown subnets", mapped(UNKNOWN, UNKNOWN));
    });
  }

  describe("of a service", () => {
    const { accepts, refuses, undecided } = casesOf({
      policy,
      type: "aws:ecs/service:Service",
      props: { networkConfiguration: { subnets: ["subnet-a", "subnet-b"] } },
      levels,
    });

    accepts("a subnet in each of two zones");
    accepts("tasks in their instances' subnets", { networkConfiguration: undefined });
    refuses(
      "one subnet",
      { networkConfiguration: { subnets: ["subnet-a"] } },
      said("networkConfiguration.subnets", "1 different entry"),
    );
    undecided("unknown subnets", { networkConfiguration: { subnets: UNKNOWN } });
  });
});
