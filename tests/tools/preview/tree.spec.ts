import assert from "node:assert/strict";
import { createColors } from "picocolors";
import { renderTree } from "../../../tools/preview/tree";
import { aFinding } from "../policy/verdicts";
import { aGraph, aResource } from "./small-graph";

const pipe = { colors: createColors(false), columns: undefined };

describe("renderTree", () => {
  it("draws children below their parents, siblings by type and name, numbers as numbers", () => {
    assert.equal(
      renderTree(aGraph(), pipe),
      [
        "     Type                     Name      Plan    Info",
        " +   pulumi:pulumi:Stack      shop-dev  create",
        " +   ├─ aws:ecs:Service       web       create  ignores desiredCount",
        " +   ├─ aws:s3:Bucket         logs      create  protected; retained on delete",
        " +   └─ shop:index:Network    web       create",
        " +      ├─ aws:ec2:Eip        web       create",
        " +      └─ aws:ec2:Vpc        web       create",
        " +         ├─ aws:ec2:Subnet  web-1     create",
        " +         ├─ aws:ec2:Subnet  web-2     create",
        " +         └─ aws:ec2:Subnet  web-10    create",
      ].join("\n"),
    );
  });

  it("names below a resource the policies that it violates, each once, with the place", () => {
    const urn = aGraph().resources.find(({ name }) => name === "web-1")!.urn;
    const vpc = aGraph().resources.find(({ type }) => type === "aws:ec2/vpc:Vpc")!.urn;
    const findings = [
      aFinding({ urn: vpc }),
      aFinding({ urn }),
      aFinding({ urn, message: "another fact" }),
      aFinding({ urn, policy: "is-named", level: "advisory", source: undefined }),
      aFinding({ urn, policy: "is-fast", outcome: "undecided" }),
    ];

    assert.deepEqual(renderTree(aGraph(), pipe, findings).split("\n").slice(6), [
      " +      └─ aws:ec2:Vpc        web       create",
      " !         │  mandatory policy group-is-small (infra/service.ts:12)",
      " +         ├─ aws:ec2:Subnet  web-1     create",
      " !         │     mandatory policy group-is-small (infra/service.ts:12)",
      " !         │     advisory policy is-named",
      " +         ├─ aws:ec2:Subnet  web-2     create",
      " +         └─ aws:ec2:Subnet  web-10    create",
    ]);
  });

  it("draws the same whatever the order of registration", () => {
    const { resources, ...rest } = aGraph();
    const turned = { ...rest, resources: [...resources].reverse() };

    assert.equal(renderTree(turned, pipe), renderTree(aGraph(), pipe));
  });

  it("has no Info column where no resource has an option", () => {
    const stack = aResource("pulumi:pulumi:Stack", "shop-dev", { parent: undefined });
    const [first] = renderTree(aGraph({ resources: [stack] }), pipe).split("\n");

    assert.equal(first, "     Type                 Name      Plan");
  });

  it("names every option that changes what happens to a resource", () => {
    const options = {
      protect: true,
      retainOnDelete: true,
      deleteBeforeReplace: true,
      ignoreChanges: ["desiredCapacity", "tags"],
    };
    const root = { parent: undefined, options };
    const resources = [aResource("aws:ec2/eip:Eip", "ip", root)];

    assert.equal(
      renderTree(aGraph({ resources }), pipe).split("\n")[1],
      " +   aws:ec2:Eip  ip    create  protected; retained on delete; deleted before replaced; ignores desiredCapacity, tags",
    );
  });

  it("shortens a type only where its file repeats its class", () => {
    const root = { parent: undefined };
    const resources = [
      aResource("aws:lb/targetGroup:TargetGroup", "a", root),
      aResource("aws:lb/other:TargetGroup", "b", root),
      aResource("awsx:ec2:Vpc", "c", root),
    ];

    assert.deepEqual(
      renderTree(aGraph({ resources }), pipe)
        .split("\n")
        .map((line) => line.split(/ +/)[2]),
      ["Name", "aws:lb:TargetGroup", "aws:lb/other:TargetGroup", "awsx:ec2:Vpc"],
    );
  });

  it("draws a resource whose parent is not there below the stack", () => {
    const resources = [
      aResource("aws:ec2/eip:Eip", "ip", { parent: "urn:pulumi:dev::shop::gone::gone" }),
      aResource("pulumi:pulumi:Stack", "shop-dev", { parent: undefined }),
    ];

    assert.deepEqual(renderTree(aGraph({ resources }), pipe).split("\n").slice(1), [
      " +   pulumi:pulumi:Stack  shop-dev  create",
      " +   └─ aws:ec2:Eip       ip        create",
    ]);
  });

  it("paints a terminal", () => {
    const colors = createColors(true);
    const lines = renderTree(aGraph(), { colors, columns: 80 }).split("\n");

    assert.equal(
      lines[0],
      "\u001b[1m     Type                     Name      Plan    Info\u001b[22m",
    );
    assert.equal(
      lines[3],
      "\u001b[32m +   \u001b[39m\u001b[2m├─ \u001b[22maws:s3:Bucket         logs      " +
        "\u001b[32mcreate  \u001b[39m\u001b[33mprotected; retained on delete\u001b[39m",
    );
    assert.equal(
      lines[9],
      "\u001b[32m +   \u001b[39m\u001b[2m      └─ \u001b[22maws:ec2:Subnet  web-10    " +
        "\u001b[32mcreate\u001b[39m",
    );
  });

  it("leaves out the plan on a terminal too narrow for it, and cuts nothing", () => {
    const colors = createColors(false);
    const findings = [
      aFinding({ urn: aGraph().resources.find(({ name }) => name === "logs")!.urn }),
    ];
    const tree = (columns: number): string[] =>
      renderTree(aGraph(), { colors, columns }, findings).split("\n").slice(0, 5);

    assert.deepEqual(tree(77), [
      "     Type                     Name      Plan    Info",
      " +   pulumi:pulumi:Stack      shop-dev  create",
      " +   ├─ aws:ecs:Service       web       create  ignores desiredCount",
      " +   ├─ aws:s3:Bucket         logs      create  protected; retained on delete",
      " !   │     mandatory policy group-is-small (infra/service.ts:12)",
    ]);
    for (const columns of [76, 20]) {
      assert.deepEqual(tree(columns), [
        "     Type                     Name",
        " +   pulumi:pulumi:Stack      shop-dev",
        " +   ├─ aws:ecs:Service       web  ignores desiredCount",
        " +   ├─ aws:s3:Bucket         logs  protected; retained on delete",
        " !   │     mandatory policy group-is-small (infra/service.ts:12)",
      ]);
    }
  });
});
