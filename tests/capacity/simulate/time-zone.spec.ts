import assert from "node:assert/strict";
import fc from "fast-check";
import { TimeZone } from "../../../capacity/simulate/time-zone";

function utc(text: string): number {
  return Date.parse(text) / 1000;
}

function at(year: number, month: number, day: number, hour: number, minute = 0) {
  return { year, month, day, hour, minute, second: 0 };
}

describe("TimeZone", () => {
  const berlin = new TimeZone("Europe/Berlin");

  it("knows summer and winter", () => {
    assert.equal(berlin.seconds(at(2026, 1, 15, 8)), utc("2026-01-15T07:00:00Z"));
    assert.equal(berlin.seconds(at(2026, 7, 15, 8)), utc("2026-07-15T06:00:00Z"));
    assert.deepEqual(berlin.wallTime(utc("2026-07-15T22:30:00Z")), at(2026, 7, 16, 0, 30));
  });

  it("has no time that the clocks skip", () => {
    assert.equal(berlin.seconds(at(2026, 3, 29, 2, 30)), undefined);
    assert.equal(new TimeZone("America/New_York").seconds(at(2026, 3, 8, 2, 30)), undefined);
  });

  it("takes the first of two where the clocks are put back", () => {
    assert.equal(berlin.seconds(at(2026, 10, 25, 2, 30)), utc("2026-10-25T00:30:00Z"));
    assert.equal(berlin.seconds(at(2026, 10, 25, 3)), utc("2026-10-25T02:00:00Z"));
  });

  it("knows zones far from UTC and with quarters of hours", () => {
    assert.equal(
      new TimeZone("Pacific/Kiritimati").seconds(at(2026, 5, 2, 0)),
      utc("2026-05-01T10:00:00Z"),
    );
    assert.equal(
      new TimeZone("Asia/Kathmandu").seconds(at(2026, 5, 2, 0)),
      utc("2026-05-01T18:15:00Z"),
    );
    assert.equal(
      new TimeZone("Pacific/Pago_Pago").seconds(at(2026, 5, 2, 23)),
      utc("2026-05-03T10:00:00Z"),
    );
  });

  it("finds every time again that its clocks have shown, or the earlier one that looks the same", () => {
    const zone = new TimeZone("America/Sao_Paulo");
    fc.assert(
      fc.property(
        fc.integer({ min: utc("2017-01-01T00:00:00Z"), max: utc("2020-01-01T00:00:00Z") }),
        (seconds) => {
          const found = zone.seconds(zone.wallTime(seconds));
          assert.ok(found === seconds || found === seconds - 3600);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("rejects a zone that is none", () => {
    assert.throws(() => new TimeZone("Europe/Atlantis"), RangeError);
  });
});
