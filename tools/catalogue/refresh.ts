import type { RunAws } from "./aws-command";
import type { CatalogueEntry, CatalogueFile } from "./catalogue-file";
import { describeTypes } from "./describe-types";
import { listPrices } from "./list-prices";

/** What is asked of AWS. */
export interface RefreshOptions {
  readonly run: RunAws;
  /** Region of the prices; the catalogue's other figures are the same everywhere. */
  readonly region: string;
  /** Types to add besides those that the catalogue has. */
  readonly added: readonly string[];
  /** Day as YYYY-MM-DD on which AWS is asked. */
  readonly today: string;
}

/** A catalogue with AWS's figures of today. */
export interface Refreshed {
  readonly catalogue: CatalogueFile;
  /** What differs from before, a line each, for a person. */
  readonly changes: readonly string[];
  /** What a person has to complete. */
  readonly notes: readonly string[];
}

/** Types that AWS does not describe or price; the catalogue stays as it is. */
export class MissingTypesError extends Error {
  public override readonly name = "MissingTypesError";
}

/**
 * The catalogue with what EC2 and the price list say of its types now, and of those to add. Figures that no API gives,
 * the tasks with trunked interfaces, are kept.
 */
export async function refreshCatalogue(
  before: CatalogueFile,
  { run, region, added, today }: RefreshOptions,
): Promise<Refreshed> {
  const known = new Map(before.instanceTypes.map((type) => [type.instanceType, type]));
  const names = [...known.keys(), ...added.filter((name) => !known.has(name))];
  const described = await describeTypes(run, region, names);
  const { usdPerHour, publishedOn } = await listPrices(run, region);
  requireAll(names, described, `EC2 in ${region} does not know`);
  requireAll(names, usdPerHour, `the price list of ${region} has no Linux On-Demand price of`);
  const instanceTypes = names.flatMap((name): CatalogueEntry[] => {
    const figures = described.get(name);
    const usd = usdPerHour.get(name);
    if (figures === undefined || usd === undefined) return [];
    const { burstable, ...sizes } = figures;
    const trunkedTasks = known.get(name)?.trunkedTasks ?? null;
    return [{ ...sizes, trunkedTasks, burstable, usdPerHour: usd }];
  });
  return {
    catalogue: {
      source: {
        ...before.source,
        pricedOn: publishedOn,
        specifications: `EC2 DescribeInstanceTypes of ${region} on ${today}`,
        prices: `${region} Linux On-Demand, USD per hour, from the AWS Price List Query API on ${today}, published ${publishedOn}`,
      },
      instanceTypes,
    },
    changes: instanceTypes.flatMap((type) => changesOf(known.get(type.instanceType), type)),
    notes: instanceTypes
      .filter(({ instanceType }) => !known.has(instanceType))
      .map(({ instanceType }) => `${instanceType}: ${TRUNKING}`),
  };
}

const TRUNKING =
  "no API tells trunkedTasks; set it to branch interfaces + interfaces - 2 of https://github.com/aws/amazon-vpc-resource-controller-k8s/blob/master/pkg/aws/vpc/limits.go where the type has trunking";

function requireAll(
  names: readonly string[],
  found: ReadonlyMap<string, unknown>,
  because: string,
): void {
  const missing = names.filter((name) => !found.has(name));
  if (missing.length > 0) {
    throw new MissingTypesError(
      `${because}: ${missing.join(", ")}; check the names, choose another region, or remove them from the file`,
    );
  }
}

function changesOf(before: CatalogueEntry | undefined, now: CatalogueEntry): string[] {
  if (before === undefined) return [`${now.instanceType}: new, ${now.usdPerHour} USD an hour`];
  return (Object.keys(now) as (keyof CatalogueEntry)[])
    .filter((key) => before[key] !== now[key])
    .map((key) => `${now.instanceType}: ${key} ${String(before[key])} → ${String(now[key])}`);
}
