import { catalogueSource, instanceTypes } from "./catalogue";
import prices from "./price-list.json";

/** What a price is called in price-list.json. */
export type PriceName = keyof typeof prices.prices;

/** A list price of AWS and how sure it is. */
export interface Price {
  readonly usd: number;
  /** What is had for it: an hour, a month or a quantity of something. */
  readonly per: string;
  /** AWS's page where the price of today stands. */
  readonly source: string;
  /** Page that was read with the same price, or null where none was found. */
  readonly confirmedBy: string | null;
  /** The date that page gives itself as YYYY-MM or YYYY-MM-DD, `undated`, or null. */
  readonly confirmedOn: string | null;
}

/** The region that every price of the project is of, those of instances included. */
export const pricedRegion = prices.region;

/** Every price but those of instances, which the instance catalogue has. */
export const priceList: Readonly<Record<PriceName, Price>> = prices.prices;

/** The prices that an estimate counts with. */
export interface PriceTable {
  readonly region: string;
  /** Day of the instances' prices as YYYY-MM-DD. */
  readonly instancesPricedOn: string;
  readonly usd: Readonly<Record<PriceName, number>>;
  /** Linux On-Demand by instance type; a type that is absent has no price. */
  readonly usdPerInstanceHour: ReadonlyMap<string, number>;
}

/** The prices that the project ships: list prices of pricedRegion. */
export const listPrices: PriceTable = {
  region: pricedRegion,
  instancesPricedOn: catalogueSource.pricedOn,
  usd: Object.fromEntries(
    Object.entries(priceList).map(([name, { usd }]) => [name, usd]),
  ) as Record<PriceName, number>,
  usdPerInstanceHour: new Map(
    instanceTypes.map(({ instanceType, usdPerHour }) => [instanceType, usdPerHour]),
  ),
};
