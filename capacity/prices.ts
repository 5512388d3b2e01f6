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
