import assert from "node:assert/strict";
import type { Judgement, WaiverInForce } from "../../../tools/compare/judgement";
import { limitChanges } from "../../../tools/compare/limit-changes";

const judgement = (overrides: Partial<Judgement>): Judgement => ({
  ...{ limits: {}, levels: {}, waivers: [] },
  ...overrides,
});

const aWaiver = (overrides: Partial<WaiverInForce> = {}): WaiverInForce => ({
  policy: "small",
  target: "name web-*",
  owner: "me",
  reason: "load test",
  expires: "2026-01-31",
  source: { file: "policies/waivers.yaml", line: 3 },
  ...overrides,
});

const linesOf = (before: Partial<Judgement>, after: Partial<Judgement>): string[] =>
  limitChanges(judgement(before), judgement(after)).map(
    ({ kind, path, before: was, after: is, loosens }) =>
      `${loosens ? "!" : " "} ${kind} ${path} ${JSON.stringify([was, is])}`,
  );

const limits = (small: Judgement["limits"][string]) => ({
  limits: { small },
  levels: { small: "mandatory" as const },
});

describe("limitChanges", () => {
  it("finds nothing where nothing differs, and an order that means nothing", () => {
    const side = { ...limits({ ports: [80, 443], max: 4 }), waivers: [aWaiver()] };

    assert.deepEqual(linesOf(side, structuredClone(side)), []);
    assert.deepEqual(linesOf(limits({ ports: [80, 443] }), limits({ ports: [443, 80] })), []);
  });

  it("tells limits at any depth, and of lists what comes and goes", () => {
    assert.deepEqual(
      linesOf(
        limits({ maxSize: 4, days: { min: 1, max: 30 }, ports: [80, 443] }),
        limits({ maxSize: 400, days: { min: 7, max: 30 }, ports: [443, 22] }),
      ),
      [
        "! limit small.maxSize [4,400]",
        "  limit small.days.min [1,7]",
        "  limit small.ports [80,null]",
        "! limit small.ports [null,22]",
      ],
    );
  });

  it("tells levels, and of policies that come and go nothing else", () => {
    const before = {
      levels: { gone: "mandatory", lower: "mandatory", raised: "advisory" } as const,
    };
    const after = {
      levels: { fresh: "advisory", lower: "disabled", raised: "remediate" } as const,
    };

    assert.deepEqual(
      linesOf(
        { ...before, limits: { gone: { max: 1 } } },
        { ...after, limits: { fresh: { max: 1 } } },
      ),
      [
        '  level fresh.enforcementLevel [null,"advisory"]',
        '! level gone.enforcementLevel ["mandatory",null]',
        '! level lower.enforcementLevel ["mandatory","disabled"]',
        '  level raised.enforcementLevel ["advisory","remediate"]',
      ],
    );
  });

  it("tells waivers with their owner, their reason and their end", () => {
    const [change, ...others] = limitChanges(judgement({}), judgement({ waivers: [aWaiver()] }));

    assert.deepEqual(others, []);
    assert.deepEqual(change, {
      kind: "waiver",
      policy: "small",
      path: "small.waivers[name web-*]",
      before: undefined,
      after: { expires: "2026-01-31", owner: "me", reason: "load test" },
      loosens: true,
      source: { file: "policies/waivers.yaml", line: 3 },
    });
  });

  it("takes a waiver that lasts longer for more, and none that ends or has moved", () => {
    const loosens = (before: WaiverInForce[], after: WaiverInForce[]) =>
      limitChanges(judgement({ waivers: before }), judgement({ waivers: after })).map(
        (change) => change.loosens,
      );
    const longer = aWaiver({ expires: "2026-02-28" });

    assert.deepEqual(loosens([aWaiver()], [longer]), [true]);
    assert.deepEqual(loosens([longer], [aWaiver()]), [false]);
    assert.deepEqual(loosens([aWaiver()], []), [false]);
    assert.deepEqual(loosens([aWaiver()], [aWaiver({ reason: "another" })]), [false]);
    const moved = aWaiver({ source: { file: "policies/waivers.yaml", line: 9 } });
    assert.deepEqual(loosens([aWaiver()], [moved]), []);
    assert.deepEqual(loosens([aWaiver()], [aWaiver(), aWaiver()]), [true]);
  });
});
