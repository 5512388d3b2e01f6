import assert from "node:assert/strict";
import { sizedSide } from "../../../bench/compare/sized-sides";
import { compare } from "../../../tools/compare/compare";
import { referencesIn } from "../../../tools/compare/reference";
import { sideOf } from "../../support/sides";

describe("sizedSide", () => {
  it("wires each copy within itself, so that a change shows once in every copy", async () => {
    const before = await sideOf("dev");
    const after = await sideOf("dev", { "ecs-on-ec2:taskMemoryMiB": "448" });
    const once = compare(before, after, { allowDestruction: [] });
    const sized = sizedSide(after, 3 * after.graph.resources.length - 2);
    const urns = new Set(sized.graph.resources.map(({ urn }) => urn));

    const thrice = compare(sizedSide(before, 3 * before.graph.resources.length - 2), sized, {
      allowDestruction: [],
    });

    assert.deepEqual(
      [sized.graph.resources.length, urns.size],
      [3 * after.graph.resources.length - 2, 3 * after.graph.resources.length - 2],
    );
    assert.equal(thrice.counts.update, 3 * once.counts.update);
    assert.equal(thrice.counts.replace, 3 * once.counts.replace);
    const copies = sized.graph.resources.filter(({ parent }) => parent !== undefined);
    const dangling = referencesIn(JSON.stringify(copies)).filter(
      ({ source }) => source.startsWith("urn:") && !urns.has(source),
    );
    assert.deepEqual(dangling, []);
  });
});
