import assert from "node:assert/strict";
import { requireZoneOf } from "../../../infra/lib/hosted-zone";

const ZONE = { zoneId: "Z0123456789", name: "example.com", privateZone: false };

describe("requireZoneOf", () => {
  for (const domainName of ["example.com", "web.example.com", "a.b.example.com"]) {
    it(`takes ${domainName} in the zone of example.com`, () => {
      assert.equal(requireZoneOf(domainName, ZONE), "Z0123456789");
    });
  }

  it("takes a zone with a trailing dot, as Route 53 writes it", () => {
    assert.equal(requireZoneOf("web.example.com", { ...ZONE, name: "example.com." }), ZONE.zoneId);
  });

  for (const domainName of ["web.example.org", "notexample.com", "com"]) {
    it(`refuses ${domainName} in the zone of example.com`, () => {
      assert.throws(() => requireZoneOf(domainName, ZONE), {
        message:
          `hostedZoneId is Z0123456789, the zone of example.com, which cannot hold ${domainName}; ` +
          `give the id of the public hosted zone that holds ${domainName}`,
      });
    });
  }

  it("refuses a private zone", () => {
    assert.throws(() => requireZoneOf("web.example.com", { ...ZONE, privateZone: true }), {
      message:
        "hostedZoneId is Z0123456789, a private zone that the internet cannot see; " +
        "give the id of the public hosted zone that holds web.example.com",
    });
  });
});
