import assert from "node:assert/strict";
import { idlePermissions, refuseUnusedTypes } from "../../../tools/compare/allowed-types";
import { sideOf } from "../../support/sides";

describe("refuseUnusedTypes", () => {
  it("takes the types of resources, and names those in use for any other", async () => {
    const side = await sideOf("dev");
    const graph = {
      ...side.graph,
      resources: side.graph.resources.filter(({ type }) => type.includes("sns")),
    };
    const recorded = [{ stack: "dev", side: { ...side, graph } }];

    refuseUnusedTypes(["aws:sns/topic:Topic"], recorded);
    assert.throws(
      () => {
        refuseUnusedTypes(["aws:sns/topic:Topik", "aws:x"], recorded);
      },
      {
        name: "ComparisonError",
        message:
          "--allow-destruction: no resource has the type 'aws:sns/topic:Topik'; did you mean 'aws:sns/topic:Topic'?\n" +
          "--allow-destruction: no resource has the type 'aws:x'\n" +
          "    types in use: aws:sns/topic:Topic, aws:sns/topicPolicy:TopicPolicy",
      },
    );
  });

  it("says nothing where nothing could be recorded, which has a message of its own", () => {
    refuseUnusedTypes(["aws:x"], [{ stack: "dev", failure: "error: no region\n" }]);
  });
});

describe("idlePermissions", () => {
  it("warns of a type that no resource has, with the one that is near", async () => {
    const recorded = [{ stack: "dev", side: await sideOf("dev") }];
    const permitted = [
      { type: "aws:lb/listener:Listener", by: "1a2b3c4 (one)" },
      { type: "aws:lb:TargetGroup", by: "5d6e7f8 (two)" },
    ];

    assert.deepEqual(idlePermissions(permitted, recorded), [
      "warning: Replaces: aws:lb:TargetGroup of commit 5d6e7f8 (two) allows nothing, as no resource has that type; " +
        "did you mean 'aws:lb/targetGroup:TargetGroup'?",
    ]);
    const failed = { stack: "prod", failure: "error: no region\n" };
    assert.deepEqual(idlePermissions(permitted, [...recorded, failed]), []);
  });
});
