import { z } from "zod";
import { pagesOf, type RunAws } from "./aws-command";

/** On-Demand prices of Linux instances in one region. */
export interface ListedPrices {
  readonly usdPerHour: ReadonlyMap<string, number>;
  /** Newest publication of the prices as YYYY-MM-DD. */
  readonly publishedOn: string;
}

/** The endpoint of the price list that answers for all regions. */
const PRICE_LIST_REGION = "us-east-1";

/** What picks the plain On-Demand price of Linux out of the hundreds of prices of a type. */
const FILTERS: Readonly<Record<string, string>> = {
  operatingSystem: "Linux",
  tenancy: "Shared",
  preInstalledSw: "NA",
  capacitystatus: "Used",
  licenseModel: "No License required",
  marketoption: "OnDemand",
};

/** @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-price-list-query-api.html */
const page = z.object({ PriceList: z.array(z.string()) });

const product = z.object({
  product: z.object({ attributes: z.object({ instanceType: z.string() }) }),
  terms: z.object({
    OnDemand: z.record(
      z.string(),
      z.object({
        priceDimensions: z.record(
          z.string(),
          z.object({
            unit: z.string(),
            pricePerUnit: z.object({ USD: z.string() }),
          }),
        ),
      }),
    ),
  }),
  publicationDate: z.iso.datetime({ offset: true }),
});

/**
 * Every On-Demand price of Linux in the region.
 * @throws RangeError where a type has two prices or one that is none: the filters pick too much then
 */
export async function listPrices(run: RunAws, region: string): Promise<ListedPrices> {
  const usdPerHour = new Map<string, number>();
  let publishedOn = "";
  const filters = Object.entries({ regionCode: region, ...FILTERS }).map(
    ([field, value]) => `Type=TERM_MATCH,Field=${field},Value=${value}`,
  );
  const command = ["pricing", "get-products", "--region", PRICE_LIST_REGION];
  const query = ["--service-code", "AmazonEC2", "--filters", ...filters];
  for await (const answer of pagesOf(run, [...command, ...query])) {
    for (const text of page.parse(answer).PriceList) {
      const { terms, publicationDate, ...entry } = product.parse(JSON.parse(text));
      const { instanceType } = entry.product.attributes;
      const usd = hourlyPrice(instanceType, terms.OnDemand);
      const other = usdPerHour.get(instanceType);
      if (other !== undefined && other !== usd) {
        throw new RangeError(
          `the price list has two prices of ${instanceType} in ${region}, ${other} and ${usd} USD`,
        );
      }
      usdPerHour.set(instanceType, usd);
      const day = publicationDate.slice(0, 10);
      if (day > publishedOn) publishedOn = day;
    }
  }
  return { usdPerHour, publishedOn };
}

function hourlyPrice(
  instanceType: string,
  terms: z.infer<typeof product>["terms"]["OnDemand"],
): number {
  const dimensions = Object.values(terms).flatMap((term) => Object.values(term.priceDimensions));
  const [hourly, ...others] = dimensions.filter(({ unit }) => unit === "Hrs");
  const usd = Number(hourly?.pricePerUnit.USD);
  if (others.length > 0 || !(usd > 0)) {
    throw new RangeError(
      `the price list has ${dimensions.length} prices of ${instanceType}, and not one above 0 USD an hour alone`,
    );
  }
  return usd;
}
