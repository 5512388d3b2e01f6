import assert from "node:assert/strict";
import { createColors } from "picocolors";
import { renderTree } from "../../../tools/preview/tree";
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

  it("paints a terminal and cuts lines to its width, never a pipe's", () => {
    const colors = createColors(true);
    const lines = renderTree(aGraph(), { colors, columns: 60 }).split("\n");

    assert.equal(
      lines[0],
      "\u001b[1m     Type                     Name      Plan    Info\u001b[22m",
    );
    assert.equal(
      lines[3],
      "\u001b[32m +   \u001b[39m\u001b[2m├─ \u001b[22maws:s3:Bucket         logs      " +
        "\u001b[32mcreate  \u001b[39m\u001b[33mprotected; \u001b[39m…",
    );
    assert.equal(
      lines[9],
      "\u001b[32m +   \u001b[39m\u001b[2m      └─ \u001b[22maws:ec2:Subnet  web-10    " +
        "\u001b[32mcreate\u001b[39m",
    );
    assert.match(renderTree(aGraph(), { colors, columns: undefined }), /retained on delete/);
  });

  it("leaves out plan and options on a terminal that has no room for them beside the names", () => {
    const colors = createColors(false);

    assert.deepEqual(renderTree(aGraph(), { colors, columns: 46 }).split("\n").slice(0, 3), [
      "     Type                     Name      Plan …",
      " +   pulumi:pulumi:Stack      shop-dev  create",
      " +   ├─ aws:ecs:Service       web       creat…",
    ]);
    assert.deepEqual(renderTree(aGraph(), { colors, columns: 45 }).split("\n").slice(0, 3), [
      "     Type                     Name",
      " +   pulumi:pulumi:Stack      shop-dev",
      " +   ├─ aws:ecs:Service       web",
    ]);
    assert.deepEqual(renderTree(aGraph(), { colors, columns: 34 }).split("\n").slice(0, 2), [
      "     Type                     Name",
      " +   pulumi:pulumi:Stack      sho…",
    ]);
  });
});
