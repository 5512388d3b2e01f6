import assert from "node:assert/strict";
import { compare } from "../../../tools/compare/compare";
import type { PropertyChange } from "../../../tools/compare/comparison";
import type { Json } from "../../../tools/preview/graph";
import { aNode, sideOf } from "../../support/stack-sides";

function only(property: string, before: Json, after: Json): PropertyChange {
  const [one, other] = [before, after].map((value) =>
    sideOf([
      aNode("aws:ec2/launchTemplate:LaunchTemplate", "web", { inputs: { [property]: value } }),
    ]),
  );
  const [change, ...others] = compare(one, other!, { allowDestruction: [] }).changes[0]!.properties;
  assert.equal(others.length, 0);
  return change!;
}

describe("propertyChanges", () => {
  it("tells encoded user data by its lines", () => {
    const [before, after] = ["#!/bin/bash\nA=1\nexit", "#!/bin/bash\nA=2\nB=3\nexit"];
    const encoded = (text: string) => Buffer.from(text).toString("base64");

    assert.deepEqual(only("userData", encoded(before), encoded(after)), {
      path: "userData",
      before,
      after,
      replaces: false,
      lines: [
        { kind: "same", text: "#!/bin/bash" },
        { kind: "removed", text: "A=1" },
        { kind: "added", text: "A=2" },
        { kind: "added", text: "B=3" },
        { kind: "same", text: "exit" },
      ],
    });
  });

  it("has no lines for texts of one line, and none where there was no text", () => {
    assert.equal(only("description", "a", "b").lines, undefined);
    assert.equal(only("description", 1, "a\nb").lines, undefined);
  });

  it("marks the places alone that make a new resource", () => {
    assert.equal(only("namePrefix", "a", "b").replaces, true);
    assert.equal(only("imageId", "a", "b").replaces, false);
  });
});
