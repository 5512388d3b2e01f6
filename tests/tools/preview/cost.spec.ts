import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createColors } from "picocolors";
import { estimateCost } from "../../../capacity/cost";
import { limitsOf } from "../../../policies/limits";
import { graphCost, renderCost } from "../../../tools/preview/cost";
import { UNKNOWN, type Bag, type ResourceGraph } from "../../../tools/preview/graph";
import { previewStack } from "../../../tools/preview/preview";
import { shippedFiles } from "../../support/shipped-files";
import { aGroup, anInventory } from "../../capacity/an-inventory";
import { aGraph, aResource } from "./small-graph";

const plain = { colors: createColors(false), columns: undefined };

/** A resource whose outputs are its inputs, and the properties by which it refers to others. */
const resource = (type: string, name: string, outputs: Bag, refers: Record<string, string> = {}) =>
  aResource(type, name, {
    outputs,
    propertyDependencies: Object.fromEntries(
      Object.entries(refers).map(([property, urn]) => [property, [urn]]),
    ),
  });

/** A group of Spot instances with its launch template. */
function aGroupGraph(): ResourceGraph {
  const template = resource("aws:ec2/launchTemplate:LaunchTemplate", "web", {
    blockDeviceMappings: [{ ebs: { volumeSize: 50 } }],
    imageId: UNKNOWN,
    region: "eu-central-1",
  });
  const group = resource(
    "aws:autoscaling/group:Group",
    "web",
    {
      minSize: 1,
      maxSize: 4,
      mixedInstancesPolicy: {
        instancesDistribution: { onDemandBaseCapacity: 1, onDemandPercentageAboveBaseCapacity: 0 },
        launchTemplate: {
          launchTemplateSpecification: { launchTemplateId: UNKNOWN },
          overrides: [{ instanceType: "t4g.small" }, { instanceType: "t4g.medium" }],
        },
      },
      vpcZoneIdentifiers: UNKNOWN,
    },
    { mixedInstancesPolicy: template.urn },
  );
  return aGraph({ resources: [group, template] });
}

describe("graphCost", () => {
  it("estimates a recorded graph, with the launch template that the group refers to", () => {
    const { lines, region, groups, missing } = graphCost(aGroupGraph());

    assert.deepEqual(
      lines.map(({ item, quantity }) => [item, quantity.worst]),
      [
        ["EC2 instances", 4],
        ["Root volumes", 200],
      ],
    );
    assert.equal(region, "eu-central-1");
    assert.deepEqual(groups[0]?.steady, {
      instanceType: "t4g.small",
      onDemand: 1,
      spot: 1,
      usdPerMonth: 18.4,
    });
    assert.deepEqual(missing, []);
  });

  it("counts the zones that unknown subnets of a load balancer come from", () => {
    const subnets = ["web-1", "web-2", "web-3"].map((name) =>
      resource("aws:ec2/subnet:Subnet", name, { mapPublicIpOnLaunch: true }),
    );
    const loadBalancer = aResource("aws:lb/loadBalancer:LoadBalancer", "web", {
      outputs: { loadBalancerType: "application", subnets: UNKNOWN },
      propertyDependencies: { subnets: subnets.map(({ urn }) => urn) },
    });
    const { lines } = graphCost(aGraph({ resources: [loadBalancer, ...subnets] }));

    assert.deepEqual(
      lines.map(({ item, quantity }) => [item, quantity.steady]),
      [
        ["Application load balancers", 1],
        ["Public IPv4, load balancers", 3],
      ],
    );
  });

  it("says what a value that only the deployment tells keeps from being priced", () => {
    const unknown = resource("aws:autoscaling/group:Group", "web", {
      minSize: 1,
      maxSize: UNKNOWN,
    });

    assert.deepEqual(graphCost(aGraph({ resources: [unknown] })).missing, ["size of group web"]);
  });
});

