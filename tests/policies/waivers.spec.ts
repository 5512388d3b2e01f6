import assert from "node:assert/strict";
import { dayOf, type Waiver, WaiverBook } from "../../policies/waivers";

const urn = (name: string, stack = "dev"): string =>
  `urn:pulumi:${stack}::shop::aws:autoscaling/group:Group::${name}`;

const aWaiver = (overrides: Partial<Waiver> = {}): Waiver => ({
  policy: "asg-size-within-limits",
  target: { by: "name", glob: "web-*" },
  environment: "dev",
  owner: "platform",
  reason: "load test",
  expires: "2026-01-31",
  place: "policies/waivers.yaml:2",
  ...overrides,
});

const TODAY = "2026-01-31";

describe("WaiverBook", () => {
  it("finds the waiver of a violation, by policy, name and environment", () => {
    const waiver = aWaiver();
    const { waiverOf } = new WaiverBook([waiver], TODAY);

    assert.equal(waiverOf("asg-size-within-limits", urn("web-a")), waiver);
    assert.equal(waiverOf("asg-size-within-limits", urn("web")), false);
    assert.equal(waiverOf("asg-size-within-limits", urn("my-web-a")), false);
    assert.equal(waiverOf("asg-size-within-limits", urn("web-a", "prod")), false);
    assert.equal(waiverOf("asg-headroom", urn("web-a")), false);
  });

  for (const [glob, matching, other] of [
    ["web", urn("web"), urn("web-a")],
    ["w?b", urn("wob"), urn("web-b")],
    ["w.b", urn("w.b"), urn("web")],
    ["a+(b)", urn("a+(b)"), urn("aab")],
  ] as const) {
    it(`takes the glob ${glob} as a glob and nothing else`, () => {
      const { waiverOf } = new WaiverBook([aWaiver({ target: { by: "name", glob } })], TODAY);

      assert.notEqual(waiverOf("asg-size-within-limits", matching), false);
      assert.equal(waiverOf("asg-size-within-limits", other), false);
    });
  }

  it("matches whole URNs", () => {
    const target = { by: "urn", glob: "*::aws:autoscaling/group:Group::web*" } as const;
    const { waiverOf } = new WaiverBook([aWaiver({ target })], TODAY);

    assert.notEqual(waiverOf("asg-size-within-limits", urn("web-a")), false);
    assert.equal(waiverOf("asg-size-within-limits", urn("api")), false);
  });

  it("holds on the last day and not on the next", () => {
    assert.notEqual(
      new WaiverBook([aWaiver()], "2026-01-31").waiverOf("asg-size-within-limits", urn("web-a")),
      false,
    );
    assert.equal(
      new WaiverBook([aWaiver()], "2026-02-01").waiverOf("asg-size-within-limits", urn("web-a")),
      false,
    );
  });

  it("tells what has expired and what was not needed, each for its environment", () => {
    const [used, unused] = [aWaiver(), aWaiver({ policy: "asg-headroom" })];
    const expired = aWaiver({ expires: "2026-01-30" });
    const elsewhere = aWaiver({ environment: "prod" });
    const book = new WaiverBook([used, unused, expired, elsewhere], TODAY);
    book.waiverOf("asg-size-within-limits", urn("web-a"));

    assert.deepEqual(book.expired("dev"), [expired]);
    assert.deepEqual(book.unused("dev"), [unused]);
    assert.deepEqual(book.expired("prod"), []);
    assert.deepEqual(book.unused("prod"), [elsewhere]);
  });
});

describe("dayOf", () => {
  it("is the day in UTC", () => {
    assert.equal(dayOf(new Date("2026-01-31T23:59:59.999Z")), "2026-01-31");
    assert.equal(dayOf(new Date("2026-02-01T00:30:00+02:00")), "2026-01-31");
  });
});
