import assert from "node:assert/strict";
import fc from "fast-check";
import type { Outcome } from "../../../capacity/tune/objective";
import type { Knob, Settings } from "../../../capacity/tune/settings";
import { tune } from "../../../capacity/tune/tune";
import type { TuneRequest } from "../../../capacity/tune/tune-request";

const knobs: readonly Knob[] = [
  { name: "min", values: [1, 2, 3, 4, 5, 6, 8, 10] },
  { name: "target", values: [40, 45, 50, 55, 60, 65, 70] },
  { name: "type", values: ["large", "small", "huge"] },
  { name: "idle", values: [0, 1, 2] },
];

const USD = { small: 1, large: 1.2, huge: 3 } as const;

/** More minimum, a lower target and a larger type miss less and cost more; `idle` does nothing. */
function outcomeOf(settings: Settings): Outcome {
  const min = Number(settings["min"]);
  const target = Number(settings["target"]);
  const type = settings["type"] as keyof typeof USD;
  const power = { small: 1, large: 2, huge: 2.5 }[type];
  const missedMinutes = Math.max(0, Math.round((target - 38) * 2 - min * power * 4));
  return {
    missedMinutes,
    p99Milliseconds: 100 + missedMinutes,
    unmetShare: missedMinutes / 1000,
    usd: USD[type] * (min + 600 / target),
  };
}

function request(overrides: Partial<TuneRequest> = {}): TuneRequest {
  return {
    present: { min: 1, target: 60, type: "small", idle: 1 },
    knobs,
    objective: { metric: "missed", atMost: 5 },
    faultsOf: () => [],
    evaluate: (settings) => Promise.resolve(settings.map(outcomeOf)),
    candidates: 200,
    seed: 1,
    ...overrides,
  };
}

const atLeast50 = ({ target }: Settings) => (Number(target) < 50 ? ["target below 50"] : []);

/** Every settings that there are. */
function all(): Settings[] {
  return knobs.reduce<Settings[]>(
    (some, { name, values }) =>
      some.flatMap((settings) => values.map((value) => ({ ...settings, [name]: value }))),
    [{}],
  );
}