describe("renderCost", () => {
  it("shows each line at three loads, the total, an hour, and what the figures stand for", () => {
    assert.equal(
      renderCost(graphCost(aGroupGraph()), plain),
      [
        "Cost:",
        "    USD a month    Minimum  Steady   Worst  Quantity",
        "    EC2 instances    12.26   18.40   98.11  instances 1 / 2 / 4",
        "    Root volumes      4.00    8.00   16.00  GiB 50 / 100 / 200",
        "    Total            16.26   26.40  114.11",
        "    An hour           0.02    0.04    0.16",
        "",
        "    Instances of web: 1 On-Demand t4g.small / 1 On-Demand and 1 Spot t4g.small / 4 On-Demand t4g.medium.",
        "    List prices of us-east-1, instances of 2026-07-20; the stack is in eu-central-1.",
        "    Spot counts as 50 % of On-Demand; the worst has everything at its maximum, all On-Demand.",
        "    Not estimated: data transfer; stored images and logs; surplus CPU credits; instances above",
        "    the maximum during a refresh; volumes other than plain gp3; requests to KMS, S3, SNS and the",
        "    like; taxes, support and discounts.",
      ].join("\n"),
    );
  });

  it("marks allowances", () => {
    const lines = renderCost(estimateCost(anInventory({ tasks: { min: 1, max: 1 } })), plain).split(
      "\n",
    );

    assert.equal(lines[2], "    Logs            0.00    1.10  10.95  GB ~ 0 / 2.2 / 22");
    assert.ok(
      lines.includes("    Lines with ~ are allowances for use. docs/cost.md has the assumptions."),
    );
  });

  for (const region of [undefined, "us-east-1"]) {
    it(`says nothing of another region where the stack's is ${region ?? "unknown"}`, () => {
      const lines = renderCost(estimateCost(anInventory({ region })), plain).split("\n");

      assert.ok(lines.includes("    List prices of us-east-1, instances of 2026-07-20."));
    });
  }

  it("says what has no price, and that a group of nothing has no instance", () => {
    const groups = [aGroup({ minSize: 0, maxSize: 0, instanceTypes: ["z9.huge"] })];
    const lines = renderCost(estimateCost(anInventory({ groups })), plain).split("\n");

    assert.ok(
      lines.includes(
        "    No price: instance type z9.huge, which capacity/instance-types.json lacks",
      ),
    );
    assert.ok(lines.includes("    Instances of web: none / none / none."));
  });

  it("paints heading, titles and total on a terminal", () => {
    const lines = renderCost(estimateCost(anInventory({ kmsKeys: 1 })), {
      colors: createColors(true),
      columns: 80,
    }).split("\n");

    assert.equal(lines[0], "\u001b[1m\u001b[35mCost:\u001b[39m\u001b[22m");
    assert.equal(lines[1], "\u001b[1m    USD a month  Minimum  Steady  Worst  Quantity\u001b[22m");
    assert.equal(lines[2], "    KMS keys        1.00    1.00   1.00  keys 1");
    assert.equal(lines[3], "\u001b[1m    Total           1.00    1.00   1.00\u001b[22m");
  });
});

describe("docs/cost.md", () => {
  for (const stack of ["dev", "prod"]) {
    it(`has the estimate of ${stack} and its limits`, async () => {
      const { graph } = await previewStack(process.cwd(), shippedFiles(stack));
      const { usdPerMonth, missing, notEstimated } = graphCost(graph);
      const { steadyUsd, worstUsd } = limitsOf(stack)["monthly-cost-ceiling"];
      const row = [usdPerMonth.steady, steadyUsd, usdPerMonth.worst, worstUsd]
        .map((usd) => `$${usd.toFixed(0)}`)
        .join(" | ");
      const page = readFileSync("docs/cost.md", "utf8").replace(/ +/g, " ");

      assert.ok(page.includes(`| ${stack} | ${row} |`), row);
      assert.deepEqual(missing, []);
      assert.deepEqual(
        notEstimated.filter((entry) => entry.startsWith("aws:")),
        [],
      );
    });
  }
});
