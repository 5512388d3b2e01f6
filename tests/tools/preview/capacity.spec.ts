import assert from "node:assert/strict";
import { createColors } from "picocolors";
import { renderCapacity } from "../../../tools/preview/capacity";
import { aCapacityReport } from "./small-graph";

describe("renderCapacity", () => {
  it("shows tasks an instance type and what binds, the need at each load, and the group's bounds", () => {
    assert.equal(
      renderCapacity(aCapacityReport(), { colors: createColors(false), columns: undefined }),
      [
        "Capacity:",
        "    Instance type  Tasks  Bound by",
        "    t4g.small          6  memory              the plan counts on this one",
        "    t4g.medium        12  network interfaces",
        "    m7g.large         40  CPU",
        "    m7g.xlarge       100  host ports",
        "",
        "    Service              Tasks  Instances needed",
        "    fewest tasks             2                 1",
        "    most tasks              40                 7",
        "    during a deployment     80                14",
        "",
        "    Group     Instances  Because of",
        "    at least          2  one instance a zone",
        "    at most          14  the deployment's surge",
      ].join("\n"),
    );
  });

  it("paints headings on a terminal", () => {
    const lines = renderCapacity(aCapacityReport(), {
      colors: createColors(true),
      columns: 80,
    }).split("\n");

    assert.equal(lines[0], "\u001b[1m\u001b[35mCapacity:\u001b[39m\u001b[22m");
    assert.equal(lines[1], "\u001b[1m    Instance type  Tasks  Bound by\u001b[22m");
    assert.equal(
      lines[2],
      "    t4g.small          6  memory              the plan counts on this one",
    );
  });
});
