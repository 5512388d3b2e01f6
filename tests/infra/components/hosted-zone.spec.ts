import assert from "node:assert/strict";
import { declareAliasRecord, lookUpHostedZone } from "../../../infra/components/hosted-zone";
import { underMocks } from "../../support/program-under-mocks";

// The zone that the simulated AWS answers with is example.com's.
const ZONE = { domainName: "web.example.com", hostedZoneId: "Z0123456789ABCDEFGHIJ" };

describe("lookUpHostedZone", () => {
  it("gives the id of a zone that can hold the domain", async () => {
    const { outputs } = await underMocks(() => ({ zoneId: lookUpHostedZone(ZONE) }));

    assert.equal(outputs["zoneId"], ZONE.hostedZoneId);
  });

  it("stops the run where the zone is another domain's", async () => {
    await assert.rejects(
      underMocks(() => ({ zoneId: lookUpHostedZone({ ...ZONE, domainName: "web.example.org" }) })),
      /hostedZoneId is Z0123456789ABCDEFGHIJ, the zone of example\.com, which cannot hold web\.example\.org/,
    );
  });
});

describe("declareAliasRecord", () => {
  it("points the domain to the load balancer as long as that is healthy", async () => {
    const target = { dnsName: "web-1.eu-central-1.elb.amazonaws.com", zoneId: "Z215JYRZR1TBD5" };
    const program = await underMocks(() => {
      declareAliasRecord("web", { ...ZONE, target });
      return {};
    });

    assert.deepEqual(program.only("aws:route53/record:Record").inputs, {
      zoneId: ZONE.hostedZoneId,
      name: "web.example.com",
      type: "A",
      aliases: [{ name: target.dnsName, zoneId: target.zoneId, evaluateTargetHealth: true }],
    });
  });
});
