import assert from "node:assert/strict";
import type { PackConfig } from "../../../policies/pack-config";
import { type Waiver, WaiverBook } from "../../../policies/waivers";
import { judgeGraph } from "../../../tools/policy/judge";
import { judgeSteps } from "../../../tools/policy/judge-steps";
import { type Json, type ResourceGraph, SECRET, UNKNOWN } from "../../../tools/preview/graph";
import { aGraph, aResource } from "../preview/small-graph";

const NAME = "scaling-change-within-limits";

const graphOf = (maxCapacity: Json): ResourceGraph =>
  aGraph({
    resources: [
      aResource("pulumi:pulumi:Stack", "shop-dev", { parent: undefined }),
      aResource("aws:appautoscaling/target:Target", "web", {
        inputs: { minCapacity: 1, maxCapacity },
        source: { file: "infra/target.ts", line: 7 },
      }),
    ],
  });

const bookOf = (...waivers: Waiver[]): WaiverBook => new WaiverBook(waivers, "2026-01-31");

const judged = (
  maxCapacity: Json,
  configured: PackConfig = {},
  waivers = bookOf(),
): ReturnType<typeof judgeSteps> =>
  judgeSteps(graphOf(2), graphOf(maxCapacity), { waivers, configured });

const MESSAGE =
  'maxCapacity goes from 2 to 9 (+350 %), allowed is at most 8 in one change (+300 %) (dev, policies/limits.ts "scaling-change-within-limits"); raise maxTasks in several changes';

const URN = "urn:pulumi:dev::shop::aws:appautoscaling/target:Target::web";

const aWaiver: Waiver = {
  policy: NAME,
  target: { by: "name", glob: "web" },
  environment: "dev",
  owner: "platform",
  reason: "load test",
  expires: "2026-01-31",
  place: "policies/waivers.yaml:2",
};

describe("judgeSteps", () => {
  it("judges at the level and by the limits of the environment", () => {
    assert.deepEqual(judged(8), []);
    assert.deepEqual(judged(9), [
      {
        policy: NAME,
        outcome: "violation",
        severity: "high",
        urn: URN,
        level: "advisory",
        message: MESSAGE,
      },
    ]);
  });

  it("takes level and limits of a configuration", () => {
    const levelOf = (level: "mandatory" | "remediate" | "disabled") =>
      judged(9, { [NAME]: { level } }).map((finding) => finding.level);

    assert.deepEqual(
      [levelOf("mandatory"), levelOf("remediate"), levelOf("disabled")],
      [["mandatory"], ["mandatory"], []],
    );
    assert.deepEqual(judged(9, { [NAME]: { limits: { maxRaisePercent: 350 } } }), []);
  });

  it("reports what somebody answers for as waived", () => {
    assert.deepEqual(
      judged(9, { [NAME]: { level: "mandatory" } }, bookOf(aWaiver)).map(
        ({ outcome, level, message }) => [outcome, level, message],
      ),
      [["waived", "advisory", `waived until 2026-01-31 by platform (load test): ${MESSAGE}`]],
    );
  });

  for (const [what, value] of [
    ["an unknown value", UNKNOWN],
    ["a secret", SECRET],
  ] as const) {
    it(`is undecided on ${what}, which no waiver changes`, () => {
      assert.deepEqual(
        judged(value, {}, bookOf(aWaiver)).map(({ outcome, message }) => [outcome, message]),
        [["undecided", "maxCapacity is unknown after the change"]],
      );
    });
  }
});

describe("judgeGraph of a change", () => {
  const judge = (options: object = {}) =>
    judgeGraph(graphOf(9), { waivers: bookOf(aWaiver), policies: [], ...options });

  it("has its findings with type, name and source, and its rule as any other", async () => {
    const { findings, rules } = await judge({ waivers: bookOf(), before: graphOf(2) });

    assert.deepEqual(findings, [
      {
        policy: NAME,
        outcome: "violation",
        level: "advisory",
        severity: "high",
        message: MESSAGE,
        urn: URN,
        type: "aws:appautoscaling/target:Target",
        name: "web",
        source: { file: "infra/target.ts", line: 7 },
      },
    ]);
    assert.deepEqual(
      rules.map(({ name, level, notRun }) => [name, level, notRun]),
      [
        [NAME, "advisory", undefined],
        ["waivers-valid", "mandatory", undefined],
      ],
    );
  });

  it("says that it did not run without the stack before the change, unless it is disabled", async () => {
    const notRun = async (options: object): Promise<string | undefined> =>
      (await judge(options)).rules[0]?.notRun;

    assert.equal(await notRun({}), "needs the stack before the change; pass it with --against");
    assert.equal(await notRun({ configured: { [NAME]: { level: "disabled" } } }), undefined);
  });
});
