import { overridePrices, parsePriceOverrides } from "../../capacity/price-overrides";
import { listPrices, type PriceTable } from "../../capacity/prices";
import { readJsonFile } from "../policy/json-file";

/**
 * The list prices, or those of a file in their place.
 * @throws InputFileError for a file that is no JSON, PriceOverridesError with everything that is wrong in it
 */
export function readPriceTable(file: string | undefined): PriceTable {
  return file === undefined
    ? listPrices
    : overridePrices(parsePriceOverrides(readJsonFile(file), file));
}
