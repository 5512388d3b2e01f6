import { findInstanceType } from "./catalogue";
import { listPrices, type PriceName, type PriceTable } from "./prices";

/** Prices of another region, or one's own, in place of the list. Each part may be left out but the region. */
export interface PriceOverrides {
  readonly region: string;
  /** Day of the instances' prices as YYYY-MM-DD. */
  readonly pricedOn?: string;
  /** USD an hour by instance type. */
  readonly instanceTypes?: Readonly<Record<string, number>>;
  /** USD by the names of price-list.json. */
  readonly prices?: Readonly<Partial<Record<PriceName, number>>>;
}

/** What is wrong with overrides, a line a fault. */
export class PriceOverridesError extends Error {
  public override readonly name = "PriceOverridesError";
}

/** The table with the prices of the overrides in place of its own; what they leave out stays. */
export function overridePrices(
  overrides: PriceOverrides,
  table: PriceTable = listPrices,
): PriceTable {
  return {
    region: overrides.region,
    instancesPricedOn: overrides.pricedOn ?? table.instancesPricedOn,
    usd: { ...table.usd, ...overrides.prices },
    usdPerInstanceHour: new Map([
      ...table.usdPerInstanceHour,
      ...Object.entries(overrides.instanceTypes ?? {}),
    ]),
  };
}

/**
 * Reads overrides from what a JSON file holds:
 * `{ "region": "eu-central-1", "pricedOn": "2026-11-01", "instanceTypes": { "m7g.large": 0.0978 }, "prices": { "natGatewayHour": 0.052 } }`.
 *
 * @param source what faults are reported of: the name of the file
 * @throws PriceOverridesError with every fault
 */
export function parsePriceOverrides(value: unknown, source: string): PriceOverrides {
  const faults: string[] = [];
  const fault = (key: string, got: unknown, allowed: string) => {
    faults.push(`${source}: ${key} is ${written(got)}, but must be ${allowed}`);
  };
  if (!isRecord(value)) {
    throw new PriceOverridesError(
      `${source}: the file holds ${written(value)}, but must be an object with region, pricedOn, instanceTypes and prices`,
    );
  }
  checkKeys(value, source, faults);
  const { region, pricedOn, instanceTypes, prices } = value;
  if (typeof region !== "string" || !REGION.test(region)) {
    fault("region", region, "a region such as eu-central-1");
  }
  if (pricedOn !== undefined && !isDay(pricedOn)) {
    fault("pricedOn", pricedOn, "a day as YYYY-MM-DD, or absent");
  }
  const types = pricesIn("instanceTypes", instanceTypes, fault, (name) =>
    findInstanceType(name) === undefined ? "capacity/instance-types.json has no such type" : "",
  );
  const others = pricesIn("prices", prices, fault, (name) =>
    Object.hasOwn(listPrices.usd, name) ? "" : "capacity/price-list.json has no such price",
  );
  faults.push(...[...types.unknown, ...others.unknown].map((text) => `${source}: ${text}`));
  if (faults.length > 0) {
    throw new PriceOverridesError(faults.join("\n"));
  }
  return value as unknown as PriceOverrides;
}

const KEYS = ["region", "pricedOn", "instanceTypes", "prices"];
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

type Fault = (key: string, got: unknown, allowed: string) => void;

function checkKeys(value: Record<string, unknown>, source: string, faults: string[]): void {
  for (const key of Object.keys(value).filter((name) => !KEYS.includes(name))) {
    faults.push(`${source}: ${key} is not known, allowed are ${KEYS.join(", ")}; remove it`);
  }
}

/** Faults every price that is none, and gives what is not known by its name. */
function pricesIn(
  key: string,
  value: unknown,
  fault: Fault,
  unknownBecause: (name: string) => string,
): { readonly unknown: readonly string[] } {
  if (value === undefined) return { unknown: [] };
  if (!isRecord(value)) {
    fault(key, value, "an object of names and USD, or absent");
    return { unknown: [] };
  }
  const unknown: string[] = [];
  for (const [name, usd] of Object.entries(value)) {
    const because = unknownBecause(name);
    if (because !== "") unknown.push(`${key}.${name} is not known: ${because}; remove it`);
    if (typeof usd !== "number" || !Number.isFinite(usd) || usd < 0) {
      fault(`${key}.${name}`, usd, "USD, a number of at least 0");
    }
  }
  return { unknown };
}

function written(value: unknown): string {
  return value === undefined ? "missing" : JSON.stringify(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isDay(value: unknown): boolean {
  return (
    typeof value === "string" &&
    /^\d{4}-\d{2}-\d{2}$/.test(value) &&
    !Number.isNaN(Date.parse(`${value}T00:00:00Z`))
  );
}
