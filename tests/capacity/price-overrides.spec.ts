import assert from "node:assert/strict";
import { estimateCost } from "../../capacity/cost";
import { costAssumptions } from "../../capacity/cost-assumptions";
import {
  overridePrices,
  parsePriceOverrides,
  PriceOverridesError,
} from "../../capacity/price-overrides";
import { listPrices } from "../../capacity/prices";
import { aGroup, anInventory } from "./an-inventory";

const faultsOf = (value: unknown): string => {
  try {
    parsePriceOverrides(value, "prices.json");
  } catch (error) {
    assert.ok(error instanceof PriceOverridesError);
    return error.message;
  }
  assert.fail("no fault");
};

describe("parsePriceOverrides", () => {
  it("reads a file with every part, and one with the region alone", () => {
    const whole = {
      region: "eu-central-1",
      pricedOn: "2026-11-01",
      instanceTypes: { "m7g.large": 0.0978 },
      prices: { natGatewayHour: 0.052 },
    };
    assert.deepEqual(parsePriceOverrides(whole, "prices.json"), whole);
    assert.deepEqual(parsePriceOverrides({ region: "us-gov-west-1" }, "prices.json"), {
      region: "us-gov-west-1",
    });
  });

  it("tells every fault at once", () => {
    assert.equal(
      faultsOf({
        region: "Frankfurt",
        pricedOn: "2026-13-01",
        instanceTypes: { "m7g.huge": 1, "m7g.large": -1 },
        prices: { nat: 1, logGB: "0.5" },
        spot: 0.3,
      }),
      [
        "prices.json: spot is not known, allowed are region, pricedOn, instanceTypes, prices; remove it",
        'prices.json: region is "Frankfurt", but must be a region such as eu-central-1',
        'prices.json: pricedOn is "2026-13-01", but must be a day as YYYY-MM-DD, or absent',
        "prices.json: instanceTypes.m7g.large is -1, but must be USD, a number of at least 0",
        'prices.json: prices.logGB is "0.5", but must be USD, a number of at least 0',
        "prices.json: instanceTypes.m7g.huge is not known: capacity/instance-types.json has no such type; remove it",
        "prices.json: prices.nat is not known: capacity/price-list.json has no such price; remove it",
      ].join("\n"),
    );
  });

  it("refuses what is no object, and parts that are none", () => {
    assert.equal(
      faultsOf([1]),
      "prices.json: the file holds [1], but must be an object with region, pricedOn, instanceTypes and prices",
    );
    assert.equal(
      faultsOf({ prices: [] }),
      [
        "prices.json: region is missing, but must be a region such as eu-central-1",
        "prices.json: prices is [], but must be an object of names and USD, or absent",
      ].join("\n"),
    );
  });

  it("knows no name that every object has", () => {
    assert.match(
      faultsOf({ region: "eu-west-1", prices: { toString: 1 } }),
      /toString is not known/,
    );
  });
});

describe("overridePrices", () => {
  it("keeps what the overrides leave out", () => {
    const table = overridePrices({ region: "eu-west-1", prices: { logGB: 0.57 } });

    assert.deepEqual(table, {
      region: "eu-west-1",
      instancesPricedOn: listPrices.instancesPricedOn,
      usd: { ...listPrices.usd, logGB: 0.57 },
      usdPerInstanceHour: listPrices.usdPerInstanceHour,
    });
    assert.equal(listPrices.usd.logGB, 0.5);
  });

  it("changes the monthly estimate of a stack", () => {
    const inventory = anInventory({ natGateways: 1, groups: [aGroup()] });
    const prices = overridePrices({
      region: "eu-central-1",
      instanceTypes: { "t4g.small": 0.1 },
      prices: { natGatewayHour: 1 },
    });
    const estimate = estimateCost(inventory, costAssumptions, prices);

    assert.equal(estimate.pricedRegion, "eu-central-1");
    assert.deepEqual(
      estimate.lines.slice(0, 2).map(({ item, usdPerMonth }) => [item, usdPerMonth.minimum]),
      [
        ["EC2 instances", 146],
        ["NAT gateways", 730],
      ],
    );
  });
});
