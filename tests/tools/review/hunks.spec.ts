import assert from "node:assert/strict";
import type { LineChange } from "../../../tools/compare/comparison";
import { hunksOf } from "../../../tools/review/hunks";

function lines(kinds: string): LineChange[] {
  const names = { "+": "added", "-": "removed", " ": "same" } as const;
  return kinds.split("").map((kind, index) => ({
    kind: names[kind as keyof typeof names],
    text: String(index),
  }));
}

/** The text of a line, or the number of those that are hidden. */
const shown = (kinds: string) =>
  hunksOf(lines(kinds)).map((hunk) => (typeof hunk === "number" ? hunk : hunk.text));

describe("hunksOf", () => {
  it("shows two lines around a difference and counts the rest", () => {
    assert.deepEqual(shown("     -+      "), [3, "3", "4", "5", "6", "7", "8", 4]);
  });

  it("hides nothing between two differences that are close", () => {
    assert.deepEqual(shown("+    -"), ["0", "1", "2", "3", "4", "5"]);
  });

  it("hides the lines between two that are far apart", () => {
    assert.deepEqual(shown("+     -"), ["0", "1", "2", 1, "4", "5", "6"]);
  });

  it("names references by type and name", () => {
    const text = "echo ${urn:pulumi:prod::shop::aws:ecs/cluster:Cluster::web#name}";

    assert.deepEqual(hunksOf([{ kind: "added", text }]), [
      { kind: "added", text: "echo ${Cluster web.name}" },
    ]);
  });

  it("counts all where nothing differs", () => {
    assert.deepEqual([shown("   "), shown("")], [[3], []]);
  });
});
