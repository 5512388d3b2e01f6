import assert from "node:assert/strict";
import { createColors } from "picocolors";
import { renderCapacity } from "../../../tools/preview/capacity";
import { aCapacity, aDay } from "./small-graph";

const plain = { colors: createColors(false), columns: undefined };

describe("renderCapacity", () => {
  it("shows tasks an instance type and what binds, the need at each load, and the group's bounds", () => {
    assert.equal(
      renderCapacity(aCapacity(), plain),
      [
        "Capacity:",
        "    Instance type  Tasks  Bound by",
        "    t4g.small          6  memory              the plan counts on this one",
        "    t4g.medium        12  network interfaces",
        "    m7g.large         40  CPU",
        "    m7g.xlarge       100  host ports",
        "",
        "    Service              Tasks  Instances needed  Room for        Without a zone",
        "    fewest tasks             2                 1  12 tasks on 2   all have room",
        "    most tasks              40                 7  42 tasks on 7   16 wait for new instances",
        "    during a deployment     80                14  84 tasks on 14  26 wait for new instances",
        "",
        "    Group     Instances  Because of",
        "    at least          2  one instance a zone",
        "    at most          14  the deployment's surge",
        "",
        "    A simulated day at up to 533 requests/s: 0 minutes missed, 2 to 7 instances for about 4.57 USD",
      ].join("\n"),
    );
  });

  it("says of tasks that no instance may be launched for that they wait for ever", () => {
    const small = aCapacity({ maxInstances: 2, maxTasks: 13, deploymentTasks: 13 });
    const lines = renderCapacity(small, plain).split("\n");

    assert.equal(
      lines[9],
      "    most tasks              13                 7  12 tasks on 2  7 wait for new instances, 1 of them for ever",
    );
    const one = renderCapacity(aCapacity({ maxTasks: 25 }), plain).split("\n")[9];
    assert.match(one ?? "", / {2}1 waits for new instances$/);
  });

  it("tells the quotas that are too small", () => {
    const exceededQuotas = [
      { quota: "provisioningTasks", needed: 501, granted: 500, text: "that is too many" },
    ] as const;
    const lines = renderCapacity({ ...aCapacity(), exceededQuotas }, plain).split("\n");

    assert.deepEqual(lines.slice(-3, -1), ["", "    Quota: that is too many"]);
  });

  it("counts one missed minute and instances that stay the same in the singular", () => {
    const lastLine = (day: Parameters<typeof aDay>[0]) =>
      renderCapacity({ ...aCapacity(), day: aDay(day) }, plain)
        .split("\n")
        .at(-1);

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
    const lines = renderCapacity(aCapacity(), {
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
