import assert from "node:assert/strict";
import { renderJson } from "../../../tools/simulate/render-json";
import { aCost, aReport, aRun, aSimulation } from "./small-run";

interface Read {
  readonly project: string;
  readonly load: unknown;
  readonly runs: readonly Record<string, unknown>[];
}

describe("renderJson", () => {
  it("has the load, and of each run the model, the figures, the actions and the series", () => {
    const text = renderJson(aReport(aRun(), aRun({ name: "cdk", title: "CDK", notes: ["n"] })));
    const { project, load, runs } = JSON.parse(text) as Read;

    assert.ok(text.endsWith("\n}\n"));
    assert.equal(project, "shop");
    assert.deepEqual(load, {
      name: "rise",
      startsAt: "2026-01-05T00:00:00.000Z",
      stepSeconds: 60,
      steps: 120,
      notes: ["rows of 5 min brought to steps of 1 min"],
    });
    assert.deepEqual(
      runs.map(({ name, title, notes }) => [name, title, notes]),
      [
        ["prod", "stack prod", []],
        ["cdk", "CDK", ["n"]],
      ],
    );
    const [first = {}] = runs;
    const { model, options, summary, actions } = aSimulation();
    assert.deepEqual(Object.keys(first), [
      "name",
      "title",
      "notes",
      "model",
      "options",
      "summary",
      "cost",
      "binding",
      "actions",
      "series",
    ]);
    assert.deepEqual(
      [first["model"], first["options"], first["summary"], first["actions"]],
      JSON.parse(JSON.stringify([model, options, summary, actions])),
    );
    assert.deepEqual(first["binding"], [
      { binding: "detection", fromSeconds: 3600, toSeconds: 3900 },
      { binding: "instances", fromSeconds: 3900, toSeconds: 4200 },
    ]);
    const series = first["series"] as Record<string, number[]>;
    assert.deepEqual(series["unmetPerSecond"]?.slice(58, 62), [0, 0, 100, 100]);
    assert.equal(series["binding"], undefined);
  });

  it("rounds to six digits behind the point and gives the same bytes again", () => {
    const report = aReport(aRun({ cost: aCost({ usd: 1 / 3 }) }));

    assert.match(renderJson(report), /"usd": 0\.333333,/);
    assert.match(renderJson(report), /\n {8}"desiredTasks": \[4, 4, 4, /);
    assert.equal(renderJson(report), renderJson(report));
  });
});
