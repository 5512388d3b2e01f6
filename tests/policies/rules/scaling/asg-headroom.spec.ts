import { asgHeadroom as policy } from "../../../../policies/rules/scaling/asg-headroom";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { casesOf } from "../../../support/policy-cases";

const FIX = "raise maxInstances or maxTasks";
const NO_ROOM = ["minSize is 6 and maxSize 6", "a maxSize above minSize", FIX] as const;

describe("asg-headroom", () => {
  const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
    policy,
    type: "aws:autoscaling/group:Group",
    props: { minSize: 6, maxSize: 9, vpcZoneIdentifiers: ["subnet-a", "subnet-b", "subnet-c"] },
    levels: { dev: "disabled", prod: "advisory" },
  });

  accepts("exactly the room for a lost zone of three");
  accepts("exactly the room for a lost zone of two", {
    maxSize: 12,
    vpcZoneIdentifiers: ["subnet-a", "subnet-b"],
  });
  accepts("twice the minimum over zones that are unknown", {
    maxSize: 12,
    vpcZoneIdentifiers: UNKNOWN,
  });
  accepts("zones by name in place of subnets", {
    vpcZoneIdentifiers: undefined,
    availabilityZones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
  });
  accepts("a group in one zone, which multi-az refuses", { vpcZoneIdentifiers: ["subnet-a"] });
  accepts("a group without zones, which multi-az refuses", { vpcZoneIdentifiers: [] });
  accepts("what asg-size-within-limits refuses as no number", { maxSize: null });
  accepts("no room in dev", { maxSize: 6 }, "dev");
  refuses("one instance too few for a lost zone", { maxSize: 8 }, [
    "minSize is 6 and maxSize 8 over 3 zones",
    "a maxSize of at least 9, so that one zone can be lost",
    FIX,
  ]);
  refuses("half an instance too few for a lost zone", { minSize: 5, maxSize: 7 }, [
    "minSize is 5 and maxSize 7 over 3 zones",
    "a maxSize of at least 8, so that one zone can be lost",
    FIX,
  ]);
  refuses("a subnet that is listed twice as a zone", { vpcZoneIdentifiers: ["a", "b", "b"] }, [
    "minSize is 6 and maxSize 9 over 2 zones",
    "a maxSize of at least 12, so that one zone can be lost",
    FIX,
  ]);
  refuses(
    "too few over zones by name",
    { vpcZoneIdentifiers: null, availabilityZones: ["eu-central-1a", "eu-central-1b"] },
    [
      "minSize is 6 and maxSize 9 over 2 zones",
      "a maxSize of at least 12, so that one zone can be lost",
      FIX,
    ],
  );
  refuses("no room at all", { maxSize: 6 }, NO_ROOM);
  refuses(
    "no room at all over zones that are unknown",
    { maxSize: 6, vpcZoneIdentifiers: UNKNOWN },
    NO_ROOM,
  );
  refuses("no room at all as texts", { minSize: "6", maxSize: "6" }, NO_ROOM);
  undecided("unknown zones below twice the minimum", { vpcZoneIdentifiers: UNKNOWN });
  undecided("an unknown size", { maxSize: UNKNOWN });
  ignoresOtherTypes();
});
