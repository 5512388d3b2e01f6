/** Gives numbers from 0 up to, but not including, 1. */
export type Random = () => number;

/**
 * Random numbers that are the same for the same seed, on every machine: mulberry32, whose period of 2^32 is
 * far more than a run draws.
 *
 * @see https://github.com/cprosche/mulberry32
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
