import assert from "node:assert/strict";
import { parseEvents } from "../../../tools/simulate/event-argument";

function parsed(text: string): { events: unknown; faults: string[] } {
  const faults: string[] = [];
  return { events: parseEvents(text, { seconds: 86_400, availabilityZones: 3 }, faults), faults };
}

describe("parseEvents", () => {
  it("reads events in any order with their times and settings", () => {
    assert.deepEqual(parsed("zone-loss@2h+30m:zone=1, deployment@3600,spot@1h:share=0.5"), {
      events: [
        { kind: "deployment", atSeconds: 3600 },
        { kind: "spotInterruption", atSeconds: 3600, share: 0.5 },
        { kind: "zoneLoss", atSeconds: 7200, forSeconds: 1800, zone: 1 },
      ],
      faults: [],
    });
  });

  it("takes the first zone and all Spot instances where nothing is said", () => {
    assert.deepEqual(parsed("zone-loss@0+60,spot@0"), {
      events: [
        { kind: "zoneLoss", atSeconds: 0, forSeconds: 60, zone: 0 },
        { kind: "spotInterruption", atSeconds: 0, share: 1 },
      ],
      faults: [],
    });
  });

  for (const [text, ...faults] of [
    ["", "must be an event such as deployment@1h, zone-loss@2h+30m:zone=0 or spot@3h:share=0.5"],
    [
      "deployment",
      "must be an event such as deployment@1h, zone-loss@2h+30m:zone=0 or spot@3h:share=0.5",
    ],
    ["deploy@1h", "must be one of deployment, zone-loss, spot"],
    ["spto@1h", "must be one of deployment, zone-loss, spot; did you mean 'spot'?"],
    ["deployment@soon", "its time must be seconds, or a time such as 15m, 2h or 1d"],
    ["deployment@1d", "its time must be before the end of the load after 1 d"],
    ["deployment@1h+5m", "takes no length"],
    ["deployment@1h:zone=1", "takes no 'zone'"],
    ["spot@1h:zone=1", "takes 'share' and no 'zone'"],
    ["spot@1h:share=0", "share must be above 0 and at most 1"],
    ["spot@1h:share=half", "share must be above 0 and at most 1"],
    ["zone-loss@1h", "must say how long, as in zone-loss@2h+30m"],
    ["zone-loss@1h+0", "must say how long, as in zone-loss@2h+30m"],
    ["zone-loss@1h+5m:zone=3", "zone must be a whole number from 0 to 2"],
    ["zone-loss@1h+5m:zone=1.5", "zone must be a whole number from 0 to 2"],
  ] as const) {
    it(`refuses '${text}'`, () => {
      assert.deepEqual(parsed(text), {
        events: [],
        faults: faults.map((fault) => `--event: got '${text}', ${fault}`),
      });
    });
  }

  it("names the faults of all events", () => {
    const { events, faults } = parsed("deployment@x,deployment@5,spot@y:share=2");

    assert.deepEqual(events, [{ kind: "deployment", atSeconds: 5 }]);
    assert.deepEqual(faults, [
      "--event: got 'deployment@x', its time must be seconds, or a time such as 15m, 2h or 1d",
      "--event: got 'spot@y:share=2', its time must be seconds, or a time such as 15m, 2h or 1d",
      "--event: got 'spot@y:share=2', share must be above 0 and at most 1",
    ]);
  });
});
