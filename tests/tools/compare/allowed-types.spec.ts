import assert from "node:assert/strict";
import { refuseUnusedTypes } from "../../../tools/compare/allowed-types";
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
