import { seededRandom } from "../../../capacity/simulate/random";

/** How many moments each test tries; ENGINE_SEEDS=n tries more. */
export function seeds(few: number): number {
  const text = process.env["ENGINE_SEEDS"];
  if (text === undefined || text === "") return few;
  if (!/^[1-9]\d*$/.test(text)) {
    throw new Error(`ENGINE_SEEDS got ${JSON.stringify(text)}; it must be a whole number from 1`);
  }
  return Number(text);
}

/**
 * Numbers from 1 to `highest`, one of each of `count` equal parts, the same at every run. More parts
 * than numbers are all numbers.
 */
export function moments(count: number, highest: number): readonly number[] {
  const random = seededRandom(2_026);
  const parts = Math.min(count, highest);
  return Array.from({ length: parts }, (_, part) => {
    const [from, to] = [part, part + 1].map((edge) => Math.floor((edge * highest) / parts));
    return 1 + from! + Math.floor(random() * (to! - from!));
  });
}
