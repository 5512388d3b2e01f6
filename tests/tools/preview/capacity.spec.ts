import assert from "node:assert/strict";
import { createColors } from "picocolors";
import { renderCapacity } from "../../../tools/preview/capacity";
import { aCapacityReport, aDay } from "./small-graph";

const plain = { colors: createColors(false), columns: undefined };

describe("renderCapacity", () => {
  it("shows tasks an instance type and what binds, the need at each load, and the group's bounds", () => {
    assert.equal(
      renderCapacity(aCapacityReport(), aDay(), plain),
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
        "",
        "    A simulated day at up to 533 requests/s: 0 minutes missed, 2 to 7 instances for about 4.57 USD",
      ].join("\n"),
    );
  });

  it("counts one missed minute and instances that stay the same in the singular", () => {
    const lastLine = (day: Parameters<typeof aDay>[0]) =>
      renderCapacity(aCapacityReport(), aDay(day), plain).split("\n").at(-1);

    assert.equal(
      lastLine({ missedMinutes: 1, mostInstances: 2 }),
      "    A simulated day at up to 533 requests/s: 1 minute missed, 2 instances for about 4.57 USD",
    );
    assert.equal(
      lastLine({ fewestInstances: 1, mostInstances: 1 }),
      "    A simulated day at up to 533 requests/s: 0 minutes missed, 1 instance for about 4.57 USD",
    );
  });

  it("paints headings on a terminal", () => {
    const lines = renderCapacity(aCapacityReport(), aDay(), {
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
