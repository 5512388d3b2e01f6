import assert from "node:assert/strict";
import { DiffResponse, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import { toDiffResponse } from "../../../../tools/simulated-aws/server/detailed-diff";

const { Kind } = PropertyDiff;

function details(response: DiffResponse): Record<string, number> {
  const found: Record<string, number> = {};
  response.getDetaileddiffMap().forEach((detail, path) => {
    assert.equal(detail.getInputdiff(), true);
    found[path] = detail.getKind();
  });
  return found;
}

describe("toDiffResponse", () => {
  it("says that nothing differs", () => {
    const response = toDiffResponse(
      { changed: [], replaces: [], deleteBeforeReplace: false },
      { name: "web" },
      { name: "web" },
    );

    assert.equal(response.getChanges(), DiffResponse.DiffChanges.DIFF_NONE);
    assert.deepEqual(response.getDiffsList(), []);
    assert.deepEqual(details(response), {});
  });

  it("names the innermost places that differ, and whether they replace the resource", () => {
    const response = toDiffResponse(
      { changed: ["name", "tags", "ports"], replaces: ["name"], deleteBeforeReplace: true },
      { name: "web", tags: { "a.b": "1", Owner: "x", Same: "=" }, ports: [80, 81] },
      { name: "api", tags: { "a.b": "2", Team: "y", Same: "=" }, ports: [80, 82, 83] },
    );

    assert.equal(response.getChanges(), DiffResponse.DiffChanges.DIFF_SOME);
    assert.deepEqual(response.getDiffsList(), ["name", "tags", "ports"]);
    assert.deepEqual(response.getReplacesList(), ["name"]);
    assert.equal(response.getDeletebeforereplace(), true);
    assert.equal(response.getHasdetaileddiff(), true);
    assert.deepEqual(details(response), {
      name: Kind.UPDATE_REPLACE,
      'tags["a.b"]': Kind.UPDATE,
      "tags.Owner": Kind.DELETE,
      "tags.Team": Kind.ADD,
      "ports[1]": Kind.UPDATE,
      "ports[2]": Kind.ADD,
    });
  });

  it("tells an added and a removed property that replace the resource", () => {
    const response = toDiffResponse(
      { changed: ["old", "new"], replaces: ["old", "new"], deleteBeforeReplace: false },
      { old: "1" },
      { new: "1" },
    );

    assert.deepEqual(details(response), { old: Kind.DELETE_REPLACE, new: Kind.ADD_REPLACE });
  });

  it("names the property itself where its inputs are alike", () => {
    const response = toDiffResponse(
      { changed: ["tagsAll"], replaces: [], deleteBeforeReplace: false },
      {},
      {},
    );

    assert.deepEqual(details(response), { tagsAll: Kind.UPDATE });
  });
});
