import assert from "node:assert/strict";
import { limitsOf } from "../../../../policies/limits";
import { instanceTypeAllowList as policy } from "../../../../policies/rules/scaling/instance-type-allow-list";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { casesOf } from "../../../support/policy-cases";

const levels = { dev: "mandatory", prod: "mandatory" } as const;
const PROD = "m7g, m6g, c7g, r7g up to 4xlarge";
const said = (property: string, got: string, allowed = PROD) =>
  [`${property} is ${got}`, allowed, "change instanceTypes"] as const;
const unnamed = (property: string) =>
  [
    `${property}.allowedInstanceTypes is missing`,
    PROD,
    "name the types: attributes alone admit any family and price",
  ] as const;

describe("instance-type-allow-list", () => {
  for (const type of [
    "aws:ec2/launchTemplate:LaunchTemplate",
    "aws:ec2/launchConfiguration:LaunchConfiguration",
    "aws:ec2/instance:Instance",
    "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
  ]) {
    describe(`of ${type}`, () => {
      const { accepts, refuses, undecided } = casesOf({
        policy,
        type,
        props: { instanceType: "m7g.large" },
        levels,
      });

      accepts("an allowed type");
      accepts("the largest size", { instanceType: "c7g.4xlarge" });
      accepts("a small size", { instanceType: "m6g.medium" });
      accepts("no type, where a template or an override has it", { instanceType: undefined });
      accepts("dev's largest size in dev", { instanceType: "t4g.large" }, "dev");
      refuses(
        "the next larger size",
        { instanceType: "m7g.8xlarge" },
        said("instanceType", "m7g.8xlarge"),
      );
      refuses("bare metal", { instanceType: "m7g.metal" }, said("instanceType", "m7g.metal"));
      refuses("another family", { instanceType: "p5.4xlarge" }, said("instanceType", "p5.4xlarge"));
      refuses(
        "a family that only starts like an allowed one",
        { instanceType: "m7gd.large" },
        said("instanceType", "m7gd.large"),
      );
      refuses(
        "a family without a size",
        { instanceType: "m7g" },
        said("instanceType", "not the name of an instance type"),
      );
      refuses(
        "what is no text",
        { instanceType: ["m7g.large"] },
        said("instanceType", "not the name of an instance type"),
      );
      refuses(
        "a size above large in dev",
        { instanceType: "t3.xlarge" },
        said("instanceType", "t3.xlarge", "t4g, t3 up to large"),
        "dev",
      );
      undecided("an unknown type", { instanceType: UNKNOWN });
    });
  }

  describe("of a launch template's requirements", () => {
    const { accepts, refuses, undecided } = casesOf({
      policy,
      type: "aws:ec2/launchTemplate:LaunchTemplate",
      props: { instanceRequirements: { allowedInstanceTypes: ["m7g.large", "m6g.large"] } },
      levels,
    });
    const types = (...allowedInstanceTypes: unknown[]) => ({
      instanceRequirements: { allowedInstanceTypes },
    });

    accepts("allowed types by name");
    refuses("a pattern, which admits every size", types("m7g.*"), [
      ...said("instanceRequirements.allowedInstanceTypes[0]", "not the name of an instance type"),
    ]);
    refuses("one type of many", types("m7g.large", "x2gd.large"), [
      ...said("instanceRequirements.allowedInstanceTypes[1]", "x2gd.large"),
    ]);
    refuses("attributes alone", { instanceRequirements: { vcpuCount: { min: 2, max: 4 } } }, [
      ...unnamed("instanceRequirements"),
    ]);
    undecided("an unknown type, and decides the next", types(UNKNOWN, "x2gd.large"), [
      said("instanceRequirements.allowedInstanceTypes[1]", "x2gd.large"),
    ]);
  });

  describe("of a group", () => {
    const overrides = (...given: unknown[]) => ({
      mixedInstancesPolicy: { launchTemplate: { overrides: given } },
    });
    const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
      policy,
      type: "aws:autoscaling/group:Group",
      props: {
        mixedInstancesPolicy: { launchTemplate: { overrides: [{ instanceType: "m7g.large" }] } },
      },
      levels,
    });

    accepts("an allowed type");
    accepts("a group of its template's type", { mixedInstancesPolicy: undefined });
    accepts("empty overrides", overrides());
    accepts(
      "types by name among requirements",
      overrides({ instanceRequirements: { allowedInstanceTypes: ["r7g.large"] } }),
    );
    refuses(
      "each type that is not allowed",
      overrides(
        { instanceType: "m7i.large" },
        { instanceType: "m7g.large" },
        { instanceType: "m7g.16xlarge" },
      ),
      [
        said("overrides[0].instanceType", "m7i.large"),
        said("overrides[2].instanceType", "m7g.16xlarge"),
      ],
    );
    refuses(
      "attributes alone",
      overrides({ instanceRequirements: {} }),
      unnamed("overrides[0].instanceRequirements"),
    );
    undecided(
      "an unknown override, and decides the next",
      overrides({ instanceType: UNKNOWN }, { instanceType: "g5.xlarge" }),
      [said("overrides[1].instanceType", "g5.xlarge")],
    );
    undecided("an unknown template", { mixedInstancesPolicy: { launchTemplate: UNKNOWN } });
    ignoresOtherTypes();
  });

  describe("of a provider of managed instances", () => {
    const { accepts, refuses } = casesOf({
      policy,
      type: "aws:ecs/capacityProvider:CapacityProvider",
      props: {
        managedInstancesProvider: {
          instanceLaunchTemplate: { instanceRequirements: { allowedInstanceTypes: ["m7g.large"] } },
        },
      },
      levels,
    });

    accepts("allowed types by name");
    accepts("a provider of a group", { managedInstancesProvider: undefined });
    refuses("no requirements", { managedInstancesProvider: { instanceLaunchTemplate: {} } }, [
      ...unnamed("instanceLaunchTemplate.instanceRequirements"),
    ]);
  });

  it("allows whole types besides, and says so", () => {
    const found: string[] = [];
    const [check] = policy.checks;
    const judge = {
      limits: { ...limitsOf("prod")["instance-type-allow-list"], extra: ["x2gd.large"] },
      environment: "prod",
      violate: ({ allowed }: { readonly allowed: string }) => found.push(allowed),
    };
    const subject = { type: "", urn: "", name: "", options: { protect: false, ignoreChanges: [] } };

    check?.check({ ...subject, props: { instanceType: "x2gd.large" } }, judge);
    check?.check({ ...subject, props: { instanceType: "x2gd.medium" } }, judge);

    assert.deepEqual(found, [`${PROD}, or x2gd.large`]);
  });
});
