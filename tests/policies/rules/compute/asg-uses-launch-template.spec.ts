import { asgUsesLaunchTemplate as policy } from "../../../../policies/rules/compute/asg-uses-launch-template";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { casesOf, type Said } from "../../../support/policy-cases";

const LEVELS = { dev: "mandatory", prod: "mandatory" } as const;
const CONFIGURATION: Said = [
  "launchConfiguration is set",
  "launchTemplate or mixedInstancesPolicy",
  "move its settings to a launch template",
];
const NEITHER: Said = [
  "neither launchTemplate nor mixedInstancesPolicy is set",
  "one of them",
  "refer to a launch template",
];
const outside = (what: string): Said => [
  `the resource is ${what}`,
  "an Auto Scaling group with a launch template",
  "declare a launch template and a group instead",
];

describe("asg-uses-launch-template", () => {
  describe("on a group", () => {
    const { accepts, refuses, ignoresOtherTypes } = casesOf({
      policy,
      type: "aws:autoscaling/group:Group",
      props: { launchTemplate: { id: UNKNOWN } },
      levels: LEVELS,
    });

    accepts("a launch template, before its id is known");
    accepts("a launch template that is unknown", { launchTemplate: UNKNOWN });
    accepts("several instance types", { launchTemplate: undefined, mixedInstancesPolicy: {} });
    accepts("null for no launch configuration", { launchConfiguration: null });

    refuses(
      "a launch configuration",
      { launchTemplate: undefined, launchConfiguration: "lc" },
      CONFIGURATION,
    );
    refuses(
      "a launch configuration that is unknown",
      { launchConfiguration: UNKNOWN },
      CONFIGURATION,
    );
    refuses("it in dev too", { launchConfiguration: "lc" }, CONFIGURATION, "dev");
    refuses("neither", { launchTemplate: undefined }, NEITHER);
    refuses("null", { launchTemplate: null, mixedInstancesPolicy: null }, NEITHER);
    ignoresOtherTypes();
  });

  for (const [type, what] of [
    ["aws:ec2/launchConfiguration:LaunchConfiguration", "a launch configuration"],
    ["aws:ec2/instance:Instance", "a single instance"],
  ] as const) {
    describe(`on ${what}`, () => {
      const { refuses } = casesOf({ policy, type, props: { imageId: UNKNOWN }, levels: LEVELS });

      refuses("it whatever it is", {}, outside(what));
      refuses("it in dev too", {}, outside(what), "dev");
    });
  }
});