describe("tune", () => {
  it("finds the cheapest settings that meet the objective", async () => {
    const { best, present, converged } = await tune(request());

    const cheapest = Math.min(
      ...all()
        .map(outcomeOf)
        .filter(({ missedMinutes }) => missedMinutes <= 5)
        .map(({ usd }) => usd),
    );
    assert.ok(best.meets && converged && !present.meets);
    assert.equal(best.outcome.usd, cheapest);
  });

  it("changes nothing that helps nothing", async () => {
    const { best, reasons } = await tune(request());

    assert.equal(best.settings["idle"], 1);
    assert.deepEqual(reasons.find(({ knob }) => knob === "idle")?.beside, [
      { value: 0, effect: "same", text: "makes no difference" },
      { value: 2, effect: "same", text: "makes no difference" },
    ]);
  });

  it("keeps present settings that are the cheapest", async () => {
    const first = await tune(request());
    const again = await tune(request({ present: first.best.settings }));

    assert.deepEqual(again.best.settings, first.best.settings);
    assert.ok(again.reasons.every(({ from, to }) => from === to));
  });

  it("says what one step from each value would do", async () => {
    const { best, reasons } = await tune(request({ faultsOf: atLeast50 }));

    assert.deepEqual(best.settings, { min: 5, target: 50, type: "small", idle: 1 });
    assert.deepEqual(reasons.slice(0, 3), [
      {
        knob: "min",
        from: 1,
        to: 5,
        beside: [
          { value: 4, effect: "misses", text: "8 missed minutes" },
          { value: 6, effect: "dearer", text: "costs 5.9 % more" },
        ],
      },
      {
        knob: "target",
        from: 60,
        to: 50,
        beside: [
          { value: 45, effect: "notAllowed", text: "not allowed: target below 50" },
          { value: 55, effect: "misses", text: "14 missed minutes" },
        ],
      },
      {
        knob: "type",
        from: "small",
        to: "small",
        beside: [
          { value: "large", effect: "dearer", text: "costs 20.0 % more" },
          { value: "huge", effect: "dearer", text: "costs 200.0 % more" },
        ],
      },
    ]);
  });

  it("runs nothing that is not allowed but the present, and says so", async () => {
    const run: Settings[] = [];
    const { best, reasons } = await tune(
      request({
        objective: { metric: "missed", atMost: 0 },
        present: { min: 1, target: 70, type: "small", idle: 1 },
        faultsOf: ({ target, type }) => [
          ...(Number(target) > 60 ? ["target above 60"] : []),
          ...(type === "huge" ? ["huge is not on the list"] : []),
        ],
        evaluate: (settings) => {
          run.push(...settings);
          return Promise.resolve(settings.map(outcomeOf));
        },
      }),
    );

    const [present, ...others] = run;
    assert.equal(present?.["target"], 70);
    assert.ok(others.every(({ target, type }) => Number(target) <= 60 && type !== "huge"));
    assert.ok(best.meets);
    assert.deepEqual(
      reasons.find(({ knob }) => knob === "type")?.beside.find(({ value }) => value === "huge"),
      { value: "huge", effect: "notAllowed", text: "not allowed: huge is not on the list" },
    );
  });

  it("comes as close as it can where nothing meets the objective", async () => {
    const { best } = await tune(
      request({
        objective: { metric: "p99", atMost: 50 },
        faultsOf: ({ min }) => (Number(min) > 1 ? ["min above 1"] : []),
      }),
    );

    assert.equal(best.meets, false);
    assert.deepEqual(best.settings, { min: 1, target: 40, type: "small", idle: 1 });
  });

  it("runs no settings twice and no more than asked for", async () => {
    for (const candidates of [1, 2, 7, 40, 500]) {
      const keys: string[] = [];
      const result = await tune(
        request({
          candidates,
          evaluate: (settings) => {
            keys.push(...settings.map((each) => JSON.stringify(Object.entries(each).sort())));
            return Promise.resolve(settings.map(outcomeOf));
          },
        }),
      );

      assert.equal(new Set(keys).size, keys.length);
      assert.ok(keys.length <= candidates);
      assert.equal(result.evaluated, keys.length);
    }
  });

  it("says that it left something out where its candidates ended", async () => {
    const { converged, reasons } = await tune(request({ candidates: 20 }));

    assert.equal(converged, false);
    assert.ok(reasons.some(({ beside }) => beside.some(({ effect }) => effect === "notTried")));
  });

  it("is the same whenever outcomes come, and the same for the same seed", async () => {
    const slow = request({
      evaluate: async (settings) => {
        const outcomes: Outcome[] = [];
        for (const index of [...settings.keys()].reverse()) {
          await Promise.resolve();
          const each = settings[index];
          if (each !== undefined) outcomes[index] = outcomeOf(each);
        }
        return outcomes;
      },
    });

    assert.deepEqual(await tune(slow), await tune(request()));
  });

  it("is never worse than the present and never beyond the best there is", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 60 }),
        fc.constantFrom(...all()),
        fc.integer({ min: 0, max: 100 }),
        async (atMost, present, seed) => {
          const objective = { metric: "missed", atMost } as const;
          const result = await tune(request({ objective, present, seed, candidates: 80 }));
          const { best } = result;

          if (result.present.meets) {
            assert.ok(best.meets);
            assert.ok(best.outcome.usd <= result.present.outcome.usd * 1.002);
          }
          const possible = all().filter((each) => outcomeOf(each).missedMinutes <= atMost);
          if (best.meets) {
            const least = Math.min(...possible.map((each) => outcomeOf(each).usd));
            assert.ok(best.outcome.usd >= least);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
